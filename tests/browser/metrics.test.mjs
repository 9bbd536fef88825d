// SPDX-License-Identifier: Apache-2.0
// What the device tells of a viewer against what Chromium tells of the same stream.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { Scraper } from '../support/metrics.mjs';

const suite = 'browser';
/** Seconds of pictures, and several reports. */
const pictures = 150;
/** What may be under way: Chromium looks at its figures a little later, and keeps some for a moment. */
const underWay = 15;

test('the figures of a viewer are those that Chromium has', async (t) => {
  const daemon = await startDaemon({ suite, name: 'metrics-daemon', config: testConfig() });
  t.after(() => daemon.stop());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const page = await ViewerPage.open(browser, daemon.link, { suite, name: 'metrics-page' });
  await page.firstFrame();
  const scraper = new Scraper(daemon);
  await page.frames(pictures);

  const metrics = await scraper.waitFor('reports', (one) => one.text.includes('fanlight_viewer_round_trip_seconds{'));
  const stats = await page.videoStats();
  const { line } = await page.signaling.waitFor(/^> \{"type":"offer"/);
  const session = JSON.parse(line.slice(2)).session;
  const labels = { camera: 'front-door', session: session.slice(0, 8) };
  const value = (/** @type {string} */ name, more = {}) => /** @type {number} */ (metrics.value(`fanlight_viewer_${name}`, { ...labels, ...more }));
  t.diagnostic(
    `device: ${value('sent_frames_total')} frames, ${value('sent_packets_total')} packets as of the last report, round trip ` +
      `${(1000 * value('round_trip_seconds')).toFixed(2)} ms; Chromium: ${stats.framesReceived} frames, ${stats.packetsReceived} packets`,
  );

  assert.ok(value('sent_frames_total') >= pictures);
  assert.ok(value('sent_frames_total') <= stats.framesReceived + underWay);
  assert.ok(value('sent_packets_total') > 0);
  assert.ok(value('sent_packets_total') <= stats.packetsReceived + stats.packetsLost + underWay);
  assert.ok(value('sent_bytes_total') > 0);
  assert.ok(value('round_trip_seconds') < 1);
  assert.equal(value('lost_packets_total'), 0);
  assert.equal(value('key_frame_requests_total', { kind: 'pli' }), stats.pliCount);
  assert.equal(value('key_frame_requests_total', { kind: 'fir' }), stats.firCount);
  assert.equal(value('nacks_total'), stats.nackCount);
  assert.match(metrics.text, new RegExp(`fanlight_viewer_path_info\\{camera="front-door",session="${labels.session}",local="host",remote="(host|prflx)",protocol="udp"\\} 1`));
});
