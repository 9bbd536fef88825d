// SPDX-License-Identifier: Apache-2.0
// Servers that help with the way are asked beside everything else: what is wrong with them holds up nobody who needs none.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Stage } from './stage.mjs';

/** @type {[about: string, help: import('./servers.mjs').Help, delay?: number][]} */
const cases = [['none', 'none'], ['good ones', 'turn'], ['dead ones', 'dead'], ['slow ones, two seconds each way', 'turn', 2000], ['lying ones', 'lying']];
const looks = 3;

describe('a camera and a viewer that see each other', () => {
  for (const [i, [about, help, delay]] of cases.entries()) {
    test(`do so with servers: ${about}`, async (t) => {
      const stage = await Stage.start(`bad-servers-${i + 1}`, delay ? { turn: { line: {} } } : {}, { help });
      t.after(() => stage.stop());
      if (delay) await stage.lab.line('turn').change({ inwards: { delay }, outwards: { delay } });
      const viewer = await stage.open();
      t.after(() => viewer.close());
      await viewer.frames(1);
      const times = [];
      // Who watches already goes on, and whoever comes later, with the daemon warm, has a picture as soon.
      for (let later = 0; later < looks; later++) {
        const [{ ms, ...way }] = await Promise.all([stage.look(), viewer.frames(15)]);
        assert.deepEqual(way, { browser: 'host', device: 'host', transport: 'udp' });
        times.push(Math.round(ms));
      }
      t.diagnostic(`first picture after ${times.sort((a, b) => a - b).join(', ')} ms`);
    });
  }
});
