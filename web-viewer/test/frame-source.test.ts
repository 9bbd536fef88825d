// SPDX-License-Identifier: Apache-2.0
// Pictures counted by getStats(), for browsers that cannot tell what they show.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DecodedFrames } from '../src/core/frame-source';
import { FakeClock } from './fakes';

function bench() {
  const clock = new FakeClock();
  const video = { type: 'inbound-rtp', framesDecoded: 0 };
  const session = { statistics: async () => new Map([['V', video]]) as unknown as RTCStatsReport };
  const seen = { frames: 0 };
  const stop = new DecodedFrames(clock).watch(session, () => void (seen.frames += 1));
  return { clock, video, session, seen, stop };
}

describe('decoded frames', () => {
  test('are told when their number has grown', async () => {
    const { clock, video, seen } = bench();
    await clock.advance(2000);
    assert.equal(seen.frames, 0);
    video.framesDecoded = 15;
    await clock.advance(500);
    assert.equal(seen.frames, 1);
    await clock.advance(2000);

    assert.equal(seen.frames, 1);
  });

  test('are no more told after the end, and no timer stays', async () => {
    const { clock, video, seen, stop } = bench();
    await clock.advance(600);
    stop();
    video.framesDecoded = 15;
    await clock.advance(2000);

    assert.equal(seen.frames, 0);
    assert.equal(clock.pending, 0);
  });

  test('are asked for again where one report failed', async () => {
    const { clock, video, session, seen } = bench();
    const { statistics } = session;
    session.statistics = () => Promise.reject(new Error('closing'));
    await clock.advance(1000);
    session.statistics = statistics;
    video.framesDecoded = 15;
    await clock.advance(1000);

    assert.equal(seen.frames, 1);
  });
});
