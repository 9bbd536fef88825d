// SPDX-License-Identifier: Apache-2.0
// A line that is worse than a cable (link.c), and what it is like.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { LoggedProcess } from '../support/process.mjs';

/**
 * @typedef {{ delay?: number, jitter?: number, rate?: number, queue?: number, loss?: number, burst?: number }} Way one way: ms, ms, kbit/s,
 *          ms of that rate, percent, mean number of packets that are lost in a row
 * @typedef {{ inwards?: Way, outwards?: Way }} Specs to the host, and from it
 */

const source = fileURLToPath(new URL('link.c', import.meta.url));

/** As link.c reads it. @param {Way} [way] */
const words = (way = {}) => Object.entries(way).map(([key, value]) => `${key}=${value}`).join(',');

export class Line {
  #process;
  #folder;

  /** @param {LoggedProcess} process @param {string} folder */
  constructor(process, folder) {
    this.#process = process;
    this.#folder = folder;
  }

  /** Between `outside` and `inside`, where commands with that prefix run. @param {string[]} prefix @param {Specs} specs */
  static async start(prefix, { inwards, outwards }) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-line-'));
    const program = path.join(folder, 'link');
    execFileSync('cc', ['-O2', '-o', program, source, '-lm']);
    const line = new LoggedProcess('line', [...prefix, program, 'outside', 'inside', words(inwards), words(outwards)], { isSteered: true });
    await line.log.waitFor(/^ready$/);
    return new Line(line, folder);
  }

  /** From now on; what is on its way already comes as it would have. @param {Specs} specs */
  async change(specs) {
    for (const [way, values] of Object.entries(specs)) {
      const { length: from } = this.#process.log.lines;
      this.#process.child.stdin?.write(`${way} ${words(values)}\n`);
      await this.#process.log.waitFor(/^changed$/, { from });
    }
  }

  async stop() {
    await this.#process.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
