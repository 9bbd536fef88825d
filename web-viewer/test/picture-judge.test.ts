// SPDX-License-Identifier: Apache-2.0
// When pictures count as fresh, and when a session has had its chance.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import {
  kAnswerTimeout, kConnectTimeout, kReplaceAfter, kReplaceHeardAfter, kStalledAfter, kSteadyAfter, PictureJudge,
} from '../src/core/picture-judge';

describe('freshness', () => {
  test('is none before the first picture, however long that takes', () => {
    const judge = new PictureJudge(0, true);

    assert.equal(judge.freshness(60_000), 'none');
  });

  test('lasts for the limit after a picture, then stalls, then is lost', () => {
    const judge = new PictureJudge(0, true);
    judge.frame(100);

    assert.equal(judge.freshness(100 + kStalledAfter), 'fresh');
    assert.equal(judge.freshness(101 + kStalledAfter), 'stalled');
    assert.equal(judge.freshness(100 + kReplaceHeardAfter), 'stalled');
    assert.equal(judge.freshness(101 + kReplaceHeardAfter), 'lost');
  });

  test('stays as it was while the page is hidden', () => {
    const judge = new PictureJudge(0, true);
    judge.frame(100);
    judge.setSeen(false, 200);

    assert.equal(judge.freshness(3_600_000), 'fresh');
  });

  test('ends at once when an old picture is seen again', () => {
    const judge = new PictureJudge(0, true);
    judge.frame(100);
    judge.setSeen(false, 200);
    judge.setSeen(true, 3_600_000);

    assert.equal(judge.freshness(3_600_000), 'stalled');
  });
});

describe('the verdict', () => {
  test('comes where no answer does', () => {
    const judge = new PictureJudge(0, true);

    assert.equal(judge.verdict(kAnswerTimeout, false, 0, 'unknown'), undefined);
    assert.equal(judge.verdict(kAnswerTimeout + 1, false, 0, 'unknown'), 'unreachable');
  });

  test('gives the answer twice as long after each failure, but no longer than the connection', () => {
    const second = new PictureJudge(0, true, 1);
    assert.equal(second.verdict(2 * kAnswerTimeout, false, 0, 'unknown'), undefined);
    assert.equal(second.verdict(2 * kAnswerTimeout + 1, false, 0, 'unknown'), 'unreachable');
    const tenth = new PictureJudge(0, true, 9);
    assert.equal(tenth.verdict(kConnectTimeout, false, 0, 'unknown'), undefined);
    assert.equal(tenth.verdict(kConnectTimeout + 1, false, 0, 'unknown'), 'unreachable');
  });

  test('comes where an answered session finds no way', () => {
    const judge = new PictureJudge(0, true);

    assert.equal(judge.verdict(kConnectTimeout, true, 0, 'unknown'), undefined);
    assert.equal(judge.verdict(kConnectTimeout + 1, true, 0, 'unknown'), 'no-path');
  });

  test('comes where a connected session brings no picture', () => {
    const judge = new PictureJudge(0, true);
    judge.connected(500);

    assert.equal(judge.verdict(500 + kReplaceAfter, true, 0, 'unknown'), undefined);
    assert.equal(judge.verdict(501 + kReplaceAfter, true, 0, 'unknown'), 'no-picture');
  });

  test('waits for a camera that has only just begun to give pictures', () => {
    const judge = new PictureJudge(0, true);
    judge.connected(500);

    assert.equal(judge.verdict(18_000, true, 15_000, 'unknown'), undefined);
    assert.equal(judge.verdict(15_001 + kReplaceAfter, true, 15_000, 'unknown'), 'no-picture');
  });

  test('spares a session whose camera gives none', () => {
    const judge = new PictureJudge(0, true);
    judge.frame(500);

    assert.equal(judge.verdict(60_000, true, undefined, 'unknown'), undefined);
  });

  test('spares a session that cannot be seen', () => {
    const judge = new PictureJudge(0, true);
    judge.frame(500);
    judge.setSeen(false, 600);

    assert.equal(judge.verdict(60_000, true, 0, 'unknown'), undefined);
  });

  test('comes sooner where the device does not answer on the same way, and later where it does', () => {
    const judge = new PictureJudge(0, true);
    judge.frame(500);

    assert.equal(judge.verdict(500 + kStalledAfter, true, 0, 'silent'), undefined);
    assert.equal(judge.verdict(501 + kStalledAfter, true, 0, 'silent'), 'no-picture');
    assert.equal(judge.verdict(500 + kReplaceHeardAfter, true, 0, 'heard'), undefined);
    assert.equal(judge.verdict(501 + kReplaceHeardAfter, true, 0, 'heard'), 'no-picture');
  });

  test('comes sooner where the session is in doubt', () => {
    const judge = new PictureJudge(0, true);
    judge.frame(500);
    judge.doubt();

    assert.equal(judge.verdict(500 + kStalledAfter, true, 0, 'unknown'), undefined);
    assert.equal(judge.verdict(501 + kStalledAfter, true, 0, 'unknown'), 'no-picture');
  });
});

describe('a pause', () => {
  test('counts from what came last: a picture, the connection, the camera, or the page in sight', () => {
    const judge = new PictureJudge(0, true);
    assert.equal(judge.pause(5000, 0), 0);
    judge.connected(1000);
    assert.equal(judge.pause(5000, 0), 4000);
    judge.frame(2000);
    assert.equal(judge.pause(5000, 0), 3000);
    assert.equal(judge.pause(5000, 3000), 2000);
    assert.equal(judge.pause(5000, undefined), 0);
    judge.setSeen(false, 4000);
    assert.equal(judge.pause(5000, 0), 0);
    judge.setSeen(true, 4500);
    assert.equal(judge.pause(5000, 0), 500);
  });
});

describe('a picture', () => {
  test('is steady only after it went on for a while', () => {
    const judge = new PictureJudge(0, true);
    for (let now = 100; now < 100 + kSteadyAfter; now += 100) {
      assert.equal(judge.isSteady(now), false);
      judge.frame(now);
    }

    assert.equal(judge.isSteady(100 + kSteadyAfter), true);
  });

  test('begins a new steady time after a stall', () => {
    const judge = new PictureJudge(0, true);
    judge.frame(100);
    judge.frame(10_000);

    assert.equal(judge.isSteady(10_001), false);
  });

  test('tells how long the first one took', () => {
    const judge = new PictureJudge(1000, true);
    judge.frame(1140);
    judge.frame(1173);

    assert.equal(judge.timeToFirstFrame, 140);
  });
});
