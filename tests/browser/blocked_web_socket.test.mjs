// SPDX-License-Identifier: Apache-2.0
// A way to the device that lets requests through and no WebSocket: a proxy that refuses to upgrade.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { median } from '../bench/figures.mjs';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { Caddy } from '../support/caddy.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';

const suite = 'browser';
const [open, closed] = ['open.example.org', 'closed.example.org'];
const runs = 5;

describe('where no WebSocket comes through', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {Caddy} */
  let caddy;
  /** @type {import('playwright-core').Browser} */
  let browser;

  before(async () => {
    const http = { listen: ['127.0.0.1:0'], hosts: [open, closed], trusted_proxies: ['127.0.0.1'] };
    daemon = await startDaemon({ suite, name: 'blocked-web-socket-daemon', config: testConfig({ http }) });
    const upstream = `\treverse_proxy ${new URL(daemon.url).host}\n`;
    caddy = await Caddy.start(`${open} {\n${upstream}}\n${closed} {\n\t@upgrade header Upgrade *\n\trespond @upgrade 403\n${upstream}}\n`);
    const names = [open, closed].map((name) => `MAP ${name} 127.0.0.1`).join(',');
    browser = await launchBrowser({ args: [`--host-resolver-rules=${names}`, '--ignore-certificate-errors'] });
  });

  after(async () => {
    await browser?.close();
    await caddy?.stop();
    await daemon?.stop();
  });

  /** @param {string} name @param {string} page */
  async function watch(name, page) {
    const began = performance.now();
    const viewer = await ViewerPage.open(browser, `https://${name}:${caddy.port}/${new URL(daemon.link).hash}`, { suite, name: page });
    await viewer.firstFrame();
    return { viewer, seconds: (performance.now() - began) / 1000 };
  }

  test('the page shows the picture all the same, by plain requests', async () => {
    const { viewer } = await watch(closed, 'blocked');
    await viewer.frames(30);
    assert.ok(!viewer.signaling.lines.some((line) => line.includes('"welcome"')), 'a WebSocket came through');
    await viewer.screenshot('blocked-web-socket');
    // Candidates and the goodbye go the same way, and the session is an ordinary one.
    await viewer.close();
    await daemon.waitForLog(/session: '\S+' of camera 'front-door' ended: (left|peer-closed)$/);
  });

  test('how much later the picture comes', async (t) => {
    /** @type {Record<string, number[]>} */
    const seconds = { [open]: [], [closed]: [] };
    for (let run = 0; run < runs; run++)
      for (const name of [open, closed]) {
        const { viewer, seconds: took } = await watch(name, `timed-${run}`);
        seconds[name].push(took);
        await viewer.close();
      }
    const shown = (/** @type {string} */ name) => median(seconds[name]).toFixed(2);
    t.diagnostic(`page opened to first picture, median of ${runs}: ${shown(open)} s by WebSocket, ${shown(closed)} s by plain requests`);
    assert.equal(seconds[closed].length, runs);
  });
});
