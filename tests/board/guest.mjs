// SPDX-License-Identifier: Apache-2.0
// A small computer with a camera: a qemu guest with Debian's kernel, the host's own files, and V4L2 devices by vivid.

import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { listeningLine } from '../support/daemon.mjs';
import { LineLog, withLimit } from '../support/events.mjs';
import { daemonBinary, logDirectory } from '../support/paths.mjs';
import { LoggedProcess } from '../support/process.mjs';
import { formatToml } from '../support/toml.mjs';
import { gstreamerRegistry, guestImage } from './guest_image.mjs';

const run = promisify(execFile);

/** From power on to the first command; seconds on an idle machine. */
const bootLimitMs = 120_000;
/** One command in the guest. */
const commandLimitMs = 60_000;
/** From the start of the daemon to its listening line, under emulation. */
const daemonStartLimitMs = 90_000;
const daemonPort = 8080;
/** From power off to the end of the emulator. */
const powerOffLimitMs = 20_000;
/** The guest powers itself off after this long, so that nothing outlives a test that was killed. */
const lifeSeconds = 900;

/** Where a plugin registry of its own lies, in the host's root as the guest sees it. */
const guestRegistry = '/run/gstreamer-registry.bin';

/** The link between test and guest, a TAP in the network namespace that the test runs in. */
const link = { name: 'board0', host: '10.79.0.1', guest: '10.79.0.2', prefix: 24 };

/** A module's parameters for one camera at /dev/video0 and nothing else. */
export const oneCamera = { n_devs: '1', node_types: '0x1', num_inputs: '1', input_types: '0x0' };

/** The same camera, at /dev/video5. */
export const oneCameraUnderAnotherNumber = { ...oneCamera, vid_cap_nr: '5' };

/** The same camera, at /dev/video0, and another one. */
export const twoCameras = { n_devs: '2', node_types: '0x1,0x1', num_inputs: '1,1', input_types: '0x0,0x0' };

