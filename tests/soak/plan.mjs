// SPDX-License-Identifier: Apache-2.0
// What happens in a soak, and in which order: all of it follows from the seed, and nothing from what the daemon does.

import { createHash } from 'node:crypto';

/** Chance that is the same each time. */
export class Dice {
  #seed;
  #thrown = 0;

  /** @param {string} seed */
  constructor(seed) {
    this.#seed = seed;
  }

  /** From 0 to below 1. */
  share() {
    return createHash('sha256').update(`${this.#seed}:${this.#thrown++}`).digest().readUInt32BE() / 2 ** 32;
  }

  /** @param {number} low @param {number} high */
  between(low, high) {
    return low + this.share() * (high - low);
  }

  /** @template T @param {readonly T[]} list @returns {T} */
  pick(list) {
    return list[Math.floor(this.share() * list.length)];
  }

  /** @template T @param {readonly T[]} list @returns {T[]} */
  shuffled(list) {
    const keys = new Map(list.map((one) => [one, this.share()]));
    return [...list].sort((a, b) => /** @type {number} */ (keys.get(a)) - /** @type {number} */ (keys.get(b)));
  }

  /** @param {number} count */
  bytes(count) {
    return Buffer.from(Array.from({ length: count }, () => Math.floor(this.share() * 256)));
  }

  /** Dice of somebody else's, whose throws change nothing here. */
  apart() {
    return new Dice(`${this.#seed}:${this.#thrown++}`);
  }
}

/** Without a word: its process killed, or stopped so that it answers nothing any more. */
export const waysToGo = /** @type {const} */ (['bye', 'closes', 'vanishes', 'is killed', 'goes silent']);

/** @typedef {typeof waysToGo[number]} WayToGo */
/** @typedef {Pick<import('../load/viewer.mjs').ViewerOptions, 'camera' | 'signaling' | 'media'>} Visit */
/** @typedef {{ pauseMs: number, guest: number } & ({ comes: Visit } | { goes: WayToGo })} Step */
/** @typedef {{ pauseMs: number, fault: string, dice: Dice }} FaultStep */

const pauseMs = { least: 200, most: 3000 };
/** Before each fault. */
const stepsOfGuests = { least: 1, most: 4 };

export class Plan {
  #dice;
  #cameras;
  /** Who is there. @type {boolean[]} */
  #there;

  /** @param {string} seed @param {{ guests: number, cameras: string[] }} who */
  constructor(seed, { guests, cameras }) {
    this.#dice = new Dice(seed);
    this.#cameras = cameras;
    this.#there = Array(guests).fill(false);
  }

  /**
   * Each of the faults once, in an order of this round's own, with guests who come and go in between.
   * @param {string[]} faults
   * @returns {Generator<Step | FaultStep>}
   */
  *round(faults) {
    for (const fault of this.#dice.shuffled(faults)) {
      const steps = Math.round(this.#dice.between(stepsOfGuests.least, stepsOfGuests.most));
      for (let i = 0; i < steps; i++) yield this.#step();
      yield { pauseMs: this.#pause(), fault, dice: this.#dice.apart() };
    }
  }

  #pause() {
    return this.#dice.between(pauseMs.least, pauseMs.most);
  }

  /** @returns {Step} */
  #step() {
    const guest = Math.floor(this.#dice.between(0, this.#there.length));
    const pause = this.#pause();
    this.#there[guest] = !this.#there[guest];
    if (!this.#there[guest]) return { pauseMs: pause, guest, goes: this.#dice.pick(waysToGo) };
    const signaling = this.#dice.pick(/** @type {const} */ (['websocket', 'websocket', 'requests', 'whep']));
    const media = this.#dice.pick(/** @type {const} */ (['video', 'all']));
    return { pauseMs: pause, guest, comes: { camera: this.#dice.pick(this.#cameras), signaling, media } };
  }
}
