// SPDX-License-Identifier: Apache-2.0
// A small internet in network namespaces: a camera's host and a viewer's, each behind the boxes that are named, and servers
// with public addresses between them. Needs root; all of it is gone with the namespaces.
//
//   camera ── box ── box ──┐                ┌── box ── viewer
//                          ├── internet ────┤
//                   web ───┘                └─── turn
//
// Addresses are those that are kept for examples: RFC 5737 (203.0.113.0/24) and RFC 3849 (2001:db8::/32).

import { execFile, execFileSync } from 'node:child_process';
import { rulesOf } from './boxes.mjs';
import { Line } from './line.mjs';

/** @typedef {import('./boxes.mjs').Kind} Kind */
/**
 * What is between a host and the internet.
 * @typedef {{ boxes?: Kind[], mtu?: number, line?: import('./line.mjs').Specs }} Site `boxes`: from the internet inwards; `mtu` and `line`:
 *          of the way to the internet
 */

/** Of public addresses, the last byte; of what is behind them, the third. */
const numbers = { camera: 40, viewer: 80, web: 10, turn: 20 };
/** @typedef {keyof typeof numbers} Name */
const internetNumber = 1;
/**
 * Of a phone whose network has IPv6 alone (RFC 7335); it leads nowhere here. Without any of IPv4 Chromium gathers no
 * candidate but for pages that may use the microphone: it has no names to hide its addresses behind.
 */
const phonesOwn = '192.0.0.2/32';
const usualMtu = 1500;
/** Tries of a second each. */
const patience = 10;

const prefixOf = (/** @type {string} */ namespace) => ['ip', 'netns', 'exec', namespace];

/** A place where programs run. */
export class Host {
  /** @param {string} namespace @param {string} address as it sees itself */
  constructor(namespace, address) {
    this.namespace = namespace;
    this.address = address;
  }

  /** Before the words of a command that is to run here. */
  get prefix() {
    return prefixOf(this.namespace);
  }

  /** A command's output, and whether it came to a good end. @param {string[]} argv @returns {Promise<{ isGood: boolean, output: string }>} */
  run(...argv) {
    const [program, ...rest] = [...this.prefix, ...argv];
    return new Promise((resolve) => execFile(program, rest, (error, output) => resolve({ isGood: !error, output })));
  }
}

export class Lab {
  static #count = 0;
  #number = (Lab.#count += 1);
  #family;
  /** @type {string[]} */
  #namespaces = [];
  /** @type {Map<Name, Host>} */
  #hosts = new Map();
  /** @type {Map<Name, Line>} */
  #lines = new Map();

  /** @param {4 | 6} family */
  constructor(family) {
    this.#family = family;
  }

  /** @param {{ camera?: Site, viewer?: Site, family?: 4 | 6 }} [topology] `family`: of all addresses */
  static async start({ camera = {}, viewer = {}, family = 4 } = {}) {
    const lab = new Lab(family);
    try {
      const internet = lab.#add('internet', true);
      for (const [name, site] of Object.entries({ camera, viewer, web: {}, turn: {} })) await lab.#addSite(internet, /** @type {Name} */ (name), site);
      for (const name of /** @type {const} */ (['turn', 'camera', 'viewer'])) await lab.#awaitWay(name);
    } catch (error) {
      await lab.stop();
      throw error;
    }
    return lab;
  }

