// SPDX-License-Identifier: Apache-2.0
// The page in Chromium, which tries again by itself.

import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { Repeated } from './repeated.mjs';
import { now, Sight } from './sight.mjs';

const lookEveryMs = 200;

export class PageWatcher {
  sight = new Sight();
  name = 'the page';
  #browser;
  /** @type {ViewerPage | undefined} */
  #page;
  #shown = 0;
  #opened = 0;
  #looking;

  /** @param {import('playwright-core').Browser} browser */
  constructor(browser) {
    this.#browser = browser;
    this.#looking = new Repeated(() => this.#look(), lookEveryMs);
  }

  static async start() {
    return new PageWatcher(await launchBrowser());
  }

  /** @param {string} link */
  async comes(link) {
    this.#shown = 0;
    this.sight.begin();
    this.#page = await ViewerPage.open(this.#browser, link, { suite: 'soak', name: `page-${++this.#opened}` });
  }

  async goes() {
    this.sight.end();
    const page = this.#page;
    this.#page = undefined;
    await page?.close();
  }

  async close() {
    await this.goes();
    await this.#looking.stop();
    await this.#browser.close();
  }

  async #look() {
    const page = this.#page;
    if (!page) return;
    const frames = page.page.locator('video').evaluateAll((videos) =>
      videos.reduce((sum, one) => sum + /** @type {HTMLVideoElement} */ (one).getVideoPlaybackQuality().totalVideoFrames, 0),
    );
    // Closed meanwhile, or being loaded.
    const shown = await frames.catch(() => 0);
    if (!this.sight.isWanted || page !== this.#page) return;
    this.sight.look(shown > this.#shown ? now() : 0);
    this.#shown = shown;
  }
}
