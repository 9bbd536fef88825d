// SPDX-License-Identifier: Apache-2.0
// A VPN: each of two hosts has a tunnel to the lab's web server, which routes between them. As WireGuard's, it is an interface of
// its own with an MTU of 1280, packed into UDP, so that it goes through NATs; what it carries it does not encrypt, since nobody
// listens here. A stand-in: this kernel has no WireGuard.

import path from 'node:path';
import { logDirectory, suite } from '../support/paths.mjs';
import { LoggedProcess } from '../support/process.mjs';

const mtu = 1280;
/** Of the only address that each has in it. */
const networks = { camera: '10.99.1', viewer: '10.99.2' };
const ports = { camera: 51_821, viewer: 51_822 };
/** @typedef {keyof typeof networks} End */

export class Vpn {
  #lab;
  /** @type {LoggedProcess[]} */
  #processes = [];

  /** @param {import('./lab.mjs').Lab} lab */
  constructor(lab) {
    this.#lab = lab;
  }

  /** @param {import('./lab.mjs').Lab} lab */
  static async start(lab) {
    const vpn = new Vpn(lab);
    try {
      await lab.host('web').run('sh', '-c', 'echo 1 >/proc/sys/net/ipv4/ip_forward');
      for (const end of /** @type {const} */ (['camera', 'viewer'])) await vpn.#join(end);
    } catch (error) {
      await vpn.stop();
      throw error;
    }
    return vpn;
  }

  /** Where an end is in it. @param {End} end */
  address(end) {
    return `${networks[end]}.2`;
  }

  async stop() {
    for (const one of this.#processes.splice(0)) await one.kill();
  }

  /** @param {End} end */
  async #join(end) {
    const hub = this.#lab.host('web');
    await this.#dig(hub, `vpn-${end}`, `${networks[end]}.1/30`, `UDP4-LISTEN:${ports[end]}`);
    await this.#dig(this.#lab.host(end), 'vpn0', `${networks[end]}.2/30`, `UDP4:${hub.address}:${ports[end]}`);
    const { isGood, output } = await this.#lab.host(end).run('ip', 'route', 'add', '10.99.0.0/16', 'via', `${networks[end]}.1`, 'dev', 'vpn0');
    if (!isGood) throw new Error(`no route into the VPN: ${output}`);
    // The hub knows where a tunnel leads by what comes out of it.
    if (!(await this.#lab.host(end).run('ping', '-c', '3', '-i', '0.2', '-W', '2', `${networks[end]}.1`)).isGood) throw new Error(`${end} does not reach the VPN`);
  }

  /** One end of a tunnel. @param {import('./lab.mjs').Host} host @param {string} name @param {string} address @param {string} way */
  async #dig(host, name, address, way) {
    const socat = new LoggedProcess(name, [...host.prefix, 'socat', '-d', '-d', `TUN:${address},tun-name=${name},iff-no-pi,iff-up`, way], {
      logFile: path.join(logDirectory(suite), `${name}.log`),
    });
    this.#processes.push(socat);
    await socat.log.waitFor(/listening on|starting data transfer/);
    await host.run('ip', 'link', 'set', name, 'mtu', String(mtu));
  }
}
