// SPDX-License-Identifier: Apache-2.0
// A small computer that has the host's own files: the daemon and its libraries are those that were built here.

import { writeFileSync } from 'node:fs';
import { listeningLine } from '../support/daemon.mjs';
import { daemonBinary } from '../support/paths.mjs';
import { formatToml } from '../support/toml.mjs';
import { gstreamerRegistry } from './guest_image.mjs';
import { Machine } from './machine.mjs';

/** From the start of the daemon to its listening line, under emulation. */
const daemonStartLimitMs = 90_000;
const daemonPort = 8080;

/** Where a plugin registry of its own lies, in the host's root as the guest sees it. */
const guestRegistry = '/run/gstreamer-registry.bin';

/** @param {string} text */
const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A running guest. */
export class Guest extends Machine {
  #registry;
  #backgrounds = 0;

  /** @param {string} registry @param {ConstructorParameters<typeof Machine>} machine */
  constructor(registry, ...machine) {
    super(...machine);
    this.#registry = registry;
  }

  /**
   * @param {{ time?: string }} [parts] see Machine
   * @returns {Promise<Guest>} it takes commands; call `close()` in the test's clean-up
   */
  static async boot(parts = {}) {
    const registry = await gstreamerRegistry();
    const guest = new Guest(registry, ...(await Machine.powerOn(parts)));
    await guest.started();
    return guest;
  }

  /** The plugin registry must be writable: GStreamer adds what it finds in the guest. */
  async copyRegistry() {
    await this.run(`cp /host${quote(this.#registry)} /host${guestRegistry}`);
  }

  /**
   * Starts another program beside it, from the host's root; it ends with the guest, or by its pid.
   * @param {string} command a line of shell without single quotes
   * @returns {Promise<string>} its pid
   */
  async inBackground(command) {
    const log = `/run/background-${++this.#backgrounds}.log`;
    // None of the streams may be that of the commands, which would otherwise stay open as long as it lives.
    const start = `exec chroot /host /usr/bin/env GST_REGISTRY=${guestRegistry} sh -c 'exec ${command}'`;
    return this.run(`( ${start} ) </dev/null >${log} 2>&1 & echo $!`);
  }

  /**
   * Starts the one program under test, from the host's root; its output goes to `log`.
   * @param {string[]} argv
   * @param {Record<string, string>} [env]
   */
  async start(argv, env = {}) {
    await this.copyRegistry();
    const variables = Object.entries({
      PATH: '/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: '/run/home',
      TMPDIR: '/run/tmp',
      XDG_RUNTIME_DIR: '/run/tmp',
      LANG: 'C.UTF-8',
      GST_REGISTRY: guestRegistry,
      ...env,
    }).map(([name, value]) => quote(`${name}=${value}`));
    await this.run(`program -i ${variables.join(' ')} ${argv.map(quote).join(' ')}`);
  }

  /**
   * Starts the daemon, and waits until it listens at `url`; its state is in /run/state.
   * @param {string} config where its file is written: the guest reads each one once, and never sees what is written later
   * @param {import('../support/toml.mjs').TomlTable} sections besides its address
   * @param {string[]} [by] the program that starts it, with its arguments
   */
  async startDaemon(config, sections, by = []) {
    const from = this.log.lines.length;
    const http = { listen: [`0.0.0.0:${daemonPort}`], hosts: [this.address] };
    writeFileSync(config, formatToml({ log: { level: 'debug' }, http, ...sections }));
    await this.start([...by, daemonBinary, '--config', config, '--state-dir', '/run/state']);
    await this.log.waitFor(listeningLine, { timeout: daemonStartLimitMs, from });
  }

  /** Where the daemon listens, without a slash at the end. */
  get url() {
    return `http://${this.address}:${daemonPort}`;
  }

  /**
   * The files that the program has open, as the kernel names them; those of a device that went end in "(deleted)".
   * @returns {Promise<string[]>}
   */
  async openFiles() {
    const listing = await this.run('ls -l /proc/$(cat /run/program.pid)/fd');
    return [...listing.matchAll(/ -> (.+)$/gm)].map((match) => match[1]);
  }

  /**
   * Ends the program as a service manager would.
   * @param {number} timeout
   * @returns {Promise<number>} its exit code, as a shell gives it
   */
  async stop(timeout) {
    const from = this.log.lines.length;
    await this.run('kill -TERM $(cat /run/program.pid)');
    const { match } = await this.log.waitFor(/^board: the program ended with (\d+)$/, { timeout, from });
    return Number(match[1]);
  }
}
