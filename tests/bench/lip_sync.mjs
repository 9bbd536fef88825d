// SPDX-License-Identifier: Apache-2.0
// How far sound and picture of one source are apart in Chromium: the test picture's clock and the test tone, which comes
// at each full second of the same clock. The camera's flash is that clock: every picture has it, not only one a second.

import { launchBrowser } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { camera, pass, suite } from './device.mjs';
import { EarAndMouth } from './ear_and_mouth.mjs';
import { median, quantile } from './figures.mjs';
import { Probe } from './probe.mjs';

/** ITU-R BT.1359: what people notice, of sound before the picture and behind it. */
const noticed = { early: 45, late: 125 };
/** Until reports have told the browser which times belong together. */
const settleMs = 5000;
const secondMs = 1000;

/** Runs in the page: how long sound waits there on average, in ms. */
async function jitterBufferOfSound() {
  const statistics = await /** @type {any} */ (globalThis).probe.peer().getStats();
  const sound = [...statistics.values()].find(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
  return (1000 * sound.jitterBufferDelay) / sound.jitterBufferEmittedCount;
}

/**
 * @param {import('playwright-core').Browser} browser
 * @param {number} seconds @param {number} lateMs `listen` comes so long after the first picture
 */
async function run(browser, seconds, lateMs) {
  const daemon = await startDaemon({
    suite,
    config: testConfig({ log: { level: 'warning' }, camera: [camera], audio: [{ id: 'hall', microphone: 'test' }] }),
  });
  try {
    const probe = await Probe.open(browser, daemon.link);
    await probe.openSignaling();
    await probe.watch(camera.id);
    await pass(lateMs);
    await probe.command('listen', { on: true });
    const ends = await EarAndMouth.at(probe.page, 'probe.peer()');
    await ends.hear();
    const { frames: first } = await probe.sample(settleMs);
    const { frames } = await probe.sample(seconds * 1000);
    const heard = await ends.heard();
    const jitterBuffer = await probe.page.evaluate(jitterBufferOfSound);
    await probe.close();
    const part = (/** @type {typeof frames} */ shown, /** @type {(at: number) => boolean} */ isIn) => {
      const picture = median(shown.map(({ drawn, displayed }) => displayed - drawn));
      return { picture, sound: heard.filter(isIn).map((at) => at % secondMs) };
    };
    const from = frames[0].presented;
    return { jitterBuffer, first: part(first, (at) => at <= from), settled: part(frames, (at) => at > from) };
  } finally {
    await daemon.stop();
  }
}

/**
 * @param {{ runs: number, seconds: number }} options
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
export async function measureLipSync({ runs, seconds }) {
  const browser = await launchBrowser({ args: ['--autoplay-policy=no-user-gesture-required'] });
  /** @type {Record<string, Awaited<ReturnType<typeof run>>[]>} */
  const results = { 'listening from the start': [], 'listening since 10 s after it': [] };
  try {
    for (let i = 0; i < runs; i++) {
      results['listening from the start'].push(await run(browser, seconds, 0));
      results['listening since 10 s after it'].push(await run(browser, seconds, 10_000));
    }
  } finally {
    await browser.close();
  }
  return {
    name: 'lip-sync',
    title: `Sound behind the picture of the same moment, in Chromium, 720p30, ${runs} runs of ${seconds} s`,
    figures: Object.entries(results).flatMap(([what, all]) => {
      const distances = (/** @type {'first' | 'settled'} */ when) =>
        all.flatMap(({ [when]: { picture, sound } }) => sound.map((way) => way - picture));
      const pictures = all.map(({ settled }) => settled.picture);
      return [
        {
          what: `${what}, median`, value: median(distances('settled')), unit: 'ms', budget: noticed.late,
          note: `least ${Math.min(...distances('settled')).toFixed(0)}, noticed from -${noticed.early} on; the picture's own way ${median(pictures).toFixed(0)} ms, `
            + `the sound's in the browser's jitter buffer ${median(all.map(({ jitterBuffer }) => jitterBuffer)).toFixed(0)} ms`,
        },
        { what: `${what}, p95`, value: quantile(distances('settled'), 0.95), unit: 'ms', budget: noticed.late },
        { what: `${what}, its first ${settleMs / 1000} s, median`, value: median(distances('first')), unit: 'ms' },
        { what: `${what}, its first ${settleMs / 1000} s, most`, value: Math.max(...distances('first')), unit: 'ms' },
      ];
    }),
    raw: results,
  };
}
