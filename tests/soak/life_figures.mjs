// SPDX-License-Identifier: Apache-2.0
// What the daemon's processes hold, over time: a life is one process.

import { pass } from '../bench/device.mjs';
import { slope } from '../bench/figures.mjs';
import { processFigures } from '../load/process_figures.mjs';
import { withLimit } from '../support/events.mjs';
import { Repeated } from './repeated.mjs';
import { now } from './sight.mjs';
import { cameras } from './world.mjs';

/** @typedef {import('./world.mjs').World} World */
/** @typedef {{ life: number, at: number } & import('../load/process_figures.mjs').ProcessFigures} Sample */

const everyMs = 2000;
/** Of a life, from its beginning: what comes once comes then. */
const warmUpShare = 0.15;
/** Half a minute; less says nothing. */
const fewestSamples = 15;
/** So many looks alike, one after the other, and what has left is gone. */
const stillLooks = 4;
/** Who vanished without ever having sent RTCP is missed by ICE within a minute; then the camera lingers. */
const idleLimitMs = 120_000;

export const kinds = /** @type {const} */ (['descriptors', 'threads', 'pss']);

export class LifeFigures {
  /** @type {Sample[]} */
  #samples = [];
  #service;
  #sampling;

  /** @param {World['service']} service */
  constructor(service) {
    this.#service = service;
    this.#sampling = new Repeated(() => this.#sample(), everyMs);
  }

  async stop() {
    await this.#sampling.stop();
  }

  #sample() {
    const { life, pid } = this.#service;
    try {
      this.#samples.push({ life: life.number, at: now(), ...processFigures(pid) });
    } catch {
      // That process has ended, and the next is not there yet.
    }
  }

  /** What each further minute adds; none where a life was too short. @param {number} life */
  slopes(life) {
    const all = this.#samples.filter((one) => one.life === life);
    const warm = all.slice(Math.floor(all.length * warmUpShare));
    if (warm.length < fewestSamples) return undefined;
    const minutes = (/** @type {Sample} */ { at }) => (at - warm[0].at) / 60_000;
    const perMinute = kinds.map((kind) => [kind, slope(warm.map((one) => [minutes(one), one[kind]]))]);
    return { minutes: minutes(warm[warm.length - 1]), perMinute: Object.fromEntries(perMinute) };
  }
}

/**
 * What is held when nobody watches any more and all that they had is gone.
 * @param {World} world
 * @returns {Promise<import('../load/process_figures.mjs').ProcessFigures>}
 */
export async function figuresAtRest({ scraper, service }) {
  /** @type {import('../load/process_figures.mjs').ProcessFigures[]} */
  const looks = [];
  let isLate = false;
  const isIdle = async () => {
    const metrics = await scraper.scrape();
    return cameras.every((camera) => metrics.value('fanlight_camera_state', { camera, state: 'idle' }) === 1);
  };
  const isStill = () =>
    looks.length === stillLooks && looks.every(({ descriptors, threads }) => descriptors === looks[0].descriptors && threads === looks[0].threads);
  const settled = async () => {
    while (!isLate && !(await isIdle())) await pass(everyMs);
    while (!isLate && !isStill()) {
      await pass(everyMs);
      looks.push(processFigures(service.pid));
      if (looks.length > stillLooks) looks.shift();
    }
    return looks[0];
  };
  return withLimit(settled(), idleLimitMs, 'a daemon at rest').finally(() => (isLate = true));
}
