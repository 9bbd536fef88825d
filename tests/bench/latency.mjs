// SPDX-License-Identifier: Apache-2.0
// From the clock drawn into the picture to the picture handed to the screen, in Chromium.

import { ViewerHost } from '../load/viewer_host.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { camera, pass, startDevice } from './device.mjs';
import { median, quantile } from './figures.mjs';
import { Probe } from './probe.mjs';

/** @typedef {import('./probe.mjs').Frame} Frame */

/** What is not counted at the beginning of a run. */
const warmUpMs = 2000;
/** Beside the encoder's time. */
const budgetBesideEncoderMs = 12;
/** As far as whole milliseconds can tell. */
const clockAgreementMs = 1.5;

const rtpTicksPerPicture = 90_000 / camera.framerate;

/**
 * Frames whose clock was read from the picture that was announced: numbers and RTP timestamps advance together.
 * @param {Frame[]} frames
 */
function consistent(frames) {
  const offsetOf = (/** @type {Frame} */ frame) => {
    const ticks = (frame.rtp - frames[0].rtp) | 0;
    return Math.round(ticks / rtpTicksPerPicture) - ((frame.number - frames[0].number) << 16 >> 16);
  };
  const usual = median(frames.map(offsetOf));
  return frames.filter((frame) => offsetOf(frame) === usual);
}

/**
 * One run with a camera and a page of its own, so that the camera's pictures fall anew between the screen's.
 * @param {import('playwright-core').Browser} browser @param {number} seconds
 */
async function run(browser, seconds) {
  const daemon = await startDevice();
  try {
    const probe = await Probe.open(browser, daemon.link);
    await probe.openSignaling();
    await probe.watch(camera.id);
    await probe.sample(warmUpMs);
    const { frames, unread, presented } = await probe.sample(seconds * 1000);
    const clockError = await probe.clockError();
    if (clockError < 1 - clockAgreementMs || clockError > clockAgreementMs) {
      throw new Error(`the page's clock is ${clockError} ms off: no latency can be told`);
    }
    const statistics = await probe.statistics();
    await probe.close();
    const used = consistent(frames);
    const made = ((frames.at(-1)?.number ?? 0) - frames[0].number + 0x10000) % 0x10000 + 1;
    return { used, unread, presented, made, mismatched: frames.length - used.length, statistics };
  } finally {
    await daemon.stop();
  }
}

/** The encoder's own time for a picture, as GStreamer's latency tracer sees it, in a run that measures nothing else. */
async function encodeTimes(/** @type {number} */ seconds) {
  const daemon = await startDevice({
    name: 'daemon-traced',
    env: { GST_TRACERS: 'latency(flags=element)', GST_DEBUG: 'GST_TRACER:7', GST_DEBUG_NO_COLOR: '1' },
  });
  const host = await ViewerHost.start();
  try {
    const viewer = host.open({ url: daemon.link, camera: camera.id });
    await viewer.waitFor('packet');
    await pass(warmUpMs);
    const from = daemon.log.lines.length;
    await pass(seconds * 1000);
    return daemon.log.lines
      .slice(from)
      .map((line) => line.match(/element-latency, .*element=\(string\)encoder,.*time=\(guint64\)(\d+)/)?.[1])
      .filter((time) => time !== undefined)
      .map((time) => Number(time) / 1e6);
  } finally {
    await host.stop();
    await daemon.stop();
  }
}

/**
 * @param {{ runs: number, seconds: number }} options
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
export async function measureLatency({ runs, seconds }) {
  const encode = await encodeTimes(seconds);
  const browser = await launchBrowser();
  /** @type {Awaited<ReturnType<typeof run>>[]} */
  const results = [];
  try {
    for (let i = 0; i < runs; i++) results.push(await run(browser, seconds));
  } finally {
    await browser.close();
  }
  const frames = results.flatMap(({ used }) => used);
  const parts = {
    total: frames.map(({ drawn, presented }) => presented - drawn),
    device: frames.map(({ drawn, received }) => received - drawn),
    browser: frames.map(({ received, presented }) => presented - received),
  };
  const encodeMs = median(encode);
  const ofRuns = results.map(({ used }) => median(used.map(({ drawn, presented }) => presented - drawn)));
  const sum = (/** @type {(one: typeof results[0]) => number} */ of) => results.reduce((all, one) => all + of(one), 0);
  const presentedShare = (100 * sum(({ presented }) => presented)) / sum(({ made }) => made);
  return {
    name: 'latency',
    title: `Picture to shown in Chromium, 720p30 at 2 Mb/s, ${runs} runs of ${seconds} s, ${frames.length} pictures`,
    figures: [
      {
        what: 'picture to shown, median',
        value: median(parts.total),
        unit: 'ms',
        budget: encodeMs + budgetBesideEncoderMs,
        note: `encoder's time + ${budgetBesideEncoderMs} ms; medians of the runs ${Math.min(...ofRuns).toFixed(1)} to ${Math.max(...ofRuns).toFixed(1)}`,
      },
      { what: 'picture to shown, p95', value: quantile(parts.total, 0.95), unit: 'ms' },
      { what: "device's part, median", value: median(parts.device), unit: 'ms', note: 'clock drawn to the last packet received' },
      { what: "device's part, p95", value: quantile(parts.device, 0.95), unit: 'ms' },
      { what: '  of it the encoder, median', value: encodeMs, unit: 'ms', note: 'in a run of its own, by the latency tracer' },
      { what: '  of it the encoder, p95', value: quantile(encode, 0.95), unit: 'ms' },
      { what: "browser's part, median", value: median(parts.browser), unit: 'ms', note: 'last packet received to presented' },
      { what: "browser's part, p95", value: quantile(parts.browser, 0.95), unit: 'ms' },
      { what: 'pictures presented', value: presentedShare, unit: '%', note: 'of those made meanwhile' },
    ],
    raw: {
      encode,
      runs: results.map(({ used, ...rest }) => ({
        ...rest,
        pictures: used.map(({ drawn, received, presented, displayed, read }) => [drawn, received, presented, displayed, read]),
      })),
    },
  };
}
