// SPDX-License-Identifier: Apache-2.0
// A child process whose output is read by lines and which never outlives the test.

import { spawn } from 'node:child_process';
import { LineLog, withLimit } from './events.mjs';

/** How long a process may take to leave after SIGTERM. */
export const stopLimitMs = 15_000;

/** @type {Set<import('node:child_process').ChildProcess>} */
const running = new Set();
process.on('exit', () => running.forEach((child) => child.kill('SIGKILL')));
// Node does not run exit handlers on a signal; a runner that is interrupted must not leave children.
for (const [signal, code] of [['SIGTERM', 143], ['SIGINT', 130]]) {
  process.once(/** @type {NodeJS.Signals} */ (signal), () => process.exit(/** @type {number} */ (code)));
}

/** @typedef {{ code: number | null, signal: NodeJS.Signals | null }} Exit */

/** One running program: its lines, its end. */
export class LoggedProcess {
  #name;

  /**
   * @param {string} name
   * @param {string[]} argv
   * @param {{ env?: NodeJS.ProcessEnv, logFile?: string, extraPipes?: number, cwd?: string, isSteered?: boolean }} [options]
   *        `extraPipes`: socket pairs handed on as descriptors 3, 4, …; `isSteered`: it reads what is written to its input
   */
  constructor(name, argv, { env = process.env, logFile, extraPipes = 0, cwd, isSteered = false } = {}) {
    this.#name = name;
    this.log = new LineLog(name, logFile);
    const stdio = [isSteered ? 'pipe' : 'ignore', 'pipe', 'pipe', ...Array(extraPipes).fill('pipe')];
    this.child = spawn(argv[0], argv.slice(1), { env, cwd, stdio: /** @type {any} */ (stdio) });
    running.add(this.child);

    this.log.pump(/** @type {NodeJS.ReadableStream} */ (this.child.stdout));
    this.log.pump(/** @type {NodeJS.ReadableStream} */ (this.child.stderr));
    /** @type {Promise<Exit>} resolves when the process is gone and its output is read */
    this.exited = new Promise((resolve) => {
      this.child.on('error', (error) => this.log.push(`could not be started: ${error.message}`));
      this.child.on('close', (code, signal) => {
        running.delete(this.child);
        this.log.end(`ended with ${signal ?? `code ${code}`}`);
        resolve({ code, signal });
      });
    });
  }

  get pid() {
    return this.child.pid;
  }

  /**
   * Asks it to leave; one that does not within the limit is killed and the promise is rejected.
   * @param {{ signal?: NodeJS.Signals, timeout?: number }} [options]
   * @returns {Promise<Exit>}
   */
  async stop({ signal = 'SIGTERM', timeout = stopLimitMs } = {}) {
    this.child.kill(signal);
    try {
      return await withLimit(this.exited, timeout, `${this.#name} after ${signal}`);
    } catch (error) {
      await this.kill();
      throw error;
    }
  }

  /** Ends it now, whatever it does; for clean-up, harmless when it has ended. */
  async kill() {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
