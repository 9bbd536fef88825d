// SPDX-License-Identifier: Apache-2.0
// coturn at the lab's host `turn`: STUN, with a second address by which a NAT shows what kind it is (RFC 5780), and TURN.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHmac } from 'node:crypto';
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { makeCertificate } from '../support/certificate.mjs';
import { logDirectory, repository } from '../support/paths.mjs';
import { LoggedProcess } from '../support/process.mjs';
import { mustNotBeSeen } from '../support/secrets.mjs';

const client = fileURLToPath(new URL('turn_client.mjs', import.meta.url));
const secret = 'the-secret-of-the-relay';
/** An empty one of the package's making: threads of coturn that make it themselves lock each other out, and refuse who comes then. */
const user = 'turnserver';
const database = '/var/lib/turn/turndb';

/** A folder that its user can reach, as TMPDIR need not be: coturn serves everybody when it cannot read its configuration. */
const makeFolder = () => mkdtempSync('/run/fanlight-coturn-');

export class Coturn {
  #process;
  #folder;

  /** @param {LoggedProcess} process @param {string} folder @param {import('./lab.mjs').Host} host */
  constructor(process, folder, host) {
    this.#process = process;
    this.#folder = folder;
    this.address = host.address;
  }

  /**
   * For STUN alone, to whomever.
   * @param {import('./lab.mjs').Lab} lab @param {{ suite: string, name: string }} options `name`: of its log
   */
  static async start(lab, { suite, name }) {
    const folder = makeFolder();
    return Coturn.#run(lab, { suite, name, folder }, [
      '-n', '--no-auth', '--no-cli', '--no-tls', '--no-dtls', '--listening-ip', lab.addAddress('turn', 21),
    ]);
  }

  /**
   * As the example for our users has it, with a secret and a certificate.
   * @param {import('./lab.mjs').Lab} lab @param {{ suite: string, name: string }} options
   */
  static async startByExample(lab, { suite, name }) {
    mustNotBeSeen(secret);
    const folder = makeFolder();
    const { certificate, key } = makeCertificate('turn', folder, 'turn.example.org');
    const example = readFileSync(path.join(repository, 'systemd/examples/turnserver.conf'), 'utf8');
    const changed = { 'static-auth-secret': secret, cert: certificate, pkey: key };
    const text = Object.entries(changed).reduce((before, [setting, value]) => {
      const line = new RegExp(`^${setting}=.*$`, 'm');
      assert.match(before, line);
      return before.replace(line, `${setting}=${value}`);
    }, example);
    const file = path.join(folder, 'turnserver.conf');
    writeFileSync(file, text, { mode: 0o600 });
    writeFileSync(path.join(folder, 'secret'), `${secret}\n`, { mode: 0o600 });
    return Coturn.#run(lab, { suite, name, folder }, ['-c', file]);
  }

  /** @param {import('./lab.mjs').Lab} lab @param {{ suite: string, name: string, folder: string }} options @param {string[]} args */
  static async #run(lab, { suite, name, folder }, args) {
    const host = lab.host('turn');
    const userdb = path.join(folder, 'db');
    copyFileSync(database, userdb);
    // As its package's service runs it, with our drop-in.
    execFileSync('chown', ['-R', user, folder]);
    const argv = [
      ...host.prefix, 'setpriv', `--reuid=${user}`, `--regid=${user}`, '--init-groups', '--inh-caps=-all,+net_bind_service',
      '--ambient-caps=-all,+net_bind_service', '--bounding-set=-all,+net_bind_service', 'turnserver', '--userdb', userdb, ...host.addresses.flatMap((address) => ['--listening-ip', address]), '--pidfile', path.join(folder, 'pid'), '--log-file', 'stdout', '--verbose', ...args,
    ];
    const server = new LoggedProcess(name, argv, { logFile: path.join(logDirectory(suite), `${name}.log`) });
    const coturn = new Coturn(server, folder, host);
    try {
      await server.log.waitFor(/Total General servers/);
    } catch (error) {
      await coturn.stop();
      throw error;
    }
    return coturn;
  }

  /** The file that has its secret. */
  get secretFile() {
    return path.join(this.#folder, 'secret');
  }

  /** Its log, as far as it has come. */
  get log() {
    return this.#process.log;
  }

  async stop() {
    await this.#process.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * What the example's secret makes, as the device makes it.
 * @param {string} [name] @param {number} [seconds] from now on
 */
export function credentials(name = 'browser', seconds = 3600) {
  const username = `${Math.floor(Date.now() / 1000) + seconds}:${name}`;
  return { username, credential: createHmac('sha1', secret).update(username).digest('base64') };
}

/**
 * What the server says to who shows that at a host, and wants to send to those peers; all of one family, by which it is asked, too.
 * @param {import('./lab.mjs').Host} host @param {Coturn} coturn @param {{ username: string, credential: string }} shown @param {string[]} peers
 * @param {{ count?: number }} [options] of allocations
 * @returns {Promise<{ allocation: 'granted' | number, allocations: ('granted' | number)[], peers: Record<string, 'granted' | number>, software: string }>}
 */
export async function askForRelay(host, coturn, { username, credential }, peers, { count = 1 } = {}) {
  const { isGood, output } = await host.run(process.execPath, client, `${coturn.address}:3478`, username, credential, String(count), ...peers);
  assert.ok(isGood, output);
  return JSON.parse(output);
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
