// SPDX-License-Identifier: Apache-2.0
// The daemon's figures while viewers on libdatachannel come, ask for key frames and leave; judged by promtool.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { promtoolProgram } from '../support/fetched.mjs';
import { Scraper } from '../support/metrics.mjs';
import { authorization } from '../support/sign_in.mjs';

const camera = 'front-door';
const of = { camera };

describe('metrics', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {ViewerHost} */
  let host;
  /** @type {Scraper} */
  let scraper;

  before(async () => {
    daemon = await startDaemon({ suite: 'component', name: 'metrics-daemon', config: testConfig() });
    host = await ViewerHost.start();
    scraper = new Scraper(daemon);
  });

  after(async () => {
    await host?.stop();
    await daemon?.stop();
  });

  /** A viewer that is served, and the labels of its series. */
  async function watch() {
    const viewer = host.open({ url: daemon.link, camera });
    await viewer.waitFor('packet');
    const { session } = (await viewer.waitFor('answered')).detail;
    return { viewer, session, labels: { camera, session: session.slice(0, 8) } };
  }

  /** @param {import('../support/metrics.mjs').Metrics} metrics @param {string} name */
  const isOf = (metrics, name) => metrics.series.some((one) => one.includes(`session="${name}"`));

  test('of a device at rest are there before anything has happened', async () => {
    const { headers } = await fetch(`${daemon.url}/metrics`, { headers: authorization(daemon.link) });
    assert.equal(headers.get('content-type'), 'text/plain; version=0.0.4; charset=utf-8');
    const metrics = await scraper.scrape();
    assert.equal(metrics.value('fanlight_camera_frames_total', of), 0);
    assert.equal(metrics.value('fanlight_camera_state', { ...of, state: 'idle' }), 1);
    assert.equal(metrics.value('fanlight_sessions_ended_total', { reason: 'left' }), 0);
    assert.ok(/** @type {number} */ (metrics.value('process_resident_memory_bytes')) > 1_000_000);
    assert.ok(!metrics.text.includes('session='), 'nobody is there');
  });

  test('move while somebody watches, please promtool, and vanish with the viewer, whose sums stay', async (t) => {
    const { viewer, session, labels } = await watch();
    const first = await scraper.waitFor('a round trip', (one) => one.value('fanlight_viewer_round_trip_seconds', labels) !== undefined);
    assert.equal(first.value('fanlight_viewer_state', { ...labels, state: 'live' }), 1);
    assert.equal(first.value('fanlight_camera_state', { ...of, state: 'live' }), 1);
    // What a light viewer says of its first packets is its own affair; tests/browser/metrics asks Chromium.
    const loss = /** @type {number} */ (first.value('fanlight_viewer_loss_ratio', labels));
    assert.ok(loss >= 0 && loss <= 1, `${loss}`);
    assert.match(first.series.find((one) => one.startsWith('fanlight_viewer_path_info')) ?? '', /local="host",remote="(host|prflx)",protocol="udp"/);
    for (const name of ['sent_frames_total', 'sent_bytes_total', 'sent_packets_total']) {
      const had = /** @type {number} */ (first.value(`fanlight_viewer_${name}`, labels));
      const rises = (/** @type {import('../support/metrics.mjs').Metrics} */ one) => /** @type {number} */ (one.value(`fanlight_viewer_${name}`, labels)) > had;
      assert.ok(await scraper.waitFor(`more of ${name}`, rises));
    }
    assert.ok(!first.text.includes(session), 'the whole id would let a reader end the session');

    const judged = spawnSync(promtoolProgram(), ['check', 'metrics'], { input: first.text, encoding: 'utf8' });
    assert.equal(`${judged.stdout}${judged.stderr}`, '');
    assert.equal(judged.status, 0);

    const before_ = /** @type {number} */ ((await scraper.scrape()).value('fanlight_camera_viewers_sent_frames_total', of));
    assert.ok(before_ > 0);
    viewer.bye();
    await viewer.waitFor('bye');
    const gone = await scraper.scrape();
    assert.equal(isOf(gone, labels.session), false);
    assert.ok(/** @type {number} */ (gone.value('fanlight_camera_viewers_sent_frames_total', of)) >= before_);
    assert.equal(gone.value('fanlight_sessions_ended_total', { reason: 'left' }), 1);
    assert.equal(gone.value('fanlight_camera_sessions_total', of), 1);
    t.diagnostic(`${first.text.length} bytes with one viewer, ${gone.text.length} with none`);
  });

  test('tell whose request for a key frame it was', async () => {
    const [asking, quiet] = [await watch(), await watch()];
    const plis = (/** @type {import('../support/metrics.mjs').Metrics} */ one, /** @type {object} */ labels) =>
      /** @type {number} */ (one.value('fanlight_viewer_key_frame_requests_total', { ...labels, kind: 'pli' }));
    const viewers = (/** @type {import('../support/metrics.mjs').Metrics} */ one) =>
      /** @type {number} */ (one.value('fanlight_camera_key_frame_requests_total', { ...of, asker: 'viewer' }));
    const had = await scraper.scrape();

    asking.viewer.requestKeyFrame();

    const has = await scraper.waitFor('the request', (one) => plis(one, asking.labels) > plis(had, asking.labels) && viewers(one) > viewers(had));
    assert.equal(plis(has, quiet.labels), plis(had, quiet.labels));
    assert.ok(/** @type {number} */ (has.value('fanlight_camera_viewers_key_frame_requests_total', { ...of, kind: 'pli' })) >= plis(has, asking.labels));
    asking.viewer.forget();
    quiet.viewer.forget();
  });

  test('count offers that were refused', async () => {
    const stranger = host.open({ url: daemon.link, camera: 'cellar' });
    await stranger.waitFor('error');
    const metrics = await scraper.scrape();
    assert.equal(metrics.value('fanlight_sessions_refused_total', { reason: 'unknown-camera' }), 1);
    stranger.forget();
  });
});
