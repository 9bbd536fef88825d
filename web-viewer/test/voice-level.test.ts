// SPDX-License-Identifier: Apache-2.0
// A voice is seen, and a microphone that gives nothing is told of.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { heightOf, peakOf, SilenceWatch } from '../src/core/voice-level';
import { FakeClock } from './fakes';

describe('a voice', () => {
  test('is as loud as its loudest sample', () => {
    assert.equal(peakOf(new Float32Array([0, 0.25, -0.5, 0.125])), 0.5);
    assert.equal(peakOf(new Float32Array(8)), 0);
  });

  test('is drawn by decibels, so that a quiet one is seen too', () => {
    assert.equal(heightOf(1), 1);
    assert.ok(Math.abs(heightOf(0.0316) - 0.5) < 0.01);
    assert.equal(heightOf(0.0001), 0);
    assert.equal(heightOf(0), 0);
  });
});

describe('a microphone', () => {
  test('is silent once nothing at all has come for two seconds, and no longer when something comes', async () => {
    const clock = new FakeClock();
    const watch = new SilenceWatch(clock);
    assert.equal(watch.isSilent(0), false);
    await clock.advance(1999);
    assert.equal(watch.isSilent(0), false);
    await clock.advance(1);
    assert.equal(watch.isSilent(0), true);

    assert.equal(watch.isSilent(0.001), false);
  });

  test('is not silent where nobody speaks in a quiet room', async () => {
    const clock = new FakeClock();
    const watch = new SilenceWatch(clock);
    watch.isSilent(0);
    await clock.advance(1500);
    watch.isSilent(1 / 32_768);
    await clock.advance(1500);

    assert.equal(watch.isSilent(0), false);
  });

  test('is judged anew with the next turn', async () => {
    const clock = new FakeClock();
    const watch = new SilenceWatch(clock);
    watch.isSilent(0);
    await clock.advance(5000);
    watch.reset();

    assert.equal(watch.isSilent(0), false);
  });
});
