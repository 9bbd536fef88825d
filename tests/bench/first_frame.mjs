// SPDX-License-Identifier: Apache-2.0
// From the click to the first picture, in Chromium; signaling is open already, as on a page that shows its cameras.

import { ViewerHost } from '../load/viewer_host.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { camera, startDevice } from './device.mjs';
import { median, quantile } from './figures.mjs';
import { Probe } from './probe.mjs';

/** @typedef {import('./probe.mjs').Marks} Marks */

const budget = { onMs: 150, besideCameraMs: 200 };

/** From the offer to the camera's first picture. @param {Marks} marks */
function cameraStart({ began, offered, frame }) {
  return frame.drawn - (frame.number * 1000) / camera.framerate - (began + offered);
}

/** @param {import('playwright-core').Browser} browser @param {number} runs @returns {Promise<Marks[]>} */
async function firstEver(browser, runs) {
  const marks = [];
  for (let i = 0; i < runs; i++) {
    const daemon = await startDevice();
    try {
      const probe = await Probe.open(browser, daemon.link);
      await probe.openSignaling();
      marks.push(await probe.watch(camera.id));
      await probe.close();
    } finally {
      await daemon.stop();
    }
  }
  return marks;
}

/**
 * @param {import('playwright-core').Browser} browser @param {number} runs
 * @returns {Promise<{ off: Marks[], on: Marks[] }>}
 */
async function laterOnes(browser, runs) {
  const daemon = await startDevice();
  const host = await ViewerHost.start();
  try {
    const probe = await Probe.open(browser, daemon.link);
    await probe.openSignaling();
    const off = [];
    for (let i = 0; i <= runs; i++) {
      await probe.cameraIs(camera.id, 'idle');
      off.push(await probe.watch(camera.id));
      await probe.leave();
    }
    // The first one was the first ever, which is measured elsewhere.
    off.shift();

    const other = host.open({ url: daemon.link, camera: camera.id });
    await other.waitFor('packet');
    const on = [];
    for (let i = 0; i < runs; i++) {
      on.push(await probe.watch(camera.id));
      await probe.leave();
    }
    await probe.close();
    return { off, on };
  } finally {
    await host.stop();
    await daemon.stop();
  }
}

/**
 * @param {{ runs: number }} options
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
export async function measureFirstFrame({ runs }) {
  const browser = await launchBrowser();
  try {
    const ever = await firstEver(browser, runs);
    const { off, on } = await laterOnes(browser, runs);
    const steps = (/** @type {Marks[]} */ all) =>
      ['answered', 'ice', 'connected']
        .map((name) => `${name} ${median(all.map((marks) => /** @type {any} */ (marks)[name])).toFixed(0)}`)
        .join(', ');
    const row = (/** @type {string} */ what, /** @type {Marks[]} */ all, /** @type {number | undefined} */ limit) => [
      { what: `${what}, median`, value: median(all.map(({ first }) => first)), unit: 'ms', budget: limit, note: steps(all) },
      { what: `${what}, p95`, value: quantile(all.map(({ first }) => first), 0.95), unit: 'ms' },
    ];
    const start = median(off.map(cameraStart));
    return {
      name: 'first-frame',
      title: `First picture after the click, in Chromium, all m-lines, ${runs} runs each`,
      figures: [
        ...row('camera on', on, budget.onMs),
        ...row('camera off', off, start + budget.besideCameraMs),
        { what: "  of it the camera's own start", value: start, unit: 'ms', note: 'offer to its first picture drawn' },
        ...row('first ever', ever, undefined),
      ],
      raw: { on, off, ever },
    };
  } finally {
    await browser.close();
  }
}
