// SPDX-License-Identifier: Apache-2.0
// What takes minutes to make, kept for the next time.

import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import path from 'node:path';

/**
 * Makes it where it is not there yet; it appears complete or not at all.
 * @param {string} place whose name says what goes into it
 * @param {(scratch: string) => Promise<string>} make in an empty folder; gives the path of what it made there
 */
export async function keep(place, make) {
  if (existsSync(place)) return;
  await mkdir(path.dirname(place), { recursive: true });
  const scratch = await mkdtemp(path.join(path.dirname(place), 'making-'));
  try {
    await rename(await make(scratch), place);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
