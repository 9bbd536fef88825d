// SPDX-License-Identifier: Apache-2.0
// The same way between two browsers: where they get no packet through to one another, no camera could.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Lab } from './lab.mjs';
import { Servers } from './servers.mjs';
import { launchBrowserAt, undo } from './stage.mjs';

/** Many times what a way takes that there is; Chromium goes on for a minute and a half where addresses answer nothing. */
const patienceMs = 20_000;
let count = 0;

/** What the lab's servers answer is there long before; for those that it cannot reach Chromium waits for more than a minute. */
const gatheringMs = 5_000;

/** Runs in a page: a connection that gathers its candidates. @param {readonly [RTCIceServer[], number]} with servers, and for how long */
function prepare([iceServers, gatheringMs]) {
  const all = /** @type {any} */ (globalThis);
  const peer = (all.peer = new RTCPeerConnection({ iceServers }));
  all.isOpen = new Promise((resolve) => {
    peer.addEventListener('connectionstatechange', () => peer.connectionState === 'failed' && resolve(false));
    const take = (/** @type {RTCDataChannel} */ channel) => channel.addEventListener('open', () => resolve(true));
    peer.addEventListener('datachannel', ({ channel }) => take(channel));
    all.begin = () => take(peer.createDataChannel('control'));
  });
  all.described = async () => {
    await peer.setLocalDescription();
    await new Promise((resolve) => {
      peer.addEventListener('icecandidate', ({ candidate }) => candidate ?? resolve(undefined));
      AbortSignal.timeout(gatheringMs).addEventListener('abort', resolve);
    });
    return peer.localDescription?.sdp;
  };
}

/**
 * Whether a browser at the viewer reaches one at the camera, or the other way around.
 * @param {{ topology: Parameters<typeof Lab.start>[0], help: import('./servers.mjs').Help }} between
 */
export async function browsersReachEachOther({ topology, help }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-control-'));
  /** @type {(() => Promise<unknown> | unknown)[]} */
  const ends = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const lab = await Lab.start(topology);
    ends.push(() => lab.stop());
    const servers = await Servers.start(lab, help, `control-${(count += 1)}`);
    ends.push(() => servers.stop());
    const pages = [];
    for (const name of /** @type {const} */ (['viewer', 'camera'])) {
      // The device names its addresses, a browser does not.
      const args = name === 'camera' ? ['--disable-features=WebRtcHideLocalIpsWithMdns'] : [];
      const browser = await launchBrowserAt(lab.host(name), folder, args);
      ends.push(() => browser.close());
      const page = await browser.newPage();
      await page.evaluate(prepare, /** @type {const} */ ([servers.forBrowser(), gatheringMs]));
      pages.push(page);
    }
    const [viewer, camera] = pages;
    const offer = await viewer.evaluate(() => (/** @type {any} */ (globalThis).begin(), /** @type {any} */ (globalThis).described()));
    const answer = await camera.evaluate(async (sdp) => {
      const all = /** @type {any} */ (globalThis);
      await all.peer.setRemoteDescription({ type: 'offer', sdp });
      return all.described();
    }, offer);
    return await viewer.evaluate(async ([sdp, patience]) => {
      const all = /** @type {any} */ (globalThis);
      await all.peer.setRemoteDescription({ type: 'answer', sdp });
      const late = new Promise((resolve) => AbortSignal.timeout(patience).addEventListener('abort', () => resolve(false)));
      return Promise.race([all.isOpen, late]);
    }, /** @type {const} */ ([answer, patienceMs]));
  } finally {
    await undo(ends);
  }
}
