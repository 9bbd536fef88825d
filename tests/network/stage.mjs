// SPDX-License-Identifier: Apache-2.0
// The daemon at the lab's camera, a browser at its viewer, and signaling by a tunnel to the lab's web server, so that whether
// there is a picture hangs on the way of the media alone.

import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { logDirectory, suite } from '../support/paths.mjs';
import { LoggedProcess } from '../support/process.mjs';
import { Lab } from './lab.mjs';
import { Servers } from './servers.mjs';

const name = 'porch.example';
const tlsPort = 8443;
const tunnel = fileURLToPath(new URL('tunnel.mjs', import.meta.url));
/** That the daemon serves. */
export const camera = { id: 'front-door', name: 'Front door', source: 'test', pattern: 'bars', width: 320, height: 180, framerate: 15, bitrate: 300_000 };
/** Beyond what it takes until the daemon gives a session up that does not come to be. */
const pictureLimitMs = 30_000;
/** Two seconds of them. */
const framesUntilSettled = 30;

/**
 * A browser that runs at a host of the lab.
 * @param {import('./lab.mjs').Host} host @param {string} folder for what starts it @param {string[]} [args]
 */
export async function launchBrowserAt(host, folder, args = []) {
  const program = path.join(folder, `chromium-${host.namespace}`);
  writeFileSync(program, `#!/bin/sh\nexec ${host.prefix.join(' ')} ${process.env.FANLIGHT_CHROMIUM ?? '/usr/bin/chromium'} "$@"\n`);
  chmodSync(program, 0o755);
  return launchBrowser({ args: [...args, '--ignore-certificate-errors'], program });
}

/**
 * `help`: servers that both ends are told of; `ice`: of the device's configuration;
 * `server`: more for each of its [[ice_server]]; `tls`: where it listens; `cameras`: instead of `camera`
 * @typedef {{ help?: import('./servers.mjs').Help, ice?: object, server?: object, tls?: string, cameras?: object[] }} Options
 */

export class Stage {
  #name;
  #browser;
  #ends;

  /**
   * @param {string} name
   * @param {{ lab: Lab, servers: Servers, daemon: import('../support/daemon.mjs').Daemon, browser: import('playwright-core').Browser, link: string }} parts
   *        `link`: to the camera, by the tunnel
   * @param {(() => Promise<unknown> | unknown)[]} ends what is to be undone, the last first
   */
  constructor(name, { lab, servers, daemon, browser, link }, ends) {
    this.#name = name;
    this.#browser = browser;
    this.#ends = ends;
    this.lab = lab;
    this.servers = servers;
    this.daemon = daemon;
    this.link = link;
  }

  /** @param {string} of its logs @param {Parameters<typeof Lab.start>[0]} topology @param {Options} [options] */
  static async start(of, topology, options = {}) {
    /** @type {(() => Promise<unknown> | unknown)[]} */
    const ends = [];
    try {
      return await build(of, topology, options, ends);
    } catch (error) {
      await undo(ends);
      throw error;
    }
  }

