// SPDX-License-Identifier: Apache-2.0
// What the device tells of a viewer against what Chromium tells of the same stream.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, beforeEach, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { Scraper } from '../support/metrics.mjs';

/** @typedef {import('../support/metrics.mjs').Metrics} Metrics */

const suite = 'browser';
/** Seconds of pictures, and several reports. */
const pictures = 150;
/** What may be under way: Chromium looks at its figures a little later, and keeps some for a moment. */
const underWay = 15;
const table = 'fanlight_loss';

/** Every twentieth packet of video is lost from now on. */
function losePackets() {
  const nft = (/** @type {string[]} */ ...words) => execFileSync('nft', words, { stdio: ['ignore', 'ignore', 'inherit'] });
  nft('add', 'table', 'inet', table);
  nft('add', 'chain', 'inet', table, 'output', '{ type filter hook output priority 0; }');
  // Nothing else is as long over UDP.
  nft('add', 'rule', 'inet', table, 'output', 'udp', 'length', '>', '700', 'numgen', 'inc', 'mod', '20', '0', 'drop');
  return () => nft('delete', 'table', 'inet', table);
}

describe('the figures of a viewer', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {Scraper} */
  let scraper;
  /** @type {ViewerPage} */
  let page;
  /** @type {{ camera: string, session: string }} */
  let labels;

  before(async () => {
    daemon = await startDaemon({ suite, name: 'metrics-daemon', config: testConfig() });
    browser = await launchBrowser();
    scraper = new Scraper(daemon);
  });

  beforeEach(async () => {
    await page?.close();
    page = await ViewerPage.open(browser, daemon.link, { suite, name: 'metrics-page' });
    await page.firstFrame();
    const { line } = await page.signaling.waitFor(/^> \{"type":"offer"/);
    labels = { camera: 'front-door', session: JSON.parse(line.slice(2)).session.slice(0, 8) };
  });

  after(async () => {
    await browser?.close();
    await daemon?.stop();
  });

  /** @param {Metrics} metrics @param {string} name @param {Record<string, string>} [more] */
  const value = (metrics, name, more = {}) => /** @type {number} */ (metrics.value(`fanlight_viewer_${name}`, { ...labels, ...more }));

  test('are those that Chromium has', async (t) => {
    await page.frames(pictures);
    const metrics = await scraper.waitFor('a round trip', (one) => value(one, 'round_trip_seconds') !== undefined);
    const stats = await page.videoStats();
    t.diagnostic(
      `device: ${value(metrics, 'sent_frames_total')} frames, ${value(metrics, 'sent_packets_total')} packets as of the last ` +
        `report, round trip ${(1000 * value(metrics, 'round_trip_seconds')).toFixed(2)} ms; Chromium: ${stats.framesReceived} ` +
        `frames, ${stats.packetsReceived} packets`,
    );
    assert.ok(value(metrics, 'sent_frames_total') >= pictures);
    assert.ok(value(metrics, 'sent_frames_total') <= stats.framesReceived + underWay);
    assert.ok(value(metrics, 'sent_packets_total') > 0);
    assert.ok(value(metrics, 'sent_packets_total') <= stats.packetsReceived + stats.packetsLost + underWay);
    assert.ok(value(metrics, 'sent_bytes_total') > 0);
    assert.ok(value(metrics, 'round_trip_seconds') < 1);
    assert.equal(value(metrics, 'lost_packets_total'), 0);
    assert.equal(value(metrics, 'key_frame_requests_total', { kind: 'pli' }), stats.pliCount);
    assert.equal(value(metrics, 'key_frame_requests_total', { kind: 'fir' }), stats.firCount);
    assert.equal(value(metrics, 'nacks_total'), stats.nackCount);
    const { session } = labels;
    assert.match(
      metrics.text,
      new RegExp(`fanlight_viewer_path_info\\{camera="front-door",session="${session}",local="host",remote="(host|prflx)",protocol="udp"\\} 1`),
    );
  });

  test('tell what is lost on the way, and what is sent once more', async (t) => {
    t.after(losePackets());
    const isTold = (/** @type {Metrics} */ one) => value(one, 'lost_packets_total') > 0 && value(one, 'resent_packets_total') > 0;
    const metrics = await scraper.waitFor('losses', isTold);
    const stats = await page.videoStats();
    t.diagnostic(
      `device: ${value(metrics, 'lost_packets_total')} lost, ${value(metrics, 'resent_packets_total')} resent, ` +
        `${value(metrics, 'nacks_total')} NACKs; Chromium: ${stats.packetsLost} lost, ${stats.nackCount} NACKs`,
    );
    assert.ok(value(metrics, 'nacks_total') > 0);
    assert.ok(value(metrics, 'nacks_total') <= stats.nackCount + underWay);
    await scraper.waitFor('a ratio of loss', (one) => value(one, 'loss_ratio') > 0);
  });
});
