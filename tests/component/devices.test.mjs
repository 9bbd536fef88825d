// SPDX-License-Identifier: Apache-2.0
// `fanlight devices`: on this machine, and on one whose device tree says that it is another.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { daemonBinary, logDirectory } from '../support/paths.mjs';

const run = promisify(execFile);

/** @param {string} name of the log @param {[file: string, args: string[]]} command */
async function devices(name, [file, args]) {
  const { stdout } = await run(file, args);
  writeFileSync(path.join(logDirectory('component'), `devices-${name}.txt`), stdout);
  return stdout;
}

/** Root's own view of /sys/firmware, gone with the command. @param {string} model @param {string[]} compatible @returns {[string, string[]]} */
function onBoard(model, compatible) {
  const tree = '/sys/firmware/devicetree/base';
  const script = [
    'mount -t tmpfs none /sys/firmware',
    `mkdir -p ${tree}`,
    `printf '${compatible.map((each) => `${each}\\0`).join('')}' >${tree}/compatible`,
    `printf '${model}\\0' >${tree}/model`,
    `exec ${daemonBinary} devices`,
  ].join(' && ');
  return ['unshare', ['--mount', 'sh', '-c', script]];
}

/** The encoders, in their order, with what is said of each. @param {string} text */
const encodersOf = (text) => [...text.matchAll(/^ {2}(\w+enc) +(works|does not work)/gm)].map(([, name, verdict]) => [name, verdict]);

describe('fanlight devices', () => {
  test('says what can encode here, at which price, and what auto takes', async () => {
    const text = await devices('here', [daemonBinary, ['devices']]);
    assert.match(text, /^Board\n/);
    assert.match(text, /^ {2}x264enc +works, expect \d+ % of a core$/m);
    assert.match(text, /^ {2}'auto' takes \w+, the first that works/m);
  });

  test('knows a Raspberry Pi 4, whose encoder is missed where its driver is not there', async () => {
    const text = await devices('pi-4', onBoard('Raspberry Pi 4 Model B Rev 1.4', ['raspberrypi,4-model-b', 'brcm,bcm2711']));
    assert.match(text, /Raspberry Pi 4 Model B Rev 1\.4\n {2}profile 'raspberry-pi-4'/);
    assert.deepEqual(encodersOf(text).slice(0, 3), [
      ['v4l2h264enc', 'does not work'],
      ['x264enc', 'works'],
      ['openh264enc', 'works'],
    ]);
    assert.match(text, /'auto' takes x264enc, the first that works; it is software/);
  });

  test('tells the sensors of heat and power, and what they say now', async () => {
    const zone = '/sys/class/thermal/thermal_zone0';
    const script = [
      'mount -t tmpfs none /sys/class',
      `mkdir -p ${zone} /sys/class/hwmon/hwmon0`,
      `echo cpu-thermal >${zone}/type`,
      `echo 61500 >${zone}/temp`,
      'echo rpi_volt >/sys/class/hwmon/hwmon0/name',
      'echo 1 >/sys/class/hwmon/hwmon0/in0_lcrit_alarm',
      `exec ${daemonBinary} devices`,
    ].join(' && ');
    const text = await devices('sensors', ['unshare', ['--mount', 'sh', '-c', script]]);
    assert.match(text, /^Heat and power\n {2}under-voltage \(.*\)\n {2}cpu-thermal, hot from \d+ °C/m);
    assert.match(text, /^ {2}now: cpu-thermal is at 61\.5 °C\n {2}now: under-voltage yes, throttled /m);
  });

  test('knows that a Raspberry Pi 5 has no encoder of its own', async () => {
    const text = await devices('pi-5', onBoard('Raspberry Pi 5 Model B Rev 1.0', ['raspberrypi,5-model-b', 'brcm,bcm2712']));
    assert.match(text, /profile 'raspberry-pi-5'/);
    assert.deepEqual(encodersOf(text).slice(0, 2), [
      ['x264enc', 'works'],
      ['openh264enc', 'works'],
    ]);
    assert.match(text, /has no encoder in hardware/);
  });
});
