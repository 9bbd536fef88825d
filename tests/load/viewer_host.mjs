// SPDX-License-Identifier: Apache-2.0
// Viewers in a process of their own, so that their cost is not the test's, and they can disappear without a goodbye.

import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { lineLimitMs, withLimit } from '../support/events.mjs';

const program = fileURLToPath(new URL('viewer_process.mjs', import.meta.url));
/** How long the process may take to leave when it was asked to. */
const leaveLimitMs = 10_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));

/** @typedef {import('./viewer.mjs').ViewerEvent} ViewerEvent */
/** @typedef {{ event: ViewerEvent, detail?: any, at: number }} Told `at`: milliseconds since 1970 */
/** @typedef {{ received: number, expected: number, bytes: number, lastAt: number }} Packets `lastAt`: as of Told */

/** A viewer over there. */
export class RemoteViewer {
  /** Everything that it told. @type {Told[]} */
  told = [];
  /** @type {Set<{ take: (told: Told) => void, fail: (error: Error) => void }>} */
  #waiters = new Set();
  #order;

  /** @param {number} id @param {(order: string) => void} order */
  constructor(id, order) {
    this.id = id;
    this.#order = order;
  }

  /** @param {Told} told */
  take(told) {
    this.told.push(told);
    for (const waiter of [...this.#waiters]) waiter.take(told);
  }

  /** It will tell nothing more: whoever waits learns why. @param {Error} error */
  end(error) {
    for (const waiter of [...this.#waiters]) waiter.fail(error);
  }

  /** The first that it told of this, if any. @param {ViewerEvent} event */
  find(event) {
    return this.told.find((one) => one.event === event);
  }

  /**
   * The first event that fits, whether it came already or comes within the limit.
   * @param {ViewerEvent | ViewerEvent[]} wanted
   * @param {{ where?: (detail: any) => boolean, timeout?: number }} [options]
   * @returns {Promise<Told>}
   */
  waitFor(wanted, { where = () => true, timeout = lineLimitMs } = {}) {
    const events = [wanted].flat();
    const fits = (/** @type {Told} */ { event, detail }) => events.includes(event) && where(detail);
    const already = this.told.find(fits);
    if (already) return Promise.resolve(already);
    /** @type {any} */
    let waiter;
    const awaited = new Promise((resolve, reject) => {
      waiter = { take: (/** @type {Told} */ told) => fits(told) && resolve(told), fail: reject };
      this.#waiters.add(waiter);
    });
    return withLimit(awaited, timeout, (ms) => {
      const last = this.told.slice(-5).map(({ event: name, detail }) => `  ${name} ${JSON.stringify(detail)?.slice(0, 200)}`);
      return new Error([`viewer ${this.id}: no '${events.join("' or '")}' within ${ms} ms; what it told last:`, ...last].join('\n'));
    }).finally(() => this.#waiters.delete(waiter));
  }

  bye() {
    this.#order('bye');
  }
  closePeer() {
    this.#order('closePeer');
  }
  closeSocket() {
    this.#order('closeSocket');
  }
  dropSocket() {
    this.#order('dropSocket');
  }
  requestKeyFrame() {
    this.#order('requestKeyFrame');
  }
  /** Ends it, politely, and keeps nothing of it. */
  forget() {
    this.#order('forget');
  }
}

export class ViewerHost {
  #child;
  #nextId = 0;
  /** @type {Map<number, RemoteViewer>} */
  #viewers = new Map();
  /** @type {(figures: [number, Packets][]) => void} */
  #onFigures = () => {};
  /** @type {Promise<void>} */
  exited;

  /** @param {import('node:child_process').ChildProcess} child */
  constructor(child) {
    this.#child = child;
    running.add(child);
    this.exited = new Promise((resolve) => {
      child.on('exit', (code, signal) => {
        running.delete(child);
        const error = new Error(`the viewers' process has ended with ${signal ?? `code ${code}`}`);
        for (const viewer of this.#viewers.values()) viewer.end(error);
        resolve();
      });
    });
    child.on('message', (/** @type {any} */ message) => {
      if (message.figures) this.#onFigures(message.figures);
      else if (message.event) this.#viewers.get(message.id)?.take(message);
    });
  }

  /**
   * @param {{ prefix?: string[] }} [options] `prefix`: a command that runs the process in another place
   * @returns {Promise<ViewerHost>} call `kill()` in the test's clean-up
   */
  static async start({ prefix = [] } = {}) {
    const [command, ...args] = [...prefix, process.execPath, program];
    const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    const host = new ViewerHost(child);
    await withLimit(
      new Promise((resolve, reject) => {
        child.once('message', resolve);
        child.once('error', reject);
        child.once('exit', (code) => reject(new Error(`the viewers' process ended with code ${code}`)));
      }),
      lineLimitMs,
      "the viewers' process",
    );
    return host;
  }

  get pid() {
    return /** @type {number} */ (this.#child.pid);
  }

  /**
   * @param {import('./viewer.mjs').ViewerOptions} options
   * @returns {RemoteViewer}
   */
  open(options) {
    const id = this.#nextId++;
    const viewer = new RemoteViewer(id, (order) => {
      if (order === 'forget') this.#viewers.delete(id);
      this.#send({ order, id });
    });
    this.#viewers.set(id, viewer);
    this.#send({ order: 'open', id, options });
    return viewer;
  }

  /** What each viewer has received so far. @returns {Promise<Map<number, Packets>>} */
  async figures() {
    const figures = new Promise((resolve) => {
      this.#onFigures = resolve;
    });
    this.#send({ order: 'figures' });
    return new Map(await withLimit(/** @type {Promise<[number, Packets][]>} */ (figures), lineLimitMs, 'figures of the viewers'));
  }

  /** Every viewer says goodbye and is forgotten. */
  forgetAll() {
    for (const viewer of this.#viewers.values()) {
      viewer.bye();
      viewer.forget();
    }
  }

  /** All viewers leave properly. */
  async stop() {
    if (this.#child.connected) this.#child.disconnect();
    await withLimit(this.exited, leaveLimitMs, "the viewers' process").catch(() => this.kill());
  }

  /** All viewers disappear at once: no goodbye on any layer of theirs. */
  async kill() {
    this.#child.kill('SIGKILL');
    await this.exited;
  }

  /** @param {object} message */
  #send(message) {
    if (this.#child.connected) this.#child.send(message);
  }
}
