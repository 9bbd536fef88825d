// SPDX-License-Identifier: Apache-2.0
// A camera that is pulled out and put back again and again under a page that stays open.

import assert from 'node:assert/strict';
import { median } from '../bench/figures.mjs';

/** The first ones fill what is filled once. */
const warmUp = 3;

/** Under emulation; the daemon's longest pause between two tries is in it. */
const stateLimitMs = 60_000;

/** @typedef {{ files: number, threads: number, kilobytes: number }} Held what a process has; its proportional set size */

/** @param {number[]} all seconds */
const spread = (all) => `${median(all).toFixed(1)} s in the median, ${Math.max(...all).toFixed(1)} s at most`;

/**
 * What a process in the guest holds.
 * @param {import('./machine.mjs').Machine} guest
 * @param {string} pid or what a shell makes of it
 * @returns {Promise<Held>}
 */
export async function heldBy(guest, pid) {
  const status = await guest.run(`cat /proc/${pid}/status /proc/${pid}/smaps_rollup`);
  const number = (/** @type {string} */ name) => Number(status.match(new RegExp(`^${name}:\\s+(\\d+)`, 'm'))?.[1]);
  const files = Number(await guest.run(`ls /proc/${pid}/fd | wc -l`));
  return { files, threads: number('Threads'), kilobytes: number('Pss') };
}

/**
 * Each time the picture must come back under the same session, and in the end nothing may be left behind.
 * @param {import('node:test').TestContext} t
 * @param {{ guest: import('./machine.mjs').Machine, viewer: import('../support/browser.mjs').ViewerPage,
 *           pid: string, times: number }} parts `pid`: the daemon's, or what a shell makes of it
 */
export async function plugAgainAndAgain(t, { guest, viewer, pid, times }) {
  const peers = await viewer.peerCount();
  const [away, back] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
  /** @type {Held | undefined} */
  let before;

  for (let time = 1; time <= times; time += 1) {
    const from = viewer.signaling.lines.length;
    const goneAt = performance.now();
    await guest.unplugCamera();
    const { index } = await viewer.waitForCamera('away', { timeout: stateLimitMs, from });
    away.push((performance.now() - goneAt) / 1000);
    const backAt = performance.now();
    await guest.replugCamera();
    await viewer.waitForCamera('live', { timeout: stateLimitMs, from: index + 1 });
    await viewer.frames(1);
    back.push((performance.now() - backAt) / 1000);
    if (time === warmUp) before = await heldBy(guest, pid);
  }
  await viewer.frames(15);
  const after = await heldBy(guest, pid);

  t.diagnostic(`told away after ${spread(away)}; picture after ${spread(back)}`);
  t.diagnostic(`each picture, in seconds: ${back.map((seconds) => seconds.toFixed(1)).join(' ')}`);
  t.diagnostic(`held after ${warmUp} times: ${JSON.stringify(before)}; after ${times}: ${JSON.stringify(after)}`);
  assert.equal(await viewer.peerCount(), peers, 'the page needed no new peer connection');
  assert.deepEqual([after.files, after.threads], [before?.files, before?.threads]);
}
