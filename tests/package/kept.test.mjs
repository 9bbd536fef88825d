// SPDX-License-Identifier: Apache-2.0
// What the board suite keeps of what took it minutes: it grows no further than two of a kind.

import assert from 'node:assert/strict';
import { mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { keep } from '../board/kept.mjs';

const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-kept-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** @param {string} name @param {number} day of its last use */
function used(name, day) {
  writeFileSync(path.join(folder, name), '');
  utimesSync(path.join(folder, name), new Date(2026, 0, day), new Date(2026, 0, day));
}

/** @param {string} scratch */
async function make(scratch) {
  writeFileSync(path.join(scratch, 'made'), 'new');
  return path.join(scratch, 'made');
}

test('a new one replaces the one of its kind that was used the longest ago', async () => {
  used('disk-a', 1);
  used('disk-b', 3);
  used('disk-c', 2);
  used('other', 1);
  await keep(path.join(folder, 'disk-d'), /^disk-/, make);
  assert.deepEqual(readdirSync(folder).sort(), ['disk-b', 'disk-d', 'other']);
});

test('to use one again counts as its last use', async () => {
  used('disk-b', 3);
  used('disk-d', 4);
  await keep(path.join(folder, 'disk-b'), /^disk-/, () => assert.fail('it is there'));
  await keep(path.join(folder, 'disk-e'), /^disk-/, make);
  assert.deepEqual(readdirSync(folder).sort(), ['disk-b', 'disk-e', 'other']);
});
