// SPDX-License-Identifier: Apache-2.0
// 25 viewers on libdatachannel and one Chromium on one camera. libdatachannel sends receiver reports and has no
// transport-wide feedback (TWCC); Chromium has it.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { slope } from '../bench/figures.mjs';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { fetchWith } from '../support/sign_in.mjs';
import { CpuMeter, processFigures } from './process_figures.mjs';
import { ViewerHost } from './viewer_host.mjs';

const suite = 'load';
const lightViewers = 25;
/** Where the cost is looked at, on the way up. */
const stations = [1, 10, lightViewers];
/** So many pictures in Chromium are 30 s, and 10 s at each station. */
const pictures = { watched: 900, aStation: 300 };
const framesLimitMs = 180_000;
const leastShare = 0.99;

const camera = {
  id: 'front-door',
  source: 'test',
  // Uses the whole of its bitrate.
  pattern: 'zone-plate',
  width: 1280,
  height: 720,
  framerate: 30,
  bitrate: 2_000_000,
};
const config = testConfig({
  http: { listen: ['127.0.0.1:0'], connections: 200, connections_per_address: 100 },
  limits: { viewers: 30, viewers_per_source: 30 },
  camera: [camera],
});

/** GStreamer's own list of what is alive, asked for with SIGUSR1. */
const tracer = {
  GST_TRACERS: 'leaks(filters=GstVideoEncoder)',
  GST_LEAKS_TRACER_SIG: '1',
  GST_DEBUG: 'GST_TRACER:7',
  GST_DEBUG_NO_COLOR: '1',
};
const encoderLine = /object-alive, type-name=\(string\)(\w+),/;

/** One daemon, one Chromium and room for light viewers. @param {string} name @param {NodeJS.ProcessEnv} [env] */
async function setUp(name, env) {
  const daemon = await startDaemon({ suite, name, config, env });
  const host = await ViewerHost.start();
  const browser = await launchBrowser();
  /** @type {import('./viewer_host.mjs').RemoteViewer[]} */
  const viewers = [];
  return {
    daemon,
    host,
    viewers,
    openPage: () => ViewerPage.open(browser, daemon.link, { suite, name: `${name}-page` }),
    async growTo(/** @type {number} */ count) {
      while (viewers.length < count) {
        const viewer = host.open({ url: daemon.link, camera: camera.id });
        viewers.push(viewer);
        await viewer.waitFor('packet');
      }
    },
    async tearDown() {
      await browser.close();
      await host.stop();
      await daemon.stop();
    },
  };
}

describe(`${lightViewers} light viewers and one Chromium`, () => {
  test('are served by one encoder', async (t) => {
    const { daemon, growTo, openPage, tearDown } = await setUp('traced', tracer);
    t.after(tearDown);
    const page = await openPage();
    await page.firstFrame();
    await growTo(lightViewers);

    const from = daemon.log.lines.length;
    process.kill(/** @type {number} */ (daemon.pid), 'SIGUSR1');
    await daemon.waitForLog(encoderLine, { from });
    // The tracer writes its list at once, on the main thread: what is answered after the signal comes after it.
    await fetchWith(daemon.link, '/api/v1/cameras');
    const encoders = daemon.log.lines.slice(from).map((line) => line.match(encoderLine)?.[1]).filter(Boolean);
    t.diagnostic(`alive in the daemon with ${lightViewers + 1} viewers: ${encoders.join(', ')}`);
    assert.equal(encoders.length, 1);
  });

  describe('get their packets', () => {
    /** @type {Awaited<ReturnType<typeof setUp>>} */
    let load;
    /** @type {CpuMeter} */
    let meter;
    /** @type {ViewerPage} */
    let page;
    /** @type {{ viewers: number, cpu: number, pss: number, threads: number, descriptors: number }[]} */
    const levels = [];

    before(async () => {
      load = await setUp('daemon');
      const pid = /** @type {number} */ (load.daemon.pid);
      meter = new CpuMeter(pid);
      page = await load.openPage();
      await page.firstFrame();
      for (const viewers of stations) {
        await load.growTo(viewers);
        const cpuBefore = meter.read();
        const { elapsedMs } = await page.frames(pictures.aStation, framesLimitMs);
        levels.push({ viewers, cpu: (meter.read() - cpuBefore) / (elapsedMs / 1000), ...processFigures(pid) });
      }
    });

    after(async () => {
      await load?.tearDown();
      meter?.close();
    });

    test(`at least ${leastShare * 100} % of them at each`, async (t) => {
      const before_ = await load.host.figures();
      const pageBefore = await page.videoStats();
      const { elapsedMs } = await page.frames(pictures.watched, framesLimitMs);
      const after_ = await load.host.figures();
      const pageAfter = await page.videoStats();

      const shares = load.viewers.map(({ id }) => {
        const [had, has] = [/** @type {any} */ (before_.get(id)), /** @type {any} */ (after_.get(id))];
        return (has.received - had.received) / (has.expected - had.expected);
      });
      const received = pageAfter.packetsReceived - pageBefore.packetsReceived;
      const lost = pageAfter.packetsLost - pageBefore.packetsLost;
      const bytes = [...after_].reduce((sum, [id, { bytes: now }]) => sum + now - /** @type {any} */ (before_.get(id)).bytes, 0);
      const megabits = bytes / load.viewers.length / (elapsedMs / 1000) / 125_000;
      t.diagnostic(
        `${(elapsedMs / 1000).toFixed(0)} s at ${megabits.toFixed(2)} Mb/s each; the worst light viewer got ` +
          `${(100 * Math.min(...shares)).toFixed(3)} %, Chromium ${((100 * received) / (received + lost)).toFixed(3)} %`,
      );
      assert.ok(Math.min(...shares) >= leastShare, `${shares}`);
      assert.ok(received / (received + lost) >= leastShare, `Chromium lost ${lost} of ${received + lost}`);
    });

    test('and cost the daemon this much', (t) => {
      const further = (/** @type {(level: typeof levels[0]) => number} */ of) =>
        slope(levels.map((level) => [level.viewers, of(level)]));
      for (const { viewers, cpu, pss, threads, descriptors } of levels) {
        t.diagnostic(
          `${viewers} and Chromium: ${cpu.toFixed(0)} ms/s CPU, ${(pss / 1024).toFixed(1)} MB PSS, ${threads} threads, ${descriptors} descriptors`,
        );
      }
      t.diagnostic(
        `each further viewer, video only: ${further(({ cpu }) => cpu).toFixed(2)} ms/s CPU (by ${meter.method}), ` +
          `${(further(({ pss }) => pss) / 1024).toFixed(2)} MB PSS, ${further(({ threads }) => threads).toFixed(1)} threads, ` +
          `${further(({ descriptors }) => descriptors).toFixed(1)} descriptors`,
      );
      // Figures belong to the bench; here, that there are as many levels as stations, each with more threads than before.
      assert.equal(levels.length, stations.length);
      levels.slice(1).forEach((level, i) => assert.ok(level.threads > levels[i].threads));
    });
  });
});
