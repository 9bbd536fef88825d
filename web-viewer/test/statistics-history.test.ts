// SPDX-License-Identifier: Apache-2.0
// A minute of figures, as graphs draw them.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kSamples, StatisticsHistory } from '../src/core/statistics-history';

function filled(count: number, value: (at: number) => number | undefined) {
  const history = new StatisticsHistory();
  for (let second = 0; second < count; second += 1) {
    const roundTrip = value(second);
    history.add({ at: second * 1000, ...(roundTrip === undefined ? {} : { roundTrip }) });
  }
  return history;
}

describe('the history of a session', () => {
  test('draws the newest at the right and the highest at the top', () => {
    const graph = filled(3, (second) => (second + 1) * 10).graph('roundTrip', 1);

    assert.deepEqual(graph?.lines[0]?.map(({ y }) => y), [10 / 30, 20 / 30, 1]);
    assert.equal(graph?.lines[0]?.[2]?.x, 1);
    assert.equal(graph?.lines[0]?.[0]?.x, 1 - 2 / (kSamples - 1));
    assert.deepEqual([graph?.least, graph?.most], [10, 30]);
  });

  test('holds a minute and no more', () => {
    const graph = filled(kSamples + 40, (second) => second).graph('roundTrip', 1);

    assert.equal(graph?.lines[0]?.length, kSamples);
    assert.equal(graph?.least, 40);
    assert.equal(graph?.lines[0]?.[0]?.x, 0);
  });

  test('leaves a gap where a figure is missing, and where the page slept', () => {
    const gap = filled(6, (second) => (second === 3 ? undefined : 1)).graph('roundTrip', 1);
    assert.deepEqual(gap?.lines.map(({ length }) => length), [3, 2]);

    const slept = filled(2, () => 1);
    slept.add({ at: 20_000, roundTrip: 1 });
    assert.deepEqual(slept.graph('roundTrip', 1)?.lines.map(({ length }) => length), [2, 1]);
  });

  test('leaves out what is older than its width', () => {
    const history = filled(2, () => 1);
    history.add({ at: 200_000, roundTrip: 2 });
    assert.deepEqual(history.graph('roundTrip', 1)?.lines.map(({ length }) => length), [1]);
  });

  test('does not let noise look like a storm', () => {
    const graph = filled(2, () => 1).graph('roundTrip', 20);
    assert.equal(graph?.lines[0]?.[0]?.y, 0.05);
  });

  test('draws nothing of what nobody told', () => {
    assert.equal(new StatisticsHistory().graph('roundTrip', 1), undefined);
    assert.equal(filled(3, () => undefined).graph('roundTrip', 1), undefined);
    const cleared = filled(3, () => 1);
    cleared.clear();
    assert.equal(cleared.newest, undefined);
  });
});
