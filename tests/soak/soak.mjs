// SPDX-License-Identifier: Apache-2.0
// One soak. Its first part has all faults, until a third of the time is over and each was there once; in the second, one
// process has those that it outlives.

import path from 'node:path';
import { pass } from '../bench/device.mjs';
import { LineLog } from '../support/events.mjs';
import { logDirectory } from '../support/paths.mjs';
import { faults } from './faults.mjs';
import { figuresAtRest, LifeFigures } from './life_figures.mjs';
import { Plan } from './plan.mjs';
import { now } from './sight.mjs';
import { cameras, guests, World } from './world.mjs';

/** @typedef {import('../load/process_figures.mjs').ProcessFigures} ProcessFigures */
/** @typedef {{ name: string, darkMs: number, againMs: number, trouble?: Error }} Struck
 * `darkMs`: the longest that any viewer was without a new picture meanwhile; `againMs`: after the cause was over */

const firstPartShare = 1 / 3;
/** For all at once, and three cameras to start. */
const firstPicturesMs = 60_000;

export class Soak {
  /** @type {Struck[]} */
  struck = [];
  /** How often guests went in each way. @type {Map<string, number>} */
  gone = new Map();
  /** At rest, of the process of the second part. @type {{ before?: ProcessFigures, after?: ProcessFigures }} */
  rest = {};
  #steps = new LineLog('steps', path.join(logDirectory('soak'), 'steps.log'));
  #began = now();

  /** @param {World} world @param {{ seed: string, minutes: number }} what */
  constructor(world, { seed, minutes }) {
    this.world = world;
    this.seed = seed;
    this.minutes = minutes;
    this.figures = new LifeFigures(world.service);
  }

  get retries() {
    return [...this.world.residents, ...this.world.guests].reduce((sum, one) => sum + one.retries, 0);
  }

  /** The share of the time that is over. */
  get #share() {
    return (now() - this.#began) / (this.minutes * 60_000);
  }

  async run() {
    const all = Object.keys(faults);
    await this.#allCome();
    await this.#rounds('first', (round) => all.filter((name) => round < (faults[name].most ?? Infinity)), firstPartShare);
    this.#note('a new process, for the second part');
    await this.world.everybodyGoes();
    await this.world.service.next(() => process.kill(this.world.service.pid, 'SIGTERM'));
    // What comes once comes with these.
    await this.#allCome();
    await this.world.everybodyGoes();
    this.rest.before = await figuresAtRest(this.world);
    await this.world.residentsCome();
    await this.#rounds('second', () => all.filter((name) => !faults[name].ends), 1);
    await this.world.everybodyGoes();
    this.rest.after = await figuresAtRest(this.world);
    await this.figures.stop();
    this.#steps.end('the soak is over');
  }

  /** Each guest once on each camera, and those who stay. */
  async #allCome() {
    const { world } = this;
    const from = now();
    await world.residentsCome();
    await Promise.all(world.guests.map((guest, index) => guest.comes({ camera: cameras[index % cameras.length], media: 'all', signaling: 'websocket' })));
    await world.audience.seesAgain(from, firstPicturesMs);
    for (const guest of world.guests) await guest.goes('bye');
  }

  /** @param {string} part @param {(round: number) => string[]} names @param {number} untilShare */
  async #rounds(part, names, untilShare) {
    const plan = new Plan(`${this.seed}/${part}`, { guests, cameras });
    for (let round = 0; round === 0 || this.#share < untilShare; round++)
      for (const step of plan.round(names(round))) {
        if (round > 0 && this.#share >= untilShare) return;
        await pass(step.pauseMs);
        if ('fault' in step) await this.#strike(step);
        else await this.#guest(step);
      }
  }

  /** @param {import('./plan.mjs').Step} step */
  async #guest(step) {
    const guest = this.world.guests[step.guest];
    if ('comes' in step) {
      this.#note(`guest ${step.guest + 1} comes to ${step.comes.camera} by ${step.comes.signaling}, ${step.comes.media}`);
      return guest.comes(step.comes);
    }
    this.#note(`guest ${step.guest + 1} ${step.goes}`);
    this.gone.set(step.goes, (this.gone.get(step.goes) ?? 0) + 1);
    await guest.goes(step.goes);
  }

  /** @param {import('./plan.mjs').FaultStep} step */
  async #strike({ fault: name, dice }) {
    const { audience } = this.world;
    const { againWithinMs, strike } = faults[name];
    this.#note(name);
    const from = now();
    let over = from;
    /** @type {Error | undefined} */
    let trouble;
    try {
      await strike(this.world, dice);
      over = now();
      await audience.seesAgain(over, againWithinMs);
    } catch (error) {
      trouble = /** @type {Error} */ (error);
    }
    const darkest = audience.darkest(from);
    const againMs = now() - over;
    this.struck.push({ name, darkMs: darkest.ms, againMs, trouble });
    const times = `${darkest.name} was dark for ${(darkest.ms / 1000).toFixed(1)} s, all saw again after ${(againMs / 1000).toFixed(1)} s`;
    this.#note(`${name}: ${trouble?.message ?? times}`);
  }

  /** @param {string} what */
  #note(what) {
    this.#steps.push(`${((now() - this.#began) / 1000).toFixed(1).padStart(7)} ${what}`);
  }
}
