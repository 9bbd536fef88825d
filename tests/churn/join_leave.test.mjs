// SPDX-License-Identifier: Apache-2.0
// Joining and leaving 500 times, by every way out there is: nothing of a viewer stays behind.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { slope } from '../bench/figures.mjs';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { buildTrimmer, trimmedFigures } from './trimmed_daemon.mjs';
import { waysToLeave } from './ways_to_leave.mjs';

/** @typedef {import('./ways_to_leave.mjs').Way} Way */
/** @typedef {{ cycles: number } & Awaited<ReturnType<typeof trimmedFigures>>} Level */

const suite = 'churn';
const camera = 'front-door';
/**
 * Where it is looked at what is there: whole rounds of all ways, and as many from one to the next, since how many are
 * there at once before they are missed decides how far the heap spreads.
 */
const stations = Array.from({ length: 10 }, (_, index) => 50 * (index + 1));
/** What comes once is over by then. */
const slopeFrom = 100;
/** What each further cycle may leave, on average: memory, of the PSS what is no file's, in kB. */
const most = { descriptors: 0.1, threads: 0.1, anonymous: 10 };
/** How many leave at the same time. */
const atOnce = 5;
/** Who vanished without ever having sent RTCP is missed by ICE within a minute; then the camera lingers. */
const idleLimitMs = 120_000;

const config = testConfig({
  http: { listen: ['127.0.0.1:0'], connections: 500, connections_per_address: 400 },
  limits: { viewers: 300, viewers_per_source: 300 },
});

/** Joins and leaves one way. @param {ViewerHost} host @param {string} url @param {Way} way */
async function cycle(host, url, { name, options, step, leave }) {
  const viewer = host.open({ url, camera, ...options });
  try {
    await viewer.waitFor(step);
  } catch (error) {
    throw new Error(`'${name}' did not come to its end`, { cause: error });
  }
  if (!leave) return;
  leave(viewer);
  viewer.forget();
}

/** All ways once. @param {ViewerHost} host @param {string} url */
async function round(host, url) {
  const doomed = await ViewerHost.start();
  const killed = waysToLeave.filter(({ leave }) => !leave).map((way) => cycle(doomed, url, way));
  const others = waysToLeave.filter(({ leave }) => leave);
  const takeNext = async () => {
    for (let way = others.shift(); way; way = others.shift()) await cycle(host, url, way);
  };
  try {
    await Promise.all([...killed, ...Array.from({ length: atOnce }, takeNext)]);
  } finally {
    await doomed.kill();
  }
}

/** Cycles on one daemon, and what is left of them. */
class Churn {
  #cycles = 0;
  /** @type {import('../load/viewer_host.mjs').RemoteViewer} */
  #listener;

  /**
   * @param {import('../support/daemon.mjs').Daemon} daemon
   * @param {ViewerHost} host
   */
  constructor(daemon, host) {
    this.daemon = daemon;
    this.host = host;
    // Hears when the camera stops, and is no viewer.
    this.#listener = host.open({ url: daemon.link, camera, until: 'welcome' });
  }

  /** @param {string} name @param {NodeJS.ProcessEnv} env */
  static async start(name, env) {
    const daemon = await startDaemon({ suite, name, config, env });
    return new Churn(daemon, await ViewerHost.start());
  }

  /** Goes on until there have been so many cycles and the last viewer is gone. @param {number} cycles */
  async to(cycles) {
    for (; this.#cycles < cycles; this.#cycles += waysToLeave.length) {
      this.#listener.told.length = 0;
      await round(this.host, this.daemon.link);
    }
    // Nobody wants the camera any more: every session has ended, and the camera has lingered in vain.
    const isIdle = (/** @type {any} */ { session, state }) => !session && state === 'idle';
    await this.#listener.waitFor('state', { where: isIdle, timeout: idleLimitMs });
  }

  async stop() {
    await this.host.stop();
    await this.daemon.stop();
  }
}

describe('viewers that join and leave', () => {
  const trimmer = buildTrimmer();
  /** @type {Churn} */
  let churn;
  /** @type {Level[]} */
  const levels = [];

  before(async () => {
    churn = await Churn.start('daemon', trimmer.env);
    for (const cycles of stations) {
      await churn.to(cycles);
      levels.push({ cycles, ...(await trimmedFigures(churn.daemon)) });
    }
  });

  after(async () => {
    await churn?.stop();
    trimmer.remove();
  });

  test('all ways out were taken as often as meant', (t) => {
    assert.equal(waysToLeave.length, 25);
    for (const { cycles, descriptors, threads, pss, anonymous, heap } of levels) {
      const memory = `${pss} kB PSS, ${anonymous} kB of it heap and stacks, ${heap.toFixed(0)} kB of heap in use`;
      t.diagnostic(`${cycles} cycles: ${descriptors} descriptors, ${threads} threads, ${memory}`);
    }
    assert.deepEqual(levels.map(({ cycles }) => cycles), stations);
  });

  for (const [what, unit] of /** @type {const} */ ([['descriptors', ''], ['threads', ''], ['anonymous', ' kB']])) {
    test(`a cycle leaves at most ${most[what]}${unit} of ${what === 'anonymous' ? 'heap and stacks' : what} behind`, (t) => {
      const later = levels.filter(({ cycles }) => cycles >= slopeFrom);
      const perCycle = slope(later.map((level) => [level.cycles, level[what]]));
      t.diagnostic(`${perCycle.toFixed(4)}${unit} a cycle from ${slopeFrom} to ${stations.at(-1)}`);
      assert.ok(perCycle <= most[what], `${perCycle} a cycle`);
    });
  }
});
