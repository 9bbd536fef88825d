// SPDX-License-Identifier: Apache-2.0
// The daemon under test: its config, its addresses, its log, its end.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { daemonBinary, logDirectory } from './paths.mjs';
import { LoggedProcess } from './process.mjs';
import { formatToml } from './toml.mjs';

/** The daemon's own words for a listener that takes connections. */
export const listeningLine = /^fanlight: listening on (https?:\/\/\S+?)\/?$/;

/** @typedef {import('./toml.mjs').TomlTable} Config */

/**
 * A config for one moving test picture on a private port.
 * @param {Config} [changes] replaces whole top-level keys
 * @returns {Config}
 */
export function testConfig(changes = {}) {
  return {
    device: { id: 'test', name: 'Test' },
    http: { listen: ['127.0.0.1:0'] },
    camera: [{ id: 'front-door', source: 'test', width: 640, height: 360, framerate: 30, bitrate: 1_000_000 }],
    ...changes,
  };
}

/** A running daemon. */
export class Daemon {
  #process;
  #directory;
  /** The base addresses, without a slash at the end, in the order of the config. @type {string[]} */
  urls = [];

  /**
   * @param {LoggedProcess} process
   * @param {string} directory
   */
  constructor(process, directory) {
    this.#process = process;
    this.#directory = directory;
  }

  /** The first listener's base address. */
  get url() {
    return this.urls[0];
  }

  get pid() {
    return this.#process.pid;
  }

  /** Standard output and standard error, line by line. */
  get log() {
    return this.#process.log;
  }

  /** Resolves when the daemon is gone. */
  get exited() {
    return this.#process.exited;
  }

  /**
   * @param {RegExp} pattern
   * @param {{ timeout?: number, from?: number }} [options]
   */
  waitForLog(pattern, options) {
    return this.log.waitFor(pattern, options);
  }

  /**
   * Ends the daemon as a service manager would; anything but exit code 0 is an error.
   * @param {{ timeout?: number }} [options]
   */
  async stop(options) {
    const { code, signal } = await this.#process.stop(options).finally(() => this.#removeConfig());
    if (code !== 0) throw new Error(`the daemon left with ${signal ?? `code ${code}`} after SIGTERM, not with code 0`);
  }

  /** Clean-up: gone afterwards, however it was. */
  async kill() {
    await this.#process.kill();
    this.#removeConfig();
  }

  #removeConfig() {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/**
 * Starts the daemon and waits until every listener of the config takes connections.
 * @param {{ suite: string, name?: string, config?: Config | string, args?: string[], env?: NodeJS.ProcessEnv,
 *           timeout?: number }} options
 *        `config`: a table, or the text of a file; `name`: of the log file, for suites with several daemons
 * @returns {Promise<Daemon>} call `kill()` in the test's clean-up
 */
export async function startDaemon({ suite, name = 'daemon', config = testConfig(), args = [], env, timeout }) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-'));
  const configFile = path.join(directory, 'fanlight.toml');
  const text = typeof config === 'string' ? config : formatToml(config);
  writeFileSync(configFile, text);

  const process_ = new LoggedProcess(name, [daemonBinary, '--config', configFile, ...args], {
    env: { ...process.env, ...env },
    logFile: path.join(logDirectory(suite), `${name}.log`),
  });
  const daemon = new Daemon(process_, directory);
  const http = /** @type {any} */ (typeof config === 'string' ? {} : config.http);
  const listeners = http?.listen?.length ?? 1;
  try {
    for (let from = 0; daemon.urls.length < listeners; ) {
      const { index, match } = await daemon.waitForLog(listeningLine, { timeout, from });
      daemon.urls.push(match[1]);
      from = index + 1;
    }
  } catch (error) {
    await daemon.kill();
    throw error;
  }
  return daemon;
}
