// SPDX-License-Identifier: Apache-2.0
// A small computer that boots a Debian of its own, with systemd, and gets Fanlight as people do: by its package.

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { debianDisk } from './debian_disk.mjs';
import { Machine } from './machine.mjs';

/** dpkg and the package's own scripts, under emulation. */
const installLimitMs = 300_000;

/** In which the sandbox lets programs run. */
const probeFolder = '/usr/lib/board';

/** What the package asks for, by the first name of each. @param {string} file */
function dependencies(file) {
  const fields = execFileSync('dpkg-deb', ['-f', file, 'Depends'], { encoding: 'utf8' });
  return fields.split(',').map((one) => one.trim().split(/[\s|(]/)[0]).sort();
}

/** The disk that such a guest boots from. @param {string} file of the package */
export const diskFor = (file) => debianDisk(dependencies(file));

export class DebianGuest extends Machine {
  /**
   * @param {string} disk see diskFor()
   * @param {Omit<import('./machine.mjs').Parts, 'disk'>} [parts]
   * @returns {Promise<DebianGuest>} it takes commands
   */
  static async boot(disk, parts = {}) {
    const guest = new DebianGuest(...(await Machine.powerOn({ ...parts, disk })));
    await guest.started();
    await guest.run('systemctl is-system-running --wait');
    return guest;
  }

  /**
   * Installs, or brings what is installed to its newest version.
   * @param {string[]} lines that a person would type @returns {Promise<string>} what apt and the package said
   */
  async install(lines) {
    const said = [];
    // Nobody is there to answer a question, and what the guest reads its commands from is no answer.
    for (const line of lines) said.push(await this.run(`{ ${line}; } </dev/null`, { timeout: installLimitMs }));
    return said.join('\n');
  }

  /** A property of the service's. @param {string} name */
  property(name) {
    return this.run(`systemctl show -P ${name} fanlight`);
  }

  /**
   * Writes a file into the guest. @param {string} file @param {string} text
   */
  async write(file, text) {
    const bytes = Buffer.from(text).toString('base64');
    await this.run(`mkdir -p '${path.dirname(file)}' && echo ${bytes} | base64 -d >'${file}'`);
  }

  /** Changes the service's unit, from its next start on. @param {string} name @param {string} text of the drop-in */
  async dropIn(name, text) {
    await this.write(`/etc/systemd/system/fanlight.service.d/${name}.conf`, text);
    await this.run('systemctl daemon-reload');
  }

  /** Puts a script of busybox's shell where the service may run programs. @param {string} script @returns {Promise<string>} what runs it */
  async #putProbe(script) {
    await this.run(`mkdir -p ${probeFolder} && cp /host/bin/busybox ${probeFolder}/`);
    await this.write(`${probeFolder}/probe.sh`, script);
    return `${probeFolder}/busybox sh ${probeFolder}/probe.sh`;
  }

  /**
   * Runs a script of busybox's shell as the service is run, in its sandbox and in its place.
   * @param {string} script
   * @returns {Promise<string>} its output
   */
  async runInSandbox(script) {
    const dropIn = '/run/systemd/system/fanlight.service.d/probe.conf';
    const said = '/run/probe.txt';
    await this.write(dropIn, `[Service]
Type=oneshot
Restart=no
WatchdogSec=0
ExecStart=
ExecStart=${await this.#putProbe(script)}
StandardOutput=truncate:${said}
`);
    try {
      await this.run('systemctl daemon-reload && systemctl restart fanlight');
      return await this.run(`cat ${said}`);
    } finally {
      await this.run(`rm -r ${path.dirname(dropIn)} ${probeFolder} && systemctl daemon-reload && systemctl restart fanlight`);
    }
  }

  /** Runs the same beside the service, with its folders and without its sandbox. @param {string} script @returns {Promise<string>} its output */
  async runAsRoot(script) {
    const folders = 'STATE_DIRECTORY=/var/lib/fanlight CACHE_DIRECTORY=/var/cache/fanlight RUNTIME_DIRECTORY=/run/fanlight';
    const command = await this.#putProbe(script);
    try {
      return await this.run(`${folders} ${command} </dev/null`);
    } finally {
      await this.run(`rm -r ${probeFolder}`);
    }
  }
}
