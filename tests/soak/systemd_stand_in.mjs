// SPDX-License-Identifier: Apache-2.0
// Stands in for systemd: starts the real daemon, and starts it again when it has ended. It writes down each end.

import { EventEmitter, once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startDaemon } from '../support/daemon.mjs';
import { withLimit } from '../support/events.mjs';
import { formatToml } from '../support/toml.mjs';

/** @typedef {import('../support/daemon.mjs').Config} Config */
/** @typedef {{ number: number, daemon: import('../support/daemon.mjs').Daemon, end?: string, isMeant?: boolean }} Life */

/** For its end and the start of the next. */
const restartLimitMs = 60_000;

export class SystemdStandIn {
  /** One for each process, in order. @type {Life[]} */
  lives = [];
  #directory;
  #config;
  #env;
  #isMeantToEnd = false;
  #isOver = false;
  #news = new EventEmitter();

  /** @param {{ directory: string, config: Config, env: NodeJS.ProcessEnv }} what `directory`: the daemon's, which it removes at its end */
  constructor({ directory, config, env }) {
    this.#directory = directory;
    this.#config = config;
    const runtime = path.join(directory, 'run');
    mkdirSync(runtime);
    // Nobody hears what the daemon tells there, but it is supervised.
    this.#env = { ...env, RUNTIME_DIRECTORY: runtime, NOTIFY_SOCKET: path.join(runtime, 'notify') };
  }

  get life() {
    return this.lives[this.lives.length - 1];
  }
  get daemon() {
    return this.life.daemon;
  }
  get pid() {
    return /** @type {number} */ (this.daemon.pid);
  }
  get link() {
    return this.daemon.link;
  }

  async start() {
    const number = this.lives.length + 1;
    const what = { config: this.#config, env: this.#env, directory: this.#directory };
    const daemon = await startDaemon({ suite: 'soak', name: `daemon-${number}`, ...what });
    const life = /** @type {Life} */ ({ number, daemon });
    this.lives.push(life);
    this.#news.emit('started');
    void daemon.exited.then(({ code, signal }) => this.#afterEnd(life, signal ?? `code ${code}`));
  }

  /** @param {Life} life @param {string} end */
  async #afterEnd(life, end) {
    Object.assign(life, { end, isMeant: this.#isMeantToEnd });
    this.#isMeantToEnd = false;
    if (!this.#isOver) await this.start().catch((error) => this.#news.emit('error', error));
  }

  /** Waits for the process to end, by what is done here or by itself, and for the next. @param {() => void} [end] */
  async next(end = () => {}, limitMs = restartLimitMs) {
    const { life } = this;
    this.#isMeantToEnd = true;
    const started = once(this.#news, 'started');
    end();
    await withLimit(started, limitMs, 'a new process').finally(() => (this.#isMeantToEnd = false));
    return /** @type {string} */ (life.end);
  }

  /**
   * Writes another configuration, or a text that is none, and has the daemon read it.
   * @param {Config | string} config @param {RegExp} answer a line of its log
   */
  async reload(config, answer) {
    const from = this.daemon.log.lines.length;
    if (typeof config !== 'string') this.#config = config;
    writeFileSync(path.join(this.#directory, 'fanlight.toml'), typeof config === 'string' ? config : formatToml(config));
    process.kill(this.pid, 'SIGHUP');
    await this.daemon.waitForLog(answer, { from });
  }

  async stop() {
    this.#isOver = this.#isMeantToEnd = true;
    await this.daemon.stop();
  }

  /** Clean-up. */
  async kill() {
    this.#isOver = true;
    await this.life?.daemon.kill();
  }
}
