// SPDX-License-Identifier: Apache-2.0
// A small computer with cameras: an emulated one with Debian's kernel, V4L2 devices by vivid, and a link to this one.

import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { LineLog, withLimit } from '../support/events.mjs';
import { logDirectory } from '../support/paths.mjs';
import { LoggedProcess } from '../support/process.mjs';
import { guestImage } from './guest_image.mjs';

const run = promisify(execFile);

/** From power on to the first command; seconds on an idle machine. */
const bootLimitMs = 120_000;
/** One command in the guest. */
const commandLimitMs = 60_000;
/** From power off to the end of the emulator. */
const powerOffLimitMs = 20_000;
/** The guest powers itself off after this long, so that nothing outlives a test that was killed; unless it says longer. */
const shortLifeSeconds = 900;

/** The link between test and guest, a TAP in the network namespace that the test runs in. */
const link = { name: 'board0', host: '10.79.0.1', guest: '10.79.0.2', prefix: 24 };

/** A module's parameters for one camera at /dev/video0 and nothing else. */
export const oneCamera = { n_devs: '1', node_types: '0x1', num_inputs: '1', input_types: '0x0' };

/** The same camera, at /dev/video5. */
export const oneCameraUnderAnotherNumber = { ...oneCamera, vid_cap_nr: '5' };

/** The same camera, at /dev/video0, and another one. */
export const twoCameras = { n_devs: '2', node_types: '0x1,0x1', num_inputs: '1,1', input_types: '0x0,0x0' };

/** @typedef {{ time?: string, disk?: string, lifeSeconds?: number, suite?: string }} Parts
 *  `time`: what its clock says first, as qemu's `-rtc base=`; without, the right one.
 *  `suite`: among whose logs its own are.
 *  `lifeSeconds`: after which it powers itself off, whoever still uses it.
 *  `disk`: an image with a Debian on it, which is started, and of which nothing is changed; without, the guest has the
 *  host's own files, and our init for a system. */

export class Machine {
  #emulator;
  #control;
  #output;
  #commands = 0;
  /** Into the lines of control: behind the last start. */
  #startedAt = 0;
  /** When the emulator was started, as performance.now(). */
  poweredOnAt = performance.now();

  /** @param {LoggedProcess} emulator @param {string} description @param {string} logs their folder */
  constructor(emulator, description, logs) {
    this.description = description;
    this.#emulator = emulator;
    this.#control = new LineLog('guest control', path.join(logs, 'guest-control.log'));
    this.#output = new LineLog('program in the guest', path.join(logs, 'guest-program.log'));
    this.#control.pump(/** @type {any} */ (emulator.child.stdio[3]));
    this.#output.pump(/** @type {any} */ (emulator.child.stdio[4]));
    void emulator.exited.then(() => {
      this.#control.end('the guest is off');
      this.#output.end('the guest is off');
    });
  }

  /**
   * Makes the image where needed and the link, and turns the power on.
   * @param {Parts} parts
   * @returns {Promise<[LoggedProcess, string, string]>} what the constructor takes
   */
  static async powerOn({ time = 'utc', disk, lifeSeconds = shortLifeSeconds, suite = 'board' }) {
    const image = await guestImage();
    const logs = logDirectory(suite);
    await addLink();
    const emulator = new LoggedProcess('guest console', emulatorCommand(image, { time, disk, lifeSeconds }), {
      logFile: path.join(logs, 'guest-console.log'),
      extraPipes: 2,
    });
    return [emulator, image.description, logs];
  }

  /** Waits until it takes commands; where it does not, it is off afterwards. */
  async started() {
    try {
      await this.restarted(bootLimitMs);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** Waits until it takes commands after it was turned on, or has restarted itself. @param {number} timeout */
  async restarted(timeout) {
    const { index } = await this.#control.waitFor(/^ready /, { timeout, from: this.#startedAt });
    this.#startedAt = index + 1;
  }

  /** Its address on the link. */
  get address() {
    return link.guest;
  }

  /** The test's address on the link, once the power is on. */
  get testAddress() {
    return link.host;
  }

  /** What it says: the program that it is for, or its journal. */
  get log() {
    return this.#output;
  }

  /**
   * Runs a line of shell in the guest, as root: in its initramfs, where `inHost` starts programs of the host's root, or on its disk.
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
    await this.run('until rmmod vivid 2>/dev/null; do :; done');
    await this.plugCameras(parameters);
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

/**
 * @param {import('./guest_image.mjs').GuestImage} image
 * @param {Required<Omit<Parts, 'disk'>> & Pick<Parts, 'disk'>} parts
 */
function emulatorCommand({ kernel, initramfs }, { time, disk, lifeSeconds }) {
  const append = [
    'console=ttyS0 quiet panic=-1 net.ifnames=0 rdinit=/init',
    `board.life=${lifeSeconds} board.address=${link.guest}/${link.prefix}`,
    ...(disk ? ['board.root=/dev/vda'] : []),
  ];
  return [
    'qemu-system-x86_64',
    // Emulation, always: inside many virtual machines /dev/kvm exists and does not work.
    ...['-accel', 'tcg,thread=multi', '-cpu', 'max', '-smp', '2', '-m', '2048'],
    ...['-rtc', `base=${time}`],
    ...['-nodefaults', '-no-user-config', '-display', 'none'],
    // Our own init cannot start twice.
    ...(disk ? [] : ['-no-reboot']),
    ...(disk ? ['-drive', `file=${disk},if=virtio,format=raw,snapshot=on`] : []),
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
