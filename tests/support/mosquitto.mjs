// SPDX-License-Identifier: Apache-2.0
// A real broker, mosquitto, on a port of its own; and somebody who reads along.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { freePort } from './free_port.mjs';
import { LoggedProcess } from './process.mjs';

export class Mosquitto {
  /** @type {LoggedProcess | undefined} */
  #process;
  #folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-mosquitto-'));

  /** @param {number} port */
  constructor(port) {
    this.port = port;
  }

  /** @param {(folder: string) => string} [more] further lines of its configuration @returns {Promise<Mosquitto>} call `stop()` in the clean-up */
  static async start(more = () => 'allow_anonymous true') {
    const broker = new Mosquitto(await freePort());
    broker.write('mosquitto.conf', `listener ${broker.port} 127.0.0.1\nuser root\nlog_type all\n${more(broker.#folder)}\n`);
    await broker.run();
    return broker;
  }

  /** A file beside its configuration. @param {string} name @param {string} text */
  write(name, text) {
    const file = path.join(this.#folder, name);
    writeFileSync(file, text);
    return file;
  }

  /** Again, after kill(). What was retained is gone. */
  async run() {
    this.#process = new LoggedProcess('mosquitto', ['mosquitto', '-c', path.join(this.#folder, 'mosquitto.conf')]);
    await this.#process.log.waitFor(/mosquitto version \S+ running/);
  }

  get log() {
    if (!this.#process) throw new Error('mosquitto does not run');
    return this.#process.log;
  }

  /** As after a crash: nobody is told. */
  async kill() {
    await this.#process?.kill();
  }

  async stop() {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Hears what is said, and before it what was retained. @param {string} topic a filter @param {string[]} [options] */
  listen(topic, options = []) {
    return new Reader(['mosquitto_sub', '-V', '5', '-h', '127.0.0.1', '-p', String(this.port), '-t', topic, '-F', '%r %t %p', ...options]);
  }
}

/** @typedef {{ isRetained: boolean, topic: string, payload: string }} Message */

export class Reader {
  #process;
  #read = 0;

  /** @param {string[]} argv */
  constructor(argv) {
    this.#process = new LoggedProcess('mosquitto_sub', argv);
  }

  /** The next message on a topic. @param {string} topic @param {{ timeout?: number }} [options] @returns {Promise<Message>} */
  async next(topic, options) {
    const pattern = new RegExp(`^([01]) (${topic}) (.*)$`);
    const { index, match } = await this.#process.log.waitFor(pattern, { ...options, from: this.#read });
    this.#read = index + 1;
    return { isRetained: match[1] === '1', topic: match[2], payload: match[3] };
  }

  stop() {
    return this.#process.kill();
  }
}
