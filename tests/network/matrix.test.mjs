// SPDX-License-Identifier: Apache-2.0
// The matrix of ways between a camera and a viewer; where there is to be none, two browsers find none either.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { browsersReachEachOther } from './control.mjs';
import { describeCell, withoutServers } from './matrix.mjs';
import { Stage } from './stage.mjs';

describe('with no server that helps', () => {
  for (const [i, cell] of withoutServers.entries()) {
    const { camera, viewer, family } = cell;
    const expected = 'pair' in cell ? { pair: cell.pair } : { reason: cell.reason };
    test(`${describeCell(cell)}: ${Object.values(expected)}`, async (t) => {
      const stage = await Stage.start(`matrix-${i + 1}`, { camera, viewer, family });
      t.after(() => stage.stop());
      const [{ ms, ...outcome }, doBrowsers] = await Promise.all([
        stage.look(), 'pair' in cell || browsersReachEachOther({ camera, viewer, family }),
      ]);
      t.diagnostic(`${'pair' in outcome ? 'the first picture' : 'given up'} after ${ms.toFixed(0)} ms`);
      assert.deepEqual(outcome, expected);
      assert.equal(doBrowsers, 'pair' in cell, 'two browsers find no way either');
    });
  }
});
