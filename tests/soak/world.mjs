// SPDX-License-Identifier: Apache-2.0
// What is around the daemon in a soak: its cameras, its board, its disk, its network, and those who watch.

import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { preloaded } from '../component/preloaded.mjs';
import { daemonDirectory } from '../support/daemon.mjs';
import { lineLimitMs } from '../support/events.mjs';
import { freePort } from '../support/free_port.mjs';
import { makeVideo } from '../support/made_video.mjs';
import { Scraper } from '../support/metrics.mjs';
import { SysfsBoard } from '../support/sysfs_board.mjs';
import { Audience } from './audience.mjs';
import { PageWatcher } from './page_watcher.mjs';
import { SystemdStandIn } from './systemd_stand_in.mjs';
import { Watcher } from './watcher.mjs';

/** Eight who come and go, and one who stays for each of these: a fault on it always meets somebody. */
export const guests = 8;
const residents = ['garden', 'yard'];
/** What the page shows. */
const onPage = 'front-door';
export const cameras = [onPage, ...residents];
/** Its pipeline is the one that can be made to hang. */
export const hanging = 'garden';
const film = { width: 320, height: 180 };
const coolCelsius = 50;

/** @param {string} program @param {string[]} args */
export const run = (program, ...args) => execFileSync(program, args, { encoding: 'utf8', timeout: lineLimitMs });

export class World {
  board = new SysfsBoard();
  /** The daemon's state is there: small, so that it is soon full, and nobody else's. */
  disk = mkdtempSync(path.join(os.tmpdir(), 'fanlight-disk-'));
  #directory = daemonDirectory();
  /** @type {Scraper | undefined} */
  #scraper;
  /** What can be changed by a reload. */
  settings = { bitrate: 600_000, gardenWidth: 320 };
  #port;
  /** @type {SystemdStandIn} */
  service;
  /** @type {Watcher[]} */
  residents;
  /** @type {Watcher[]} */
  guests;
  /** @type {PageWatcher | undefined} */
  page;

  /** @param {number} port */
  constructor(port) {
    this.#port = port;
    this.board.heat(coolCelsius);
    this.service = new SystemdStandIn({ directory: this.#directory, config: this.config(), env: this.#env() });
    const named = (/** @type {string} */ name) => new Watcher(this.service, name);
    this.residents = residents.map((camera) => named(`resident of ${camera}`));
    this.guests = Array.from({ length: guests }, (_, index) => named(`guest ${index + 1}`));
  }

  /** @returns {Promise<World>} call `remove()` in the test's clean-up */
  static async start() {
    const world = new World(await freePort());
    try {
      await makeVideo(world.film, film);
      run('mount', '-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'fanlight-soak', world.disk);
      symlinkSync(world.disk, path.join(world.#directory, 'state'));
      await world.service.start();
      world.page = await PageWatcher.start();
    } catch (error) {
      await world.remove();
      throw error;
    }
    return world;
  }

  #env() {
    return {
      LD_PRELOAD: ['stall.c', 'hang.c'].map((source) => preloaded(source, this.#directory)).join(':'),
      STALL_ENCODER: this.stallFile,
      HANGING_PIPELINE: hanging,
      HANG_WHILE: this.hangFile,
    };
  }

  /** Its token outlives a process, as the address does. */
  get scraper() {
    return (this.#scraper ??= new Scraper(this.service.daemon));
  }
  /** There: the next encoder that runs stalls. */
  get stallFile() {
    return path.join(this.#directory, 'stall');
  }
  /** As long as it is there, the pipeline of `hanging` does not stop. */
  get hangFile() {
    return path.join(this.#directory, 'hang');
  }
  get film() {
    return path.join(this.#directory, 'film.mp4');
  }

  /** @returns {import('../support/daemon.mjs').Config} */
  config() {
    const { bitrate, gardenWidth } = this.settings;
    const picture = { source: 'test', encoder: 'x264enc', height: 180, framerate: 15 };
    return {
      // Who reads what came of a fault wants to know all.
      log: { level: 'debug' },
      device: { id: 'soak', name: 'Soak', sysfs_root: this.board.root },
      http: { listen: [`127.0.0.1:${this.#port}`], connections: 200, connections_per_address: 150 },
      limits: { viewers: 60, viewers_per_source: 60 },
      camera: [
        { id: 'front-door', ...picture, width: 320, bitrate },
        { id: 'garden', ...picture, width: gardenWidth, pattern: 'zone-plate', bitrate: 300_000 },
        { id: 'yard', source: 'file', file: this.film },
      ],
    };
  }

  get audience() {
    return new Audience([...this.residents, ...this.guests, ...(this.page ? [this.page] : [])]);
  }

  /** Those who stay. */
  async residentsCome() {
    await Promise.all(
      this.residents.map((one, index) => one.comes({ camera: residents[index], signaling: 'websocket', media: 'all' })),
    );
    await this.page?.comes(this.service.daemon.linkTo(`/?camera=${onPage}`));
  }

  async everybodyGoes() {
    for (const one of [...this.residents, ...this.guests]) {
      if (one.sight.isWanted) await one.goes('bye');
      one.goesOn();
    }
    await this.page?.goes();
  }

  async remove() {
    for (const one of [...this.residents, ...this.guests]) await one.close();
    await this.page?.close();
    await this.service.kill();
    this.board.remove();
    // Where nothing was mounted there is nothing to be undone.
    spawnSync('umount', [this.disk]);
    rmSync(this.disk, { recursive: true });
    rmSync(this.#directory, { recursive: true, force: true });
  }
}
