// SPDX-License-Identifier: Apache-2.0
// A real proxy in front of a daemon: Caddy, with certificates of an authority of its own.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { caddyProgram } from './fetched.mjs';
import { freePort } from './free_port.mjs';
import { LoggedProcess } from './process.mjs';

export class Caddy {
  #folder;
  #process;

  /** @param {string} folder @param {LoggedProcess} process @param {number} port of HTTPS */
  constructor(folder, process, port) {
    this.#folder = folder;
    this.#process = process;
    this.port = port;
  }

  /** @param {string} sites the Caddyfile but for its global options @returns {Promise<Caddy>} call `stop()` in the clean-up */
  static async start(sites) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-caddy-'));
    const port = await freePort();
    const options = ['admin off', `https_port ${port}`, 'auto_https disable_redirects', 'skip_install_trust', 'local_certs'];
    const file = path.join(folder, 'Caddyfile');
    writeFileSync(file, `{\n\t${options.join('\n\t')}\n}\n${sites}`);
    const process_ = new LoggedProcess('caddy', [caddyProgram(), 'run', '--adapter', 'caddyfile', '--config', file], {
      env: { PATH: process.env.PATH, HOME: folder, XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
    });
    await process_.log.waitFor(/serving initial configuration/);
    return new Caddy(folder, process_, port);
  }

  async stop() {
    await this.#process.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
