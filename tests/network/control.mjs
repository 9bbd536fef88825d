// SPDX-License-Identifier: Apache-2.0
// The same way between two browsers: where they get no packet through to one another, no camera could.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Lab } from './lab.mjs';
import { launchBrowserAt } from './stage.mjs';

/** Runs in a page: a connection that gathers all its candidates. @param {RTCIceServer[]} iceServers */
function prepare(iceServers) {
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
    while (peer.iceGatheringState !== 'complete') await new Promise((resolve) => peer.addEventListener('icegatheringstatechange', resolve, { once: true }));
    return peer.localDescription?.sdp;
  };
}

/**
 * Whether a browser at the viewer reaches one at the camera, or the other way around.
 * @param {Parameters<typeof Lab.start>[0]} topology @param {RTCIceServer[]} [iceServers]
 */
export async function browsersReachEachOther(topology, iceServers = []) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-control-'));
  const lab = await Lab.start(topology);
  const browsers = [];
  try {
    const pages = [];
    for (const name of /** @type {const} */ (['viewer', 'camera'])) {
      // The device names its addresses, a browser does not.
      const args = name === 'camera' ? ['--disable-features=WebRtcHideLocalIpsWithMdns'] : [];
      const browser = await launchBrowserAt(lab.host(name), folder, args);
      browsers.push(browser);
      const page = await browser.newPage();
      await page.evaluate(prepare, iceServers);
      pages.push(page);
    }
    const [viewer, camera] = pages;
    const offer = await viewer.evaluate(() => (/** @type {any} */ (globalThis).begin(), /** @type {any} */ (globalThis).described()));
    const answer = await camera.evaluate(async (sdp) => {
      const all = /** @type {any} */ (globalThis);
      await all.peer.setRemoteDescription({ type: 'offer', sdp });
      return all.described();
    }, offer);
    return await viewer.evaluate(async (sdp) => {
      const all = /** @type {any} */ (globalThis);
      await all.peer.setRemoteDescription({ type: 'answer', sdp });
      return all.isOpen;
    }, answer);
  } finally {
    for (const browser of browsers) await browser.close();
    await lab.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
