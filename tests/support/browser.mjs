// SPDX-License-Identifier: Apache-2.0
// Headless Chromium on the viewer page: frames, statistics, signaling messages, pictures.

import path from 'node:path';
import { chromium } from 'playwright-core';
import { LineLog, lineLimitMs, withLimit } from './events.mjs';
import { logDirectory } from './paths.mjs';

/** Chromium as packaged; another one can be named for trials. */
const executablePath = process.env.FANLIGHT_CHROMIUM ?? '/usr/bin/chromium';

// Tests run as root (no sandbox there), without a GPU, and must not talk to anybody but the daemon.
const flags = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Flags by which its microphone is a file, again and again, and nobody is asked for it. @param {string} file */
export const microphoneOf = (file) => [
  '--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream', `--use-file-for-fake-audio-capture=${file}`,
];

/**
 * A browser with a fresh profile that is removed when it closes.
 * @param {{ args?: string[], env?: Record<string, string>, program?: string }} [options] further flags; `env`: beside the test's
 *        own; `program`: what starts it
 * @returns {Promise<import('playwright-core').Browser>}
 */
export function launchBrowser({ args = [], env = {}, program = executablePath } = {}) {
  return chromium.launch({ executablePath: program, headless: true, args: [...flags, ...args], env: { .../** @type {Record<string, string>} */ (process.env), ...env } });
}

/**
 * Runs in the page before its own code: remembers every peer connection, so that statistics can be read.
 */
function recordPeers() {
  /** @type {RTCPeerConnection[]} */
  const peers = [];
  /** @type {any} */ (globalThis).fanlightTestPeers = peers;
  globalThis.RTCPeerConnection = class extends RTCPeerConnection {
    /** @param {any[]} args */
    constructor(...args) {
      super(...args);
      peers.push(this);
    }
  };
}

/** One tab on the viewer page. */
export class ViewerPage {
  #suite;
  /** Signaling as lines, `<` from and `>` to the device, then the JSON. @type {LineLog} */
  signaling;
  /** What the page complained about. @type {string[]} */
  complaints = [];

  /**
   * @param {import('playwright-core').Page} page
   * @param {string} suite
   * @param {string} name
   */
  constructor(page, suite, name) {
    this.page = page;
    this.#suite = suite;
    this.signaling = new LineLog(`signaling of ${name}`, path.join(logDirectory(suite), `${name}-signaling.log`));
    page.on('websocket', (socket) => {
      socket.on('framereceived', ({ payload }) => this.signaling.push(`< ${payload}`));
      socket.on('framesent', ({ payload }) => this.signaling.push(`> ${payload}`));
    });
    page.on('console', (message) => message.type() === 'error' && this.complaints.push(message.text()));
    page.on('pageerror', (error) => this.complaints.push(String(error)));
    page.on('close', () => this.signaling.end('the page was closed'));
  }

  /**
   * @param {import('playwright-core').Browser} browser
   * @param {string} url an address, or a link that signs in
   * @param {{ suite: string, name?: string, context?: import('playwright-core').BrowserContextOptions }} options
   *        `name`: of the log file, for suites with several pages
   */
  static async open(browser, url, { suite, name = 'page', context }) {
    return ViewerPage.openIn(await browser.newContext(context), url, { suite, name });
  }

  /**
   * A tab of a browser that is there already.
   * @param {import('playwright-core').BrowserContext} profile
   * @param {string} url
   * @param {{ suite: string, name?: string }} options
   */
  static async openIn(profile, url, { suite, name = 'page' }) {
    const page = await profile.newPage();
    const viewer = new ViewerPage(page, suite, name);
    await page.addInitScript(recordPeers);
    await page.goto(url);
    return viewer;
  }

  /**
   * Waits until so many further frames were put on the screen.
   * @param {number} [count]
   * @param {number} [timeout]
   * @returns {Promise<{ width: number, height: number, elapsedMs: number }>} size of the picture, and the time taken
   */
  frames(count = 1, timeout = lineLimitMs) {
    const shown = this.page.locator('video').first().evaluate(
      (element, wanted) =>
        new Promise((resolve) => {
          const video = /** @type {HTMLVideoElement} */ (element);
          const start = performance.now();
          let seen = 0;
          const next = () => {
            if (++seen < wanted) return video.requestVideoFrameCallback(next);
            resolve({ width: video.videoWidth, height: video.videoHeight, elapsedMs: performance.now() - start });
          };
          video.requestVideoFrameCallback(next);
        }),
      count,
      { timeout },
    );
    return withLimit(/** @type {Promise<any>} */ (shown), timeout, (ms) =>
      this.signaling.error(`the page did not show ${count} further frames within ${ms} ms`),
    );
  }

  /** Waits for the first picture and says its size. @param {number} [timeout] */
  firstFrame(timeout) {
    return this.frames(1, timeout);
  }

  /**
   * The received video's figures (RTCInboundRtpStreamStats) of the newest peer connection that has any.
   * @returns {Promise<any>} null when there is none
   */
  videoStats() {
    return this.page.evaluate(async () => {
      for (const peer of [.../** @type {any} */ (globalThis).fanlightTestPeers].reverse()) {
        for (const report of (await peer.getStats()).values()) {
          if (report.type === 'inbound-rtp' && report.kind === 'video') return report;
        }
      }
      return null;
    });
  }

  /** How many peer connections the page has made since it was loaded. @returns {Promise<number>} */
  peerCount() {
    return this.page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestPeers.length);
  }

  /**
   * The first signaling message from the device that the predicate takes.
   * @param {string} awaited what an error calls it
   * @param {(message: any) => boolean} isWanted
   * @param {{ timeout?: number, from?: number }} [options] `from`: an index into `signaling.lines`
   * @returns {Promise<{ message: any, index: number }>}
   */
  waitForMessage(awaited, isWanted, { timeout = lineLimitMs, from = 0 } = {}) {
    const search = async () => {
      for (let next = from; ; ) {
        const { line, index } = await this.signaling.waitFor(/^< \{/, { timeout, from: next });
        const message = JSON.parse(line.slice(2));
        if (isWanted(message)) return { message, index };
        next = index + 1;
      }
    };
    return withLimit(search(), timeout, (ms) => this.signaling.error(`no message '${awaited}' within ${ms} ms`));
  }

  /**
   * The first time that the device tells it of a camera, the page's only one unless it is named.
   * @param {string} state
   * @param {{ timeout?: number, from?: number, camera?: string }} [options] see waitForMessage()
   */
  waitForCamera(state, { camera, ...options } = {}) {
    return this.waitForMessage(
      `camera ${state}`,
      (message) =>
        message.type === 'state' && !message.session && message.state === state && (!camera || message.camera === camera),
      options,
    );
  }

  /**
   * Keeps a picture in the suite's log folder.
   * @param {string} name
   * @param {import('playwright-core').PageScreenshotOptions} [options]
   * @returns {Promise<string>} the file
   */
  async screenshot(name, options) {
    const file = path.join(logDirectory(this.#suite), `${name}.png`);
    await this.page.screenshot({ ...options, path: file });
    return file;
  }

  /** Closes the tab and its profile. */
  async close() {
    await this.page.context().close();
  }
}