  /** @param {Name} name */
  host(name) {
    return /** @type {Host} */ (this.#hosts.get(name));
  }

  /** Another public address of a host that is behind nothing. @param {Name} name @param {number} number its last byte */
  addAddress(name, number) {
    const { address } = this.#public(number);
    this.#ip(this.host(name).namespace, [`address add ${address} dev wan`]);
    this.#ip(this.#namespaces[0], [`route add ${address} dev ${name}`]);
    return plain(address);
  }

  /** What is worse on its way than on a cable, where there is such. @param {Name} name */
  line(name) {
    return /** @type {Line} */ (this.#lines.get(name));
  }

  async stop() {
    for (const line of this.#lines.values()) await line.stop();
    this.#lines.clear();
    for (const namespace of this.#namespaces.splice(0)) execFileSync('ip', ['netns', 'del', namespace]);
  }

  /** A chain from the internet to the host. @param {string} internet @param {Name} name @param {Site} site */
  async #addSite(internet, name, { boxes = [], mtu = usualMtu, line }) {
    let outer = internet;
    for (let depth = 0; depth <= boxes.length; depth++) {
      const box = boxes.at(depth);
      const isFirst = depth === 0;
      const place = this.#add(box ? `${name}-box-${depth + 1}` : name, box !== undefined);
      const port = isFirst ? name : 'lan';
      const { address, gateway } = isFirst ? this.#public(numbers[name]) : this.#lan(name, depth);
      const size = `mtu ${isFirst ? mtu : usualMtu}`;
      if (isFirst && line) await this.#addLine(name, [outer, port], [place, 'wan'], line);
      else this.#join([outer, port], [place, 'wan']);
      this.#ip(outer, [
        `address add ${gateway} dev ${port}`, `link set ${port} ${size} up`,
      ]);
      this.#ip(place, [`address add ${address} dev wan`, `link set wan ${size} up`, `route add default via ${plain(gateway)} dev wan onlink`]);
      // Nothing is bridged: who routes tells senders of packets that are too large.
      if (isFirst) this.#ip(internet, [`route add ${address} dev ${port}`]);
      // IPv6 is routed all the way.
      if (this.#family === 6)
        for (let deeper = depth + 1; deeper <= boxes.length; deeper++)
          this.#ip(outer, [`route add ${this.#lan(name, deeper).network} via ${plain(address)}`]);
      if (this.#family === 6 && name === 'viewer' && !box) this.#ip(place, [`address add ${phonesOwn} dev wan`]);
      if (box) this.#run(place, ['nft', '-f', '-'], rulesOf(box, this.#family, plain(this.#lan(name, depth + 1).address)));
      else this.#hosts.set(name, new Host(place, plain(address)));
      outer = place;
    }
  }

  /** The kernel drops what is sent in the moment until a new interface has come up. @param {Name} name */
  async #awaitWay(name) {
    for (let i = 0; i < patience; i++)
      if ((await this.host(name).run('ping', '-c', '1', '-W', '1', this.host('web').address)).isGood) return;
    throw new Error(`the lab's '${name}' has no way to its web server`);
  }

  /** @typedef {[namespace: string, name: string]} Interface */
  /** @param {Interface} one @param {Interface} other */
  #join([namespace, name], [otherNamespace, otherName]) {
    this.#ip(namespace, [`link add ${name} type veth peer name ${otherName} netns ${otherNamespace}`]);
  }

  /** @param {Name} name @param {Interface} outer @param {Interface} inner @param {import('./line.mjs').Specs} specs */
  async #addLine(name, outer, inner, specs) {
    const place = this.#add(`${name}-line`, false);
    this.#join(outer, [place, 'outside']);
    this.#join(inner, [place, 'inside']);
    this.#ip(place, ['link set outside up', 'link set inside up']);
    for (const [namespace, end] of [outer, inner])
      this.#run(namespace, ['ethtool', '-K', end, 'tx', 'off', 'tso', 'off', 'gso', 'off', 'gro', 'off']);
    this.#lines.set(name, await Line.start(prefixOf(place), specs));
  }

  /** @param {string} name @param {boolean} routes */
  #add(name, routes) {
    const namespace = `lab-${process.pid}-${this.#number}-${name}`;
    execFileSync('ip', ['netns', 'add', namespace]);
    this.#namespaces.push(namespace);
    const settings = ['ipv6/conf/all/accept_dad=0', 'ipv6/conf/default/accept_dad=0', ...(routes ? ['ipv4/ip_forward=1', 'ipv6/conf/all/forwarding=1'] : [])];
    const script = settings.map((one) => `echo ${one.split('=')[1]} >/proc/sys/net/${one.split('=')[0]}`).join(';');
    this.#run(namespace, ['sh', '-c', script]);
    this.#ip(namespace, ['link set lo up']);
    return namespace;
  }

  /** @param {string} namespace @param {string[]} commands of ip(8) */
  #ip(namespace, commands) {
    execFileSync('ip', ['-n', namespace, '-batch', '-'], { input: commands.join('\n'), stdio: ['pipe', 'ignore', 'inherit'] });
  }

  /** @param {string} namespace @param {string[]} argv @param {string} [input] */
  #run(namespace, argv, input = '') {
    const [program, ...rest] = [...prefixOf(namespace), ...argv];
    execFileSync(program, rest, { input, stdio: ['pipe', 'ignore', 'inherit'] });
  }

  /** @param {number} number */
  #public(number) {
    const [network, bits] = this.#family === 4 ? ['203.0.113.', 32] : ['2001:db8::', 128];
    return { address: `${network}${number}/${bits}`, gateway: `${network}${internetNumber}/${bits}` };
  }

  /** Behind the box of that number, counted from the internet. @param {Name} name @param {number} box */
  #lan(name, box) {
    const [network, bits] = this.#family === 4 ? [`10.${numbers[name]}.${box}.`, 24] : [`2001:db8:${numbers[name]}:${box}::`, 64];
    return { gateway: `${network}1/${bits}`, address: `${network}2/${bits}`, network: `${network}${this.#family === 4 ? 0 : ''}/${bits}` };
  }
}

/** @param {string} address with the length of its network */
function plain(address) {
  return address.split('/')[0];
}
