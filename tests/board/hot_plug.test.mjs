// SPDX-License-Identifier: Apache-2.0
// A camera that is pulled out and put back again and again under a page that stays open.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { median } from '../bench/figures.mjs';
import { BoardStage } from './board_stage.mjs';

const mode = { source: 'v4l2', width: 320, height: 180, framerate: 15 };
const times = 20;

/** The first ones fill what is filled once. */
const warmUp = 3;

/** Under emulation; the daemon's longest pause between two tries is in it. */
const stateLimitMs = 60_000;

/** @param {number[]} all seconds */
const spread = (all) => `${median(all).toFixed(1)} s in the median, ${Math.max(...all).toFixed(1)} s at most`;

describe('a camera that is plugged', { timeout: 900_000 }, () => {
  const stage = new BoardStage((guest) => guest.plugCameras());

  /** What the daemon holds. */
  async function held() {
    const status = await stage.guest.run('cat /proc/$(cat /run/program.pid)/status');
    const files = await stage.guest.openFiles();
    const threads = Number(status.match(/^Threads:\s+(\d+)/m)?.[1]);
    const kilobytes = Number(status.match(/^RssAnon:\s+(\d+)/m)?.[1]);
    return { files: files.length, threads, kilobytes };
  }

  test(`${times} times comes back each time under the same session, and leaves nothing behind`, async (t) => {
    const { viewer } = await stage.serve(t, { ...mode, device: '/dev/v4l/by-path/platform-vivid.0-video-index0' });
    await stage.watch(viewer, 'plugged-first');
    const peers = await viewer.peerCount();
    const [away, back] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
    /** @type {Awaited<ReturnType<typeof held>> | undefined} */
    let before;

    for (let time = 1; time <= times; time += 1) {
      const from = viewer.signaling.lines.length;
      const goneAt = performance.now();
      await stage.guest.unplugCamera();
      const { index } = await viewer.waitForCamera('away', { timeout: stateLimitMs, from });
      away.push((performance.now() - goneAt) / 1000);
      const backAt = performance.now();
      await stage.guest.replugCamera();
      await viewer.waitForCamera('live', { timeout: stateLimitMs, from: index + 1 });
      await viewer.frames(1);
      back.push((performance.now() - backAt) / 1000);
      if (time === warmUp) before = await held();
    }
    await stage.watch(viewer, 'plugged-last');
    const after = await held();

    t.diagnostic(`told away after ${spread(away)}; picture after ${spread(back)}`);
    t.diagnostic(`each picture, in seconds: ${back.map((seconds) => seconds.toFixed(1)).join(' ')}`);
    t.diagnostic(`held after ${warmUp} times: ${JSON.stringify(before)}; after ${times}: ${JSON.stringify(after)}`);
    assert.equal(await viewer.peerCount(), peers, 'the page needed no new peer connection');
    assert.deepEqual([after.files, after.threads], [before?.files, before?.threads]);
  });
});
