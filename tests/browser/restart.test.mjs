// SPDX-License-Identifier: Apache-2.0
// The daemon is killed and started again under a page that shows its picture.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';

const suite = 'browser';
/** Longest pause of the page between two tries, with room for a slow machine. */
const backLimitMs = 60_000;
/** A second of picture: more than what may have been on its way. */
const enoughFrames = 30;

describe('a daemon that is killed and started again', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {ViewerPage} */
  let viewer;

  before(async () => {
    daemon = await startDaemon({ suite, name: 'restart-daemon-1' });
    browser = await launchBrowser();
    viewer = await ViewerPage.open(browser, daemon.link, { suite, name: 'restart' });
    await viewer.frames(enoughFrames);
  });

  after(async () => {
    await browser?.close();
    await daemon?.stop();
  });

  for (const round of [2, 3]) {
    test(`the picture comes back without a touch (start ${round})`, async (t) => {
      const { port } = new URL(daemon.url);
      const peers = await viewer.peerCount();

      const killedAt = performance.now();
      const directory = await daemon.crash();
      daemon = await startDaemon({
        suite,
        directory,
        name: `restart-daemon-${round}`,
        config: testConfig({ http: { listen: [`127.0.0.1:${port}`] } }),
      });
      const listeningAt = performance.now();
      await viewer.frames(1, backLimitMs);
      const backAt = performance.now();
      await viewer.frames(enoughFrames, backLimitMs);

      const seconds = (/** @type {number} */ from) => ((backAt - from) / 1000).toFixed(2);
      t.diagnostic(`picture back ${seconds(killedAt)} s after the kill, ${seconds(listeningAt)} s after the daemon listened again`);
      assert.ok((await viewer.peerCount()) > peers, 'the page made no new connection');
    });
  }
});
