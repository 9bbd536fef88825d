// SPDX-License-Identifier: Apache-2.0
// What a file of tests on a board has: one guest, one Chromium outside of it, and for each test a daemon in the guest.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { createToken } from '../support/sign_in.mjs';
import { Guest } from './guest.mjs';

const suite = 'board';

/** Under emulation. */
const [runLimitMs, stopLimitMs] = [60_000, 30_000];

/** As many frames show that a picture is live. */
const liveFrames = 15;

export class BoardStage {
  #directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-board-'));
  #token;
  #by;
  /** @type {import('playwright-core').Browser | undefined} */
  #browser;
  /** @type {Guest | undefined} */
  #guest;
  #daemons = 0;

  /**
   * Call it once, inside of a `describe` and outside of tests.
   * @param {(guest: Guest) => Promise<unknown>} plugCameras before the first test
   * @param {string[]} [by] the program that starts the daemons, with its arguments
   */
  constructor(plugCameras, by = []) {
    this.#by = by;
    const state = path.join(this.#directory, 'state');
    this.#token = createToken(state, ['--owner']);
    before(async () => {
      this.#guest = await Guest.boot();
      await plugCameras(this.guest);
      await this.guest.run(`cp -r '/host${state}' /host/run/state`);
      this.#browser = await launchBrowser();
    });
    after(async () => {
      await this.#browser?.close();
      await this.#guest?.close();
      rmSync(this.#directory, { recursive: true, force: true });
    });
  }

  get guest() {
    if (!this.#guest) throw new Error('the guest is not there yet');
    return this.#guest;
  }

  /**
   * One daemon with one camera, and its page; both are gone after the test.
   * @param {import('node:test').TestContext} t
   * @param {Record<string, unknown>} camera besides its id, which is 'porch'
   */
  serve(t, camera) {
    return this.serveAll(t, [{ id: 'porch', ...camera }]);
  }

  /**
   * One daemon with several, and its page.
   * @param {import('node:test').TestContext} t
   * @param {Record<string, unknown>[]} cameras
   */
  async serveAll(t, cameras) {
    if (!this.#browser) throw new Error('the browser is not there yet');
    const { guest } = this;
    const from = guest.log.lines.length;
    const config = path.join(this.#directory, `${++this.#daemons}.toml`);
    await guest.startDaemon(config, { camera: cameras }, this.#by);
    t.after(() => guest.stop(stopLimitMs));
    const viewer = await ViewerPage.open(this.#browser, `${guest.url}/#token=${this.#token}`, { suite });
    t.after(() => viewer.close());
    return { viewer, says: (/** @type {RegExp} */ line) => guest.log.waitFor(line, { timeout: runLimitMs, from }) };
  }

  /**
   * Waits until a picture is live.
   * @param {ViewerPage} viewer
   * @param {string} name of the screenshot
   * @returns {Promise<[number, number]>} its width and height
   */
  async watch(viewer, name) {
    await viewer.firstFrame(runLimitMs);
    await viewer.frames(liveFrames);
    await viewer.screenshot(name);
    const { frameWidth, frameHeight } = await viewer.videoStats();
    return [frameWidth, frameHeight];
  }
}
