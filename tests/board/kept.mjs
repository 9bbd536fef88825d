// SPDX-License-Identifier: Apache-2.0
// What takes minutes to make, kept for the next time.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, rename, rm, stat, utimes } from 'node:fs/promises';
import path from 'node:path';

/** Of one kind: that of this commit, and that of the one before, which is gone back to now and then. */
const keptOfAKind = 2;

/**
 * Makes it where it is not there yet; it appears complete or not at all. What has not been used for the longest of its
 * kind is removed.
 * @param {string} place whose name says what goes into it
 * @param {RegExp} kind of the names beside it that are the same thing of other commits
 * @param {(scratch: string) => Promise<string>} make in an empty folder; gives the path of what it made there
 */
export async function keep(place, kind, make) {
  if (!existsSync(place)) await makeWhole(place, make);
  const now = new Date();
  await utimes(place, now, now);
  await removeUnused(path.dirname(place), kind);
}

/** @param {string} place @param {(scratch: string) => Promise<string>} make */
async function makeWhole(place, make) {
  await mkdir(path.dirname(place), { recursive: true });
  const scratch = await mkdtemp(path.join(path.dirname(place), 'making-'));
  try {
    await rename(await make(scratch), place);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** @param {string} folder @param {RegExp} kind */
async function removeUnused(folder, kind) {
  const places = (await readdir(folder)).filter((name) => kind.test(name)).map((name) => path.join(folder, name));
  const used = await Promise.all(places.map(async (one) => ({ one, at: (await stat(one)).mtimeMs })));
  const oldest = used.sort((a, b) => b.at - a.at).slice(keptOfAKind);
  await Promise.all(oldest.map(({ one }) => rm(one, { recursive: true, force: true })));
}
