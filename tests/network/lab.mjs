// SPDX-License-Identifier: Apache-2.0
// A small internet in network namespaces: a camera's host and a viewer's, each behind the boxes that are named, and servers
// with public addresses between them. Needs root; all of it is gone with the namespaces.
//
//   camera ── box ── box ──┐                ┌── box ── viewer
//                          ├── internet ────┤
//                   web ───┘                └─── turn
//
// Public addresses are real ones, of somebody whom nothing here reaches: those that are kept for examples are none that coturn
// relays to, as our example sets it up.

import { execFile, execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { rulesOf } from './boxes.mjs';
import { Line } from './line.mjs';

/** @typedef {import('./boxes.mjs').Kind} Kind */
/**
 * What is between a host and the internet.
 * @typedef {{ boxes?: Kind[], mtu?: number, line?: import('./line.mjs').Specs, families?: Family[] }} Site `boxes`: from the internet
 *          inwards; `mtu` and `line`: of the way to the internet; `families`: of its addresses, 4 unless it says otherwise
 */
/** @typedef {4 | 6} Family */

/** Of public addresses, the last byte; of what is behind them, the third. */
const numbers = { camera: 40, viewer: 80, web: 10, turn: 20 };
/** @typedef {keyof typeof numbers} Name */
const internetNumber = 1;
/** What public addresses are called; all of a host's have its name, and a router's what is behind it. */
const names = { web: ['porch.example'], turn: ['turn.example.org', 'stun.example.org'], camera: ['home.example.org'] };
/** @type {Family[]} */
const allFamilies = [4, 6];
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
  static #counted = 0;

  /** @param {string} namespace @param {string[]} addresses as it sees itself */
  constructor(namespace, addresses) {
    this.namespace = namespace;
    this.addresses = addresses;
  }

  /** The only one, or the first. */
  get address() {
    return this.addresses[0];
  }

  /** Before the words of a command that is to run here. */
  get prefix() {
    return prefixOf(this.namespace);
  }

  /** From now on, all that goes to that address or comes from it. @param {string} address @returns {Promise<() => Promise<number>>} how many so far */
  async countPackets(address) {
    const table = `count-${(Host.#counted += 1)}`;
    const word = isIpv6(address) ? 'ip6' : 'ip';
    const rules = ['input', 'output'].map((hook) =>
      `chain ${hook} { type filter hook ${hook} priority -300; ${word} ${hook === 'input' ? 'saddr' : 'daddr'} ${address} counter; }`);
    const { isGood, output } = await this.run('nft', `table inet ${table} {\n${rules.join('\n')}\n}`);
    if (!isGood) throw new Error(`packets cannot be counted: ${output}`);
    return async () => {
      const { output: counted } = await this.run('nft', 'list', 'table', 'inet', table);
      return [...counted.matchAll(/counter packets (\d+)/g)].reduce((sum, [, packets]) => sum + Number(packets), 0);
    };
  }

  /** Of all that runs here. */
  pids() {
    return execFileSync('ip', ['netns', 'pids', this.namespace], { encoding: 'utf8' }).split('\n').filter(Boolean).map(Number);
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
  /** @type {string[]} */
  #namespaces = [];
  /** @type {Map<Name, Host>} */
  #hosts = new Map();
  /** @type {Map<Name, Line>} */
  #lines = new Map();
  /** @type {Map<Name, number>} */
  #boxCounts = new Map();

  /** @param {{ camera?: Site, viewer?: Site, turn?: Site }} [topology] */
  static async start({ camera = {}, viewer = {}, turn = {} } = {}) {
    const lab = new Lab();
    try {
      const internet = lab.#add('internet', true);
      const server = { families: allFamilies };
      for (const [name, site] of Object.entries({ camera, viewer, web: server, turn: { ...turn, ...server } }))
        await lab.#addSite(internet, /** @type {Name} */ (name), site);
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
    const { address } = publicAddress(number, 4);
    this.#ip(this.host(name).namespace, [`address add ${address} dev wan`]);
    this.#ip(this.#namespaces[0], [`route add ${address} dev ${name}`]);
    return plain(address);
  }

  /**
   * From now on under another IPv4 address of its network, as by a new lease; what it had open is cut off.
   * @param {Name} name @param {number} [box] that one of its site in the host's place: 1 is the one at the internet
   */
  renumber(name, box) {
    const place = this.#placeOf(name, box);
    const [{ addr_info: [{ local, prefixlen }] }] = JSON.parse(execFileSync('ip', ['-n', place, '-j', '-4', 'address', 'show', 'dev', 'wan'], { encoding: 'utf8' }));
    const address = `${local}/${prefixlen}`;
    const next = address.replace(/\d+(?=\/)/, (last) => String(Number(last) + 1));
    this.#ip(place, [`address del ${address} dev wan`, `address add ${next} dev wan`]);
    if (prefixlen === 32) this.#ip(this.#namespaces[0], [`route del ${address} dev ${name}`, `route add ${next} dev ${name}`]);
    this.plug(name, box);
  }

  /** Out with its cable, or its Wi-Fi. @param {Name} name @param {number} [box] as of renumber() */
  unplug(name, box) {
    this.#ip(this.#placeOf(name, box), ['link set wan down']);
  }

  /** And in again. @param {Name} name @param {number} [box] */
  plug(name, box) {
    const place = this.#placeOf(name, box);
    const { gateway } = spotOf(name, box === undefined ? this.#boxCounts.get(name) ?? 0 : box - 1, 4);
    this.#ip(place, ['link set wan up', `route replace default via ${plain(gateway)} dev wan onlink`]);
  }

  /** A box of a site forgets what it has mapped, as when it starts again; 1 is the one at the internet. @param {Name} name @param {number} box */
  forgetMappings(name, box) {
    this.#run(this.#placeOf(name, box), ['conntrack', '-F']);
  }

  /** What is worse on its way than on a cable, where there is such. @param {Name} name */
  line(name) {
    return /** @type {Line} */ (this.#lines.get(name));
  }

  async stop() {
    for (const line of this.#lines.values()) await line.stop();
    this.#lines.clear();
    for (const namespace of this.#namespaces.splice(0)) {
      execFileSync('ip', ['netns', 'del', namespace]);
      rmSync(filesOf(namespace), { recursive: true, force: true });
    }
  }

  /** A chain from the internet to the host. @param {string} internet @param {Name} name @param {Site} site */
  async #addSite(internet, name, { boxes = [], mtu = usualMtu, line, families = [4] }) {
    let outer = internet;
    this.#boxCounts.set(name, boxes.length);
    for (let depth = 0; depth <= boxes.length; depth++) {
      const box = boxes.at(depth);
      const isFirst = depth === 0;
      const place = this.#add(box ? boxName(name, depth + 1) : name, box !== undefined);
      const port = isFirst ? name : 'lan';
      if (isFirst && line) await this.#addLine(name, [outer, port], [place, 'wan'], line);
      else this.#join([outer, port], [place, 'wan']);
      const size = `mtu ${isFirst ? mtu : usualMtu}`;
      this.#ip(outer, [`link set ${port} ${size} up`]);
      this.#ip(place, [`link set wan ${size} up`]);
      for (const family of families) {
        const { address, gateway } = spotOf(name, depth, family);
        this.#ip(outer, [`address add ${gateway} dev ${port}`]);
        this.#ip(place, [`address add ${address} dev wan`, `route add default via ${plain(gateway)} dev wan onlink`]);
        // Nothing is bridged: who routes tells senders of packets that are too large.
        if (isFirst) this.#ip(internet, [`route add ${address} dev ${port}`]);
        // IPv6 is routed all the way.
        if (family === 6)
          for (let deeper = depth + 1; deeper <= boxes.length; deeper++)
            this.#ip(outer, [`route add ${spotOf(name, deeper, family).network} via ${plain(address)}`]);
        if (box) this.#run(place, ['nft', '-f', '-'], rulesOf(box, family, plain(spotOf(name, depth + 1, family).address)));
      }
      if (!box) this.#addHost(name, place, families.map((family) => plain(spotOf(name, depth, family).address)));
      outer = place;
    }
  }

  /** @param {Name} name @param {string} namespace @param {string[]} addresses */
  #addHost(name, namespace, addresses) {
    this.#hosts.set(name, new Host(namespace, addresses));
    if (name === 'viewer' && addresses.every(isIpv6)) this.#ip(namespace, [`address add ${phonesOwn} dev wan`]);
    mkdirSync(filesOf(namespace), { recursive: true });
    // Chromium asks for the servers of media by names with a dot at their end.
    const known = Object.entries(names).flatMap(([server, called]) => allFamilies.map((family) =>
      `${plain(publicAddress(numbers[/** @type {Name} */ (server)], family).address)} ${called.map((one) => `${one} ${one}.`).join(' ')}\n`));
    writeFileSync(path.join(filesOf(namespace), 'hosts'), ['127.0.0.1 localhost\n', ...known].join(''));
    // Who asks for other names is told at once that nobody answers.
    writeFileSync(path.join(filesOf(namespace), 'resolv.conf'), 'nameserver 127.0.0.1\n');
  }

  /** The kernel drops what is sent in the moment until a new interface has come up. @param {Name} name */
  async #awaitWay(name) {
    for (let i = 0; i < patience; i++)
      if ((await this.host(name).run('ping', '-c', '1', '-W', '1', names.web[0])).isGood) return;
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

  /** @param {Name} name @param {number} [box] */
  #placeOf(name, box) {
    return box === undefined ? this.host(name).namespace : this.#namespaceOf(boxName(name, box));
  }

  /** @param {string} name */
  #namespaceOf(name) {
    return `lab-${process.pid}-${this.#number}-${name}`;
  }

  /** @param {string} name @param {boolean} routes */
  #add(name, routes) {
    const namespace = this.#namespaceOf(name);
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
}

/** @param {Name} name @param {number} box */
const boxName = (name, box) => `${name}-box-${box}`;

/** @param {number} number @param {Family} family */
function publicAddress(number, family) {
  const [network, bits] = family === 4 ? ['5.45.0.', 32] : ['2a05:45::', 128];
  return { address: `${network}${number}/${bits}`, gateway: `${network}${internetNumber}/${bits}` };
}

/** Behind that many boxes, counted from the internet. @param {Name} name @param {number} depth @param {Family} family */
function spotOf(name, depth, family) {
  const [network, bits] = family === 4 ? [`10.${numbers[name]}.${depth}.`, 24] : [`2a05:45:${numbers[name]}:${depth}::`, 64];
  const lan = { gateway: `${network}1/${bits}`, address: `${network}2/${bits}`, network: `${network}${family === 4 ? 0 : ''}/${bits}` };
  return depth === 0 ? { ...lan, ...publicAddress(numbers[name], family) } : lan;
}

/** What ip(8) puts over those of /etc, for what runs there. @param {string} namespace */
function filesOf(namespace) {
  return path.join('/etc/netns', namespace);
}

/** @param {string} address */
const isIpv6 = (address) => address.includes(':');

/** @param {string} address with the length of its network */
function plain(address) {
  return address.split('/')[0];
}
