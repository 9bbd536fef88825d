// SPDX-License-Identifier: Apache-2.0
// What a file of tests in the browser has: one Chromium, and for each test a daemon, which is gone after it.

import { after, afterEach, before } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';

const suite = 'browser';

export class PageStage {
  /** @type {import('playwright-core').Browser | undefined} */
  #browser;
  /** Of the present test. @type {import('../support/daemon.mjs').Daemon | undefined} */
  daemon;

  /** Call it once, outside of tests. */
  constructor() {
    before(async () => {
      this.#browser = await launchBrowser();
    });
    after(() => this.#browser?.close());
    afterEach(async () => {
      await Promise.all((this.#browser?.contexts() ?? []).map((context) => context.close()));
      await this.daemon?.kill();
      this.daemon = undefined;
    });
  }

  /** @param {string} name @param {import('../support/daemon.mjs').Config} [changes] as of testConfig() */
  async start(name, changes) {
    this.daemon = await startDaemon({ suite, name, config: testConfig(changes) });
    return this.daemon;
  }

  /** The daemon's page, as its owner. @param {import('playwright-core').BrowserContextOptions} context @param {string} [path] */
  open(context, path = '/') {
    if (!this.#browser || !this.daemon) throw new Error('nothing is started yet');
    return ViewerPage.open(this.#browser, this.daemon.linkTo(path), { suite, context });
  }
}
