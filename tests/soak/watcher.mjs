// SPDX-License-Identifier: Apache-2.0
// One who watches on libdatachannel, in a process of its own, and tries again as the page does.

import { ViewerHost } from '../load/viewer_host.mjs';
import { Repeated } from './repeated.mjs';
import { now, Sight } from './sight.mjs';

/** @typedef {import('./plan.mjs').Visit} Visit */
/** @typedef {import('./plan.mjs').WayToGo} WayToGo */
/** @typedef {import('./systemd_stand_in.mjs').SystemdStandIn} Service */

const lookEveryMs = 200;
/** Between two tries. */
const tryAgainMs = 500;
/** Who was told nothing and sees nothing tries again all the same. */
const patienceMs = 8000;
/** After these there are no pictures in this session any more. */
const endings = new Set(['bye', 'closed', 'error', 'socket-closed']);

export class Watcher {
  sight = new Sight();
  /** How often it tried again by itself. */
  retries = 0;
  #service;
  #name;
  /** @type {ViewerHost | undefined} */
  #host;
  /** @type {import('../load/viewer_host.mjs').RemoteViewer | undefined} */
  #viewer;
  /** @type {Visit | undefined} */
  #visit;
  #openedAt = 0;
  #isSilent = false;
  /** @type {Repeated | undefined} */
  #looking;

  /** @param {Service} service @param {string} name */
  constructor(service, name) {
    this.#service = service;
    this.#name = name;
  }

  get name() {
    return `${this.#name}${this.#visit ? ` (${this.#visit.camera}, ${this.#visit.signaling})` : ''}`;
  }

  /** @param {Visit} visit */
  async comes(visit) {
    this.goesOn();
    this.#host ??= await ViewerHost.start();
    this.#visit = visit;
    this.sight.begin();
    this.#open();
    this.#looking ??= new Repeated(() => this.#look(), lookEveryMs);
  }

  /** @param {WayToGo} way */
  async goes(way) {
    this.sight.end();
    const viewer = this.#viewer;
    if (way === 'bye') viewer?.bye();
    if (way === 'closes') viewer?.closePeer();
    if (way === 'vanishes') viewer?.dropSocket();
    if (way === 'goes silent') this.#signal('SIGSTOP');
    this.#isSilent = way === 'goes silent';
    if (way === 'is killed') await this.#killHost();
    // A process that is stopped hears it once it goes on.
    viewer?.forget();
    this.#viewer = undefined;
  }

  /** One that is silent is it no longer, and lets go of what it had. */
  goesOn() {
    if (this.#isSilent) this.#signal('SIGCONT');
    this.#isSilent = false;
  }

  /** Its channel for signaling breaks; who has none, as in WHEP, does not notice. */
  cutSocket() {
    if (this.sight.isWanted && this.#visit?.signaling !== 'whep') this.#viewer?.dropSocket();
  }

  /** For good. */
  async close() {
    if (this.sight.isWanted) await this.goes('bye');
    this.goesOn();
    await this.#host?.stop();
    await this.#looking?.stop();
  }

  async #killHost() {
    const host = this.#host;
    this.#host = undefined;
    await host?.kill();
  }

  /** @param {NodeJS.Signals} signal */
  #signal(signal) {
    if (this.#host) process.kill(this.#host.pid, signal);
  }

  #open() {
    this.#viewer?.forget();
    if (!this.#host || !this.#visit) throw new Error(`${this.#name} has not come`);
    this.#viewer = this.#host.open({ url: this.#service.link, ...this.#visit });
    this.#openedAt = now();
  }

  async #look() {
    const viewer = this.#viewer;
    if (!viewer || !this.#host) return;
    const none = new Map();
    // One that was killed answers no more.
    const figures = await Promise.race([this.#host.figures().catch(() => none), this.#host.exited.then(() => none)]);
    if (!this.sight.isWanted || viewer !== this.#viewer) return;
    this.sight.look(figures.get(viewer.id)?.lastAt ?? 0);
    if (!this.#isToTryAgain(viewer)) return;
    this.retries++;
    this.#open();
  }

  /** @param {import('../load/viewer_host.mjs').RemoteViewer} viewer */
  #isToTryAgain(viewer) {
    const openForMs = now() - this.#openedAt;
    if (viewer.told.some(({ event }) => endings.has(event))) return openForMs > tryAgainMs;
    return Math.min(openForMs, this.sight.darkMs) > patienceMs;
  }
}
