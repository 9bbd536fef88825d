// SPDX-License-Identifier: Apache-2.0
// The servers that two ends are told of: in the device's configuration, and as a browser takes them.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { logDirectory, suite } from '../support/paths.mjs';
import { LoggedProcess } from '../support/process.mjs';
import { Coturn, credentials } from './coturn.mjs';

const lyingServer = fileURLToPath(new URL('lying_server.mjs', import.meta.url));
const stun = 'stun:stun.example.org';
const turn = ['turn:turn.example.org?transport=udp', 'turn:turn.example.org:443?transport=tcp'];
const turnByTls = ['turns:turn.example.org:443?transport=tcp'];

/**
 * What there is in the internet that helps: nothing; a server that tells an end its public address; one that relays as well,
 * at all of its ports and over all transports; where that was, nothing that answers; one that lies.
 * @typedef {'none' | 'stun' | 'turn' | 'dead' | 'lying'} Help
 */

export class Servers {
  #coturn;

  /** @param {Coturn | undefined} coturn */
  constructor(coturn) {
    this.#coturn = coturn;
  }

  /** Where there is one. */
  get coturn() {
    if (!this.#coturn) throw new Error('there is no coturn');
    return this.#coturn;
  }

  /** @param {import('./lab.mjs').Lab} lab @param {Help} help @param {string} of its logs */
  static async start(lab, help, of) {
    const options = { suite, name: `${of}-coturn` };
    if (help === 'turn') return new RelayingServers(await Coturn.startByExample(lab, options));
    if (help === 'dead') return BadServers.startDead(lab);
    if (help === 'lying') return BadServers.startLying(lab, of);
    return new Servers(help === 'stun' ? await Coturn.start(lab, options) : undefined);
  }

  async stop() {
    await this.#coturn?.stop();
  }

  /** [[ice_server]] */
  forConfig() {
    return this.#coturn ? [{ id: 'stun', urls: [stun] }] : [];
  }

  /** @returns {RTCIceServer[]} */
  forBrowser() {
    return this.#coturn ? [{ urls: [stun] }] : [];
  }
}

class RelayingServers extends Servers {
  /** @override */
  forConfig() {
    const secret = this.coturn.secretFile;
    return [
      { id: 'relay', urls: turn, secret },
      { id: 'relay-by-tls', urls: turnByTls, used_by: 'viewers', secret },
    ];
  }

  /** @override */
  forBrowser() {
    return [{ urls: [...turn, ...turnByTls], ...credentials() }];
  }
}

/** Named as those that relay. */
class BadServers extends Servers {
  #folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-servers-'));
  #process;

  /** @param {LoggedProcess} [process] */
  constructor(process) {
    super(undefined);
    this.#process = process;
  }

  /** Nobody is told that nobody is there. @param {import('./lab.mjs').Lab} lab */
  static async startDead(lab) {
    const { isGood } = await lab.host('turn').run('nft', 'table inet dead {\nchain input {\ntype filter hook input priority 0; policy drop;\n}\n}');
    assert.ok(isGood);
    return new BadServers();
  }

  /** @param {import('./lab.mjs').Lab} lab @param {string} of */
  static async startLying(lab, of) {
    const liar = new LoggedProcess('liar', [...lab.host('turn').prefix, process.execPath, lyingServer], { logFile: path.join(logDirectory(suite), `${of}-liar.log`) });
    await liar.log.waitFor(/listening/);
    return new BadServers(liar);
  }

  /** @override */
  async stop() {
    await this.#process?.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** @override */
  forConfig() {
    const secret = path.join(this.#folder, 'secret');
    writeFileSync(secret, 'nobody-knows-it');
    return [{ id: 'stun', urls: [stun] }, { id: 'relay', urls: turn, secret }];
  }
}
