// SPDX-License-Identifier: Apache-2.0
// A small computer that boots a Debian of its own, with systemd, and gets Fanlight as people do: by its package.

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { debianDisk } from './debian_disk.mjs';
import { Machine } from './machine.mjs';

/** dpkg and the package's own scripts, under emulation. */
const installLimitMs = 300_000;

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

  /**
   * Runs a script of busybox's shell as the service is run, in its sandbox and in its place.
   * @param {string} script
   * @returns {Promise<string>} its output
   */
  async runInSandbox(script) {
    const folder = '/usr/lib/board';
    const dropIn = '/run/systemd/system/fanlight.service.d/probe.conf';
    await this.run(`mkdir -p ${folder} && cp /host/bin/busybox ${folder}/`);
    await this.write(`${folder}/probe.sh`, script);
    const said = '/run/probe.txt';
    await this.write(dropIn, `[Service]
Type=oneshot
Restart=no
WatchdogSec=0
ExecStart=
ExecStart=${folder}/busybox sh ${folder}/probe.sh
StandardOutput=truncate:${said}
`);
    try {
      await this.run('systemctl daemon-reload && systemctl restart fanlight');
      return await this.run(`cat ${said}`);
    } finally {
      await this.run(`rm -r ${path.dirname(dropIn)} ${folder} && systemctl daemon-reload && systemctl restart fanlight`);
    }
  }
}
