// SPDX-License-Identifier: Apache-2.0
// Tries cells of the matrix; where there is to be no way, two browsers with the same servers must find none either.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browsersReachEachOther } from './control.mjs';
import { Stage } from './stage.mjs';

/** Of two cores; most of its time a cell that is to fail waits. */
const atOnce = 4;

/** @param {string} about @param {import('./matrix.mjs').Cell[]} cells */
export function tryCells(about, cells) {
  describe(about, { concurrency: atOnce }, () => {
    for (const [i, cell] of cells.entries()) {
      test(cell.name, async (t) => {
        const [outcome, doBrowsers] = await Promise.all([
          look(`matrix-${cell.help}-${i + 1}`, cell), cell.isToFail ? browsersReachEachOther(cell) : true,
        ]);
        const { ms, ...what } = outcome;
        const isUp = 'browser' in outcome;
        t.diagnostic(`${isUp ? 'first picture' : 'given up'} after ${ms.toFixed(0)} ms: ${Object.values(what).join(' ')}`);
        assert.ok(cell.isMetBy(outcome), `it came out as ${JSON.stringify(what)}`);
        assert.equal(doBrowsers, !cell.isToFail, 'two browsers come to the same');
      });
    }
  });
}

/** Two browsers find a way where there is one, or what they do not find would say nothing. @param {import('./matrix.mjs').Cell[]} cells */
export function tryBrowsers(cells) {
  describe('two browsers reach each other', { concurrency: true }, () => {
    for (const cell of cells) test(cell.name, async () => assert.ok(await browsersReachEachOther(cell)));
  });
}

/** @param {string} name @param {import('./matrix.mjs').Cell} cell */
async function look(name, { topology, help }) {
  const stage = await Stage.start(name, topology, { help });
  try {
    return await stage.look();
  } finally {
    await stage.stop();
  }
}
