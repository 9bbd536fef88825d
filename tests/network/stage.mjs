// SPDX-License-Identifier: Apache-2.0
// The daemon at the lab's camera, a browser at its viewer, and signaling by a tunnel to the lab's web server, so that whether
// there is a picture hangs on the way of the media alone.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { logDirectory } from '../support/paths.mjs';
import { LoggedProcess } from '../support/process.mjs';
import { Lab } from './lab.mjs';

export const suite = 'network';
const name = 'camera.example';
const tlsPort = 8443;
const tunnel = fileURLToPath(new URL('tunnel.mjs', import.meta.url));
const camera = { id: 'front-door', name: 'Front door', source: 'test', pattern: 'bars', width: 320, height: 180, framerate: 15, bitrate: 300_000 };
/** Beyond what it takes until the daemon gives a session up that does not come to be. */
const pictureLimitMs = 30_000;

/**
 * A browser that runs at a host of the lab.
 * @param {import('./lab.mjs').Host} host @param {string} folder for what starts it @param {string[]} [args]
 */
export async function launchBrowserAt(host, folder, args = []) {
  const program = path.join(folder, `chromium-${host.namespace}`);
  writeFileSync(program, `#!/bin/sh\nexec ${host.prefix.join(' ')} ${process.env.FANLIGHT_CHROMIUM ?? '/usr/bin/chromium'} "$@"\n`);
  chmodSync(program, 0o755);
  return launchBrowser({ args, program });
}

export class Stage {
  #name;
  #browser;
  #link;
  #ends;

  /**
   * @param {string} name @param {import('playwright-core').Browser} browser @param {string} link to the camera, by the tunnel
   * @param {(() => Promise<unknown> | unknown)[]} ends what is to be undone, the last first
   */
  constructor(name, browser, link, ends) {
    this.#name = name;
    this.#browser = browser;
    this.#link = link;
    this.#ends = ends;
  }

  /** @param {string} of its logs @param {Parameters<typeof Lab.start>[0]} topology */
  static async start(of, topology) {
    /** @type {(() => Promise<unknown> | unknown)[]} */
    const ends = [];
    try {
      return await build(of, topology, ends);
    } catch (error) {
      await undo(ends);
      throw error;
    }
  }

  async stop() {
    await undo(this.#ends);
  }

  /**
   * What comes of looking at the camera.
   * @returns {Promise<{ ms: number } & ({ pair: string } | { reason: string })>} `ms`: until the first picture, or until it was given
   *          up; `pair`: what the browser's end and the device's are to the browser; `reason`: in the device's words
   */
  async look() {
    const from = performance.now();
    const viewer = await ViewerPage.open(this.#browser, this.#link, { suite, name: `${this.#name}-page` });
    try {
      // A video that has ended shows a black picture, too.
      const end = viewer.waitForMessage('the end of the session', ({ type }) => type === 'bye', { timeout: pictureLimitMs });
      const outcome = await Promise.race([viewer.frames(1, pictureLimitMs).then(() => undefined), end]);
      end.catch(() => undefined);
      const ms = performance.now() - from;
      await viewer.screenshot(this.#name);
      return { ms, ...(outcome ? { reason: outcome.message.reason } : { pair: await viewer.page.evaluate(selectedPair) }) };
    } finally {
      await viewer.close();
    }
  }
}

/** @param {(() => Promise<unknown> | unknown)[]} ends */
async function undo(ends) {
  for (const end of ends.splice(0).reverse()) await end();
}

/** @param {string} of @param {Parameters<typeof Lab.start>[0]} topology @param {(() => Promise<unknown> | unknown)[]} ends */
async function build(of, topology, ends) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-network-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const lab = await Lab.start(topology);
  ends.push(() => lab.stop());
  const daemon = await startDaemon({
    suite, name: `${of}-daemon`, prefix: lab.host('camera').prefix,
    config: testConfig({ http: { listen: [], tls_listen: [`127.0.0.1:${tlsPort}`], hosts: [name] }, camera: [camera] }),
  });
  ends.push(() => daemon.stop());
  const carry = async (/** @type {import('./lab.mjs').Name} */ host, /** @type {string} */ from, /** @type {string} */ to) => {
    const carrier = new LoggedProcess(`tunnel-${host}`, [...lab.host(host).prefix, process.execPath, tunnel, from, to], {
      logFile: path.join(logDirectory(suite), `${of}-tunnel-${host}.log`),
    });
    ends.push(() => carrier.kill());
    await carrier.log.waitFor(/listening/);
  };
  const { address } = lab.host('web');
  const socket = path.join(folder, 'tunnel');
  await carry('camera', `unix:${socket}`, `127.0.0.1:${tlsPort}`);
  await carry('web', `${address}:443`, `unix:${socket}`);
  const browser = await launchBrowserAt(lab.host('viewer'), folder, [
    '--ignore-certificate-errors', `--host-resolver-rules=MAP ${name} ${address.includes(':') ? `[${address}]` : address}`,
  ]);
  ends.push(() => browser.close());
  const link = new URL(daemon.link);
  link.hostname = name;
  link.port = '';
  return new Stage(of, browser, link.href, ends);
}

/** Runs in the page. */
async function selectedPair() {
  const reports = await /** @type {any} */ (globalThis).fanlightTestPeers.at(-1).getStats();
  const transport = [...reports.values()].find(({ type }) => type === 'transport');
  const pair = reports.get(transport.selectedCandidatePairId);
  const [local, remote] = [reports.get(pair.localCandidateId), reports.get(pair.remoteCandidateId)];
  return `${local.candidateType} ${local.relayProtocol ?? local.protocol}, ${remote.candidateType}`;
}