  async stop() {
    await undo(this.#ends);
  }

  /** Its processes stand still, as those of a laptop that sleeps, or go on. @param {boolean} isSuspended */
  suspendBrowser(isSuspended) {
    for (const pid of this.lab.host('viewer').pids())
      try {
        process.kill(pid, isSuspended ? 'SIGSTOP' : 'SIGCONT');
      } catch {
        // It has just ended.
      }
  }

  /** The page, in a browser at the viewer. @param {string} [link] */
  open(link = this.link) {
    return ViewerPage.open(this.#browser, link, { suite, name: `${this.#name}-page` });
  }

  /**
   * What comes of looking at the camera.
   * @typedef {'host' | 'nat' | 'relay'} End
   * @typedef {{ browser: End, device: End, transport: string }} Way its ends; `transport`: of the browser's, to the server where that relays
   * @typedef {{ ms: number } & (Way | { reason: string })} Outcome `ms`: until the first picture, or until it was given up; the way that
   *          was chosen; `reason`: in the device's words
   * @returns {Promise<Outcome>}
   */
  async look() {
    const from = performance.now();
    const viewer = await this.open();
    try {
      // A video that has ended shows a black picture, too.
      const end = viewer.waitForMessage('the end of the session', ({ type }) => type === 'bye', { timeout: pictureLimitMs });
      end.catch(() => undefined);
      const outcome = await Promise.race([viewer.frames(1, pictureLimitMs).then(() => undefined), end]);
      const ms = performance.now() - from;
      // It begins by the first way that is found, and goes over to a better one.
      if (!outcome) await Promise.race([viewer.frames(framesUntilSettled, pictureLimitMs), end]);
      await viewer.screenshot(this.#name);
      return { ms, ...(outcome ? { reason: outcome.message.reason } : await wayOf(viewer)) };
    } finally {
      await viewer.close();
    }
  }
}

/** By which a page has its picture. @param {ViewerPage} viewer @returns {Promise<Way>} */
export function wayOf(viewer) {
  return viewer.page.evaluate(chosenWay);
}

/** All of them, the last first; the first that fails is told when the others are done. @param {(() => Promise<unknown> | unknown)[]} ends */
export async function undo(ends) {
  const failures = [];
  for (const end of ends.splice(0).reverse()) {
    try {
      await end();
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

/**
 * @param {string} of @param {Parameters<typeof Lab.start>[0]} topology @param {Options} options
 * @param {(() => Promise<unknown> | unknown)[]} ends
 */
async function build(of, topology, { help = 'none', ice = {}, server = {}, tls = `127.0.0.1:${tlsPort}`, cameras = [camera] }, ends) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-network-'));
  ends.push(() => rmSync(folder, { recursive: true, force: true }));
  const lab = await Lab.start(topology);
  ends.push(() => lab.stop());
  const servers = await Servers.start(lab, help, of);
  ends.push(() => servers.stop());
  const daemon = await startDaemon({
    suite, name: `${of}-daemon`, prefix: lab.host('camera').prefix,
    config: testConfig({
      http: { listen: [], tls_listen: [tls], hosts: [name] }, camera: cameras, ice,
      ice_server: servers.forConfig().map((one) => ({ ...one, ...server })),
    }),
  });
  ends.push(() => daemon.stop());
  const carry = async (/** @type {import('./lab.mjs').Name} */ host, /** @type {string} */ from, /** @type {string} */ to) => {
    const carrier = new LoggedProcess(`tunnel-${host}`, [...lab.host(host).prefix, process.execPath, tunnel, from, to], {
      logFile: path.join(logDirectory(suite), `${of}-tunnel-${host}.log`),
    });
    ends.push(() => carrier.kill());
    await carrier.log.waitFor(/listening/);
  };
  const socket = path.join(folder, 'tunnel');
  await carry('camera', `unix:${socket}`, `127.0.0.1:${tlsPort}`);
  await carry('web', ':::443', `unix:${socket}`);
  const browser = await launchBrowserAt(lab.host('viewer'), folder);
  ends.push(() => browser.close());
  const link = new URL(daemon.link);
  link.hostname = name;
  link.port = '';
  return new Stage(of, { lab, servers, daemon, browser, link: link.href }, ends);
}

/** Runs in the page. */
async function chosenWay() {
  const reports = await /** @type {any} */ (globalThis).fanlightTestPeers.at(-1).getStats();
  const transport = [...reports.values()].find(({ type }) => type === 'transport');
  const pair = reports.get(transport.selectedCandidatePairId);
  const [local, remote] = [reports.get(pair.localCandidateId), reports.get(pair.remoteCandidateId)];
  // Whether a server or a check told first what a NAT made of an address is chance.
  const endOf = (/** @type {any} */ { candidateType }) => (/rflx/.test(candidateType) ? 'nat' : candidateType);
  return { browser: endOf(local), device: endOf(remote), transport: local.relayProtocol ?? local.protocol };
}