/** @param {string} text */
const quote = (text) => `'${text.replaceAll("'", `'\\''`)}'`;

/** A running guest. */
export class Guest {
  #emulator;
  #control;
  #program;
  #registry;
  #commands = 0;
  #backgrounds = 0;
  /** When the emulator was started, as performance.now(). */
  poweredOnAt;

  /**
   * @param {LoggedProcess} emulator
   * @param {string} registry
   * @param {string} description
   */
  constructor(emulator, registry, description) {
    const logs = logDirectory('board');
    this.poweredOnAt = performance.now();
    this.description = description;
    this.#emulator = emulator;
    this.#registry = registry;
    this.#control = new LineLog('guest control', path.join(logs, 'guest-control.log'));
    this.#program = new LineLog('program in the guest', path.join(logs, 'guest-program.log'));
    this.#control.pump(/** @type {any} */ (emulator.child.stdio[3]));
    this.#program.pump(/** @type {any} */ (emulator.child.stdio[4]));
    void emulator.exited.then(() => {
      this.#control.end('the guest is off');
      this.#program.end('the guest is off');
    });
  }

  /**
   * Makes the image where needed, the link, and boots.
   * @param {{ time?: string }} [options] `time`: what its clock says first, as qemu's `-rtc base=`; without, the right one
   * @returns {Promise<Guest>} it takes commands; call `close()` in the test's clean-up
   */
  static async boot({ time = 'utc' } = {}) {
    const [image, registry] = [await guestImage(), await gstreamerRegistry()];
    await addLink();
    const emulator = new LoggedProcess('guest console', emulatorCommand(image, time), {
      logFile: path.join(logDirectory('board'), 'guest-console.log'),
      extraPipes: 2,
    });
    const guest = new Guest(emulator, registry, image.description);
    try {
      await guest.#control.waitFor(/^ready /, { timeout: bootLimitMs });
    } catch (error) {
      await guest.close();
      throw error;
    }
    return guest;
  }

  /** Its address on the link. */
  get address() {
    return link.guest;
  }

  /** What the started program writes, both streams. */
  get log() {
    return this.#program;
  }

  /**
   * Runs a line of shell in the guest's initramfs, where `inHost` starts programs of the host's root.
   * @param {string} command
   * @param {{ timeout?: number }} [options]
   * @returns {Promise<string>} its output; a result other than 0 is an error
   */
  async run(command, { timeout = commandLimitMs } = {}) {
    const number = ++this.#commands;
    const from = this.#control.lines.length;
    /** @type {any} */ (this.#emulator.child.stdio[3]).write(`${number} ${command}\n`);
    const { index, match } = await this.#control.waitFor(new RegExp(`^${number}= (\\d+)$`), { timeout, from });
    const mark = `${number}> `;
    const output = this.#control.lines
      .slice(from, index)
      .filter((line) => line.startsWith(mark))
      .map((line) => line.slice(mark.length))
      .join('\n');
    if (match[1] !== '0') throw new Error(`'${command}' failed in the guest with ${match[1]}: ${output}`);
    return output;
  }

  /**
   * Loads vivid and waits for the cameras' nodes, which it makes before it returns.
   * @param {Record<string, string>} [parameters] of the module
   */
  async plugCameras(parameters = oneCamera) {
    const settings = Object.entries(parameters).map(([name, value]) => `${name}=${value}`);
    await this.run(`modprobe vivid ${settings.join(' ')}`);
    await this.run('inHost udevadm settle');
  }

  /** Pulls the camera out, as far as software can: the driver lets go of it and its node vanishes. */
  async unplugCamera() {
    await this.run('echo vivid.0 >/sys/bus/platform/drivers/vivid/unbind');
  }

  /** Puts it back. */
  async replugCamera() {
    await this.run('echo vivid.0 >/sys/bus/platform/drivers/vivid/bind');
  }

  /**
   * Pulls all cameras out and puts others in, as far as software can; their nodes may have other numbers then.
   * @param {Record<string, string>} parameters of the module
   */
  async replugCameras(parameters) {
    await this.unplugCamera();
    // The module stays for as long as somebody has its device open.
    await this.run('until rmmod vivid 2>/dev/null; do usleep 100000; done');
    await this.plugCameras(parameters);
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
    const from = this.#program.lines.length;
    await this.run('kill -TERM $(cat /run/program.pid)');
    const { match } = await this.#program.waitFor(/^board: the program ended with (\d+)$/, { timeout, from });
    return Number(match[1]);
  }

  /** Powers the guest off and takes the link away. */
  async close() {
    if (this.#emulator.child.exitCode === null) {
      /** @type {any} */ (this.#emulator.child.stdio[3]).write('0 poweroff -f\n');
    }
    await withLimit(this.#emulator.exited, powerOffLimitMs, 'power off').catch(() => this.#emulator.kill());
    await removeLink();
  }
}

/** @param {import('./guest_image.mjs').GuestImage} image @param {string} time of its clock at power on */
function emulatorCommand({ kernel, initramfs }, time) {
  const append = [
    'console=ttyS0 quiet panic=-1 net.ifnames=0 rdinit=/init',
    `board.life=${lifeSeconds} board.address=${link.guest}/${link.prefix}`,
  ];
  return [
    'qemu-system-x86_64',
    // Emulation, always: inside many virtual machines /dev/kvm exists and does not work.
    ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '2048'],
    ...['-rtc', `base=${time}`],
    ...['-nodefaults', '-no-user-config', '-display', 'none', '-no-reboot'],
    ...['-kernel', kernel, '-initrd', initramfs, '-append', append.join(' ')],
    ...['-virtfs', 'local,path=/,mount_tag=host,security_model=none,readonly=on,multidevs=remap'],
    ...['-netdev', `tap,id=link,ifname=${link.name},script=no,downscript=no`],
    ...['-device', 'virtio-net-pci,netdev=link,romfile='],
    ...['-serial', 'stdio'],
    ...['-chardev', 'socket,id=control,fd=3', '-serial', 'chardev:control'],
    ...['-chardev', 'socket,id=program,fd=4', '-serial', 'chardev:program'],
  ];
}

async function addLink() {
  await removeLink();
  await run('ip', ['tuntap', 'add', link.name, 'mode', 'tap']);
  await run('ip', ['address', 'add', `${link.host}/${link.prefix}`, 'dev', link.name]);
  await run('ip', ['link', 'set', link.name, 'up']);
}

async function removeLink() {
  await run('ip', ['link', 'delete', link.name]).catch(() => {});
}
