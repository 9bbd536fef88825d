// SPDX-License-Identifier: Apache-2.0
// coturn at the lab's host `turn`: STUN, with a second address by which a NAT shows what kind it is (RFC 5780), and TURN.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { logDirectory } from '../support/paths.mjs';
import { LoggedProcess } from '../support/process.mjs';

export class Coturn {
  #process;
  #folder;

  /** @param {LoggedProcess} process @param {string} folder @param {string} address */
  constructor(process, folder, address) {
    this.#process = process;
    this.#folder = folder;
    this.address = address;
  }

  /**
   * @param {import('./lab.mjs').Lab} lab
   * @param {{ suite: string, name: string, args?: string[] }} options `name`: of its log; `args`: of turnserver(1)
   */
  static async start(lab, { suite, name, args = ['--no-auth'] }) {
    const host = lab.host('turn');
    const second = lab.addAddress('turn', 21);
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-coturn-'));
    const argv = [
      ...host.prefix, 'turnserver', '-n', '--listening-ip', host.address, '--listening-ip', second,
      '--no-cli', '--no-tls', '--no-dtls', '--pidfile', path.join(folder, 'pid'), '--userdb', path.join(folder, 'db'),
      '--log-file', 'stdout', ...args,
    ];
    const server = new LoggedProcess(name, argv, { logFile: path.join(logDirectory(suite), `${name}.log`) });
    await server.log.waitFor(/Total General servers/);
    return new Coturn(server, folder, host.address);
  }

  async stop() {
    await this.#process.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** @typedef {'Endpoint Independent' | 'Address Dependent' | 'Address and Port Dependent'} Behavior RFC 4787's words */

/**
 * What a host's way to the internet does, as coturn's own discovery sees it.
 * @param {import('./lab.mjs').Host} host @param {string} server
 * @returns {Promise<{ mapping: Behavior | 'none', filtering: Behavior | 'none' }>} `none`: there is no NAT, or no answer
 */
export async function discover(host, server) {
  const { output } = await host.run('turnutils_natdiscovery', '-m', '-f', server);
  const behavior = (/** @type {string} */ of) => /** @type {Behavior} */ (new RegExp(`NAT with (.*) ${of}!`).exec(output)?.[1] ?? 'none');
  return { mapping: behavior('Mapping'), filtering: behavior('Filtering') };
}
