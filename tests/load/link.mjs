// SPDX-License-Identifier: Apache-2.0
// A network link to a process in a network namespace of its own, which can be cut: every packet on it is then lost, as
// where somebody leaves the house with the phone in hand.

import { execFileSync } from 'node:child_process';
import { lineLimitMs } from '../support/events.mjs';
import { ViewerHost } from './viewer_host.mjs';

const table = 'fanlight_link';

/** @param {string} program @param {string[]} args */
const run = (program, ...args) => execFileSync(program, args, { stdio: ['ignore', 'pipe', 'inherit'], timeout: lineLimitMs });

export class Link {
  /**
   * @param {string} name of the interface on this side
   * @param {string} here address on this side
   * @param {string} there address on the other side
   */
  constructor(name, here, there) {
    this.name = name;
    this.here = here;
    this.there = there;
  }

  /**
   * Viewers on the other side. The link is gone when their process is.
   * @returns {Promise<ViewerHost>}
   */
  async startViewers() {
    const host = await ViewerHost.start({ prefix: ['unshare', '--net'] });
    const inside = ['nsenter', '-t', String(host.pid), '--net', 'ip'];
    run('ip', 'link', 'add', this.name, 'type', 'veth', 'peer', 'name', this.name, 'netns', String(host.pid));
    for (const [command, address] of /** @type {const} */ ([[['ip'], this.here], [inside, this.there]])) {
      const [program, ...args] = command;
      // One address a side, so that a packet tells by it which way it goes: no IPv6 of the interface's own.
      run(program, ...args, 'link', 'set', this.name, 'addrgenmode', 'none');
      run(program, ...args, 'address', 'add', `${address}/24`, 'dev', this.name);
      run(program, ...args, 'link', 'set', this.name, 'up');
    }
    return host;
  }

  /** From now on nothing passes, TCP or UDP, either way. */
  cut() {
    run('nft', 'add', 'table', 'inet', table);
    for (const [hook, direction] of [['input', 'iifname'], ['output', 'oifname']]) {
      run('nft', 'add', 'chain', 'inet', table, hook, `{ type filter hook ${hook} priority 0; }`);
      run('nft', 'add', 'rule', 'inet', table, hook, direction, this.name, 'counter', 'drop');
    }
  }

  /** How many packets the cut has taken so far. */
  lost() {
    const counters = run('nft', 'list', 'table', 'inet', table).toString().matchAll(/packets (\d+)/g);
    return [...counters].reduce((sum, [, packets]) => sum + Number(packets), 0);
  }

  /** Mends it. */
  restore() {
    run('nft', 'delete', 'table', 'inet', table);
  }
}
