// SPDX-License-Identifier: Apache-2.0
// The program beside which sound is measured, and a page that it is connected with.

import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('plain_webrtcbin.c', import.meta.url));
const libraries = ['gstreamer-webrtc-1.0', 'gstreamer-sdp-1.0'];

/** Runs in the page. @param {string} sdp the offer @returns {Promise<string>} the answer, with its candidates */
async function answer(sdp) {
  const peer = new RTCPeerConnection();
  /** @type {any} */ (globalThis).plainPeer = peer;
  await peer.setRemoteDescription({ type: 'offer', sdp });
  peer.getTransceivers()[0].direction = 'sendrecv';
  const gathered = new Promise((resolve) => {
    peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve(undefined);
  });
  await peer.setLocalDescription();
  await gathered;
  return /** @type {RTCSessionDescription} */ (peer.localDescription).sdp;
}

/** Resolves once the connection stands. */
const connected = () => new Promise((resolve) => {
  const peer = /** @type {any} */ (globalThis).plainPeer;
  const look = () => peer.connectionState === 'connected' && resolve(undefined);
  peer.onconnectionstatechange = look;
  look();
});

/** The page's end of a connection with it is `plainPeer` there. */
export class PlainWebrtcbin {
  #child;
  #directory;

  /** @param {import('../support/sound_server.mjs').SoundServer} server @param {{ microphone: string, speaker: string }} devices */
  constructor(server, { microphone, speaker }) {
    this.#directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-plain-'));
    const program = path.join(this.#directory, 'plain_webrtcbin');
    const flags = execFileSync('pkg-config', ['--cflags', '--libs', ...libraries], { encoding: 'utf8' }).trim().split(/\s+/);
    execFileSync('cc', ['-O2', '-o', program, source, ...flags]);
    this.#child = spawn(program, [microphone, speaker], { env: { ...process.env, ...server.env }, stdio: ['pipe', 'pipe', 'inherit'] });
  }

  /** @param {import('playwright-core').Page} page */
  async connect(page) {
    const line = await new Promise((resolve) => createInterface({ input: this.#child.stdout }).once('line', resolve));
    const sdp = await page.evaluate(answer, Buffer.from(line, 'base64').toString());
    this.#child.stdin.write(`${Buffer.from(sdp).toString('base64')}\n`);
    await page.evaluate(connected);
  }

  async stop() {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    this.#child.kill();
    await ended;
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
