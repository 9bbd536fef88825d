// SPDX-License-Identifier: Apache-2.0
// What tests wait on instead of sleeping: lines of a log, and promises with a limit.

import { closeSync, openSync, writeSync } from 'node:fs';
import { createInterface } from 'node:readline';

/** How long a line may take unless the caller knows better; a hang, not a slow machine, meets this. */
export const lineLimitMs = 60_000;

/** How many last lines an error message quotes. */
const tailLines = 15;

/**
 * The promise's value, or an error that names what was awaited.
 * @template T
 * @param {Promise<T>} promise
 * @param {number} limitMs
 * @param {string | ((limitMs: number) => Error)} awaited a function makes the whole error
 * @returns {Promise<T>}
 */
export function withLimit(promise, limitMs, awaited) {
  /** @type {NodeJS.Timeout} */
  let timer;
  const limit = new Promise((_, reject) => {
    timer = setTimeout(() => {
      reject(typeof awaited === 'function' ? awaited(limitMs) : new Error(`${awaited}: nothing within ${limitMs} ms`));
    }, limitMs);
  });
  return Promise.race([promise, limit]).finally(() => clearTimeout(timer));
}

/** Lines as they come from one or several streams, kept, written to a file and awaited. */
export class LineLog {
  /** @type {string[]} */
  lines = [];
  /** @type {Set<{ take: (line: string, index: number) => void, fail: (error: Error) => void }>} */
  #waiters = new Set();
  /** @type {number | undefined} */
  #file;
  #end = '';

  /**
   * @param {string} name what error messages call it
   * @param {string} [file] where the lines are kept as well
   */
  constructor(name, file) {
    this.name = name;
    if (file) this.#file = openSync(file, 'w');
  }

  /**
   * Takes the lines of a stream until it ends.
   * @param {NodeJS.ReadableStream} stream
   */
  pump(stream) {
    createInterface({ input: stream, crlfDelay: Infinity }).on('line', (line) => this.push(line));
  }

  /** @param {string} line */
  push(line) {
    const index = this.lines.push(line) - 1;
    if (this.#file !== undefined) writeSync(this.#file, `${line}\n`);
    for (const waiter of [...this.#waiters]) waiter.take(line, index);
  }

  /**
   * Nothing more will come: whoever still waits learns why.
   * @param {string} reason
   */
  end(reason) {
    if (this.#end) return;
    this.#end = reason;
    for (const waiter of [...this.#waiters]) waiter.fail(this.error(`a line is awaited that will not come: ${reason}`));
    if (this.#file !== undefined) closeSync(this.#file);
    this.#file = undefined;
  }

  /**
   * The first line that matches, whether it came already or comes within the limit.
   * @param {RegExp} pattern
   * @param {{ timeout?: number, from?: number }} [options] `from`: lines before this index do not count
   * @returns {Promise<{ line: string, index: number, match: RegExpMatchArray }>}
   */
  waitFor(pattern, { timeout = lineLimitMs, from = 0 } = {}) {
    for (let index = from; index < this.lines.length; index++) {
      const match = this.lines[index].match(pattern);
      if (match) return Promise.resolve({ line: this.lines[index], index, match });
    }
    if (this.#end) return Promise.reject(this.error(`no line with ${pattern} will come: ${this.#end}`));

    /** @type {any} */
    let waiter;
    const found = new Promise((resolve, reject) => {
      waiter = {
        take: (/** @type {string} */ line, /** @type {number} */ index) => {
          const match = line.match(pattern);
          if (match) resolve({ line, index, match });
        },
        fail: reject,
      };
      this.#waiters.add(waiter);
    });
    return withLimit(found, timeout, (ms) => this.error(`no line with ${pattern} within ${ms} ms`)).finally(() =>
      this.#waiters.delete(waiter),
    );
  }

  /**
   * What went wrong, with the last lines.
   * @param {string} what
   */
  error(what) {
    const tail = this.lines.slice(-tailLines).map((line) => `  | ${line}`);
    return new Error([`${this.name}: ${what}; its last lines:`, ...tail].join('\n'));
  }
}
