// SPDX-License-Identifier: Apache-2.0
// The daemon under test: its config, its addresses, its log, its end.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { daemonBinary, logDirectory } from './paths.mjs';
import { LoggedProcess } from './process.mjs';
import { stateMustNotBeSeen } from './secrets.mjs';
import { createToken } from './sign_in.mjs';
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
  #token;
  /** The base addresses, without a slash at the end, in the order of the config. @type {string[]} */
  urls = [];

  /**
   * @param {LoggedProcess} process
   * @param {string} directory
   * @param {string} token the owner's; empty: it has none
   */
  constructor(process, directory, token) {
    this.#process = process;
    this.#directory = directory;
    this.#token = token;
  }

  /** The first listener's base address. */
  get url() {
    return this.urls[0];
  }

  /** What lets its owner in: the first listener's address with the token. */
  get link() {
    return this.linkTo('/');
  }
  /** @param {string} path @param {string} [token] somebody else's */
  linkTo(path, token = this.#token) {
    return `${this.url}${path}${token && `#token=${token}`}`;
  }
  /** The link by another listener. @param {number} listener in the order of the config */
  linkFrom(listener) {
    return `${this.urls[listener]}/#token=${this.#token}`;
  }

  /** Keys and tokens. */
  get stateDir() {
    return stateIn(this.#directory);
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
    await this.crash();
    this.#removeConfig();
  }

  /** As after a power cut: its config and state stay, in the folder that is given back. */
  async crash() {
    await this.#process.kill();
    return this.#directory;
  }

  #removeConfig() {
    rmSync(this.#directory, { recursive: true, force: true });
  }
}

/** @param {string} directory */
const stateIn = (directory) => path.join(directory, 'state');

/** A folder for the config and the state of a daemon that is started later, which removes it. */
export function daemonDirectory() {
  return mkdtempSync(path.join(os.tmpdir(), 'fanlight-'));
}

/** The token of the owner of the daemon whose state will be there. @param {string} directory */
export function ownerToken(directory) {
  return createToken(stateIn(directory), ['--owner', '--keep']);
}

/** Everything that a daemon would ever log, so that the runner finds a secret in it. */
const chatty = { log: { level: 'debug' } };
/** Not where its cost is what is looked at. @param {string} suite */
const isMeasured = (suite) => ['bench', 'churn', 'load'].includes(suite);

/**
 * Starts the daemon and waits until every listener of the config takes connections.
 * @param {{ suite: string, name?: string, config?: Config | string, args?: string[], env?: NodeJS.ProcessEnv,
 *           timeout?: number, directory?: string, hasOwner?: boolean, prefix?: string[] }} options
 *        `config`: a table, or the text of a file; `name`: of the log file, for suites with several daemons;
 *        `directory`: where its config and state are, if they were there before; `hasOwner`: no, and it asks for pairing;
 *        `prefix`: the words of a command that runs it somewhere else
 * @returns {Promise<Daemon>} call `kill()` in the test's clean-up
 */
export async function startDaemon({ suite, name = 'daemon', config = testConfig(), args = [], env, timeout,
  directory = daemonDirectory(), hasOwner = true, prefix = [] }) {
  const token = hasOwner ? ownerToken(directory) : '';
  const configFile = path.join(directory, 'fanlight.toml');
  const text = typeof config === 'string' ? config : formatToml(isMeasured(suite) ? config : { ...chatty, ...config });
  writeFileSync(configFile, text);

  const process_ = new LoggedProcess(name, [...prefix, daemonBinary, '--config', configFile, '--state-dir', stateIn(directory), ...args], {
    env: { ...process.env, ...env },
    logFile: path.join(logDirectory(suite), `${name}.log`),
  });
  const daemon = new Daemon(process_, directory, token);
  const http = /** @type {any} */ (typeof config === 'string' ? {} : config.http);
  const listeners = (http?.listen?.length ?? 1) + (http?.tls_listen?.length ?? 0);
  try {
    for (let from = 0; daemon.urls.length < listeners; ) {
      const { index, match } = await daemon.waitForLog(listeningLine, { timeout, from });
      daemon.urls.push(match[1]);
      from = index + 1;
    }
    stateMustNotBeSeen(stateIn(directory));
  } catch (error) {
    await daemon.kill();
    throw error;
  }
  return daemon;
}
