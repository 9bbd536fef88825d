// SPDX-License-Identifier: Apache-2.0
// A board's sysfs as a folder: what its files say is the test's, what reads them is real.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

export class SysfsBoard {
  root = mkdtempSync(path.join(os.tmpdir(), 'sysfs-'));

  /** @param {string} file @param {string} text */
  write(file, text) {
    const whole = path.join(this.root, file);
    mkdirSync(path.dirname(whole), { recursive: true });
    writeFileSync(whole, `${text}\n`);
  }

  /** @param {number} celsius */
  heat(celsius) {
    this.write('class/thermal/thermal_zone0/type', 'cpu-thermal');
    this.write('class/thermal/thermal_zone0/temp', String(celsius * 1000));
  }

  remove() {
    rmSync(this.root, { recursive: true, force: true });
  }
}
