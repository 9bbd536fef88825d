// SPDX-License-Identifier: Apache-2.0
// Who begins when, where not all may begin at once.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TurnQueue } from '../src/core/turn-queue';
import { FakeClock } from './fakes';

function bench() {
  const clock = new FakeClock();
  const queue = new TurnQueue(clock, 2, 300);
  const begun: number[] = [];
  const enter = (name: number) => queue.enter(() => void begun.push(name));
  return { clock, begun, enter };
}

describe('a queue of turns', () => {
  test('lets as many begin at once as it has places, the others one after the other', async () => {
    const { clock, begun, enter } = bench();
    for (const name of [1, 2, 3, 4, 5]) enter(name);
    assert.deepEqual(begun, [1, 2]);
    await clock.advance(300);
    assert.deepEqual(begun, [1, 2, 3, 4]);
    await clock.advance(300);
    assert.deepEqual(begun, [1, 2, 3, 4, 5]);
    await clock.advance(300);
    assert.equal(clock.pending, 0);
  });

  test('passes over who gave the turn up', async () => {
    const { clock, begun, enter } = bench();
    enter(1);
    enter(2);
    const giveUp = enter(3);
    enter(4);
    giveUp();
    await clock.advance(300);
    assert.deepEqual(begun, [1, 2, 4]);
  });
});
