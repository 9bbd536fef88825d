// SPDX-License-Identifier: Apache-2.0
// A key or a line of a chip rings: every open page says so, and a webhook is told of it with a picture of the camera. Other
// lines are driven: a door's, by who may open it, and a lamp's while somebody watches. All are the kernel's own: the key is
// made by a program (uinput), the chip by the kernel (gpio-sim).

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { addAxe, faultsOf } from '../browser/axe.mjs';
import { median } from '../bench/figures.mjs';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { createToken } from '../support/sign_in.mjs';
import { readForm, WebhookReceiver } from '../support/webhook_receiver.mjs';
import { Guest } from './guest.mjs';

const suite = 'board';
const camera = { id: 'porch', name: 'Porch', source: 'v4l2', width: 320, height: 180, framerate: 15, encoder: 'x264enc' };
const rings = 'Somebody rings at Porch';
/** A line of the chip, and the folders that set it up and pull it. */
const line = { number: 3, name: 'GATE' };
const [door, lamp] = [5, 6];
const pulseMs = 1000;
const config = '/sys/kernel/config/gpio-sim/door';

/** Under emulation. */
const [pageLimitMs, stopLimitMs] = [60_000, 30_000];
/** One input rings no sooner. */
const ringPauseMs = 5000;
const times = 5;

describe('a doorbell', { timeout: 600_000 }, () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-doorbell-'));
  const state = path.join(directory, 'state');
  const token = createToken(state, ['--owner']);
  const button = path.join(directory, 'button');
  const receiver = new WebhookReceiver();
  /** @type {Guest} */
  let guest;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** Of the button's program in the guest. */
  let pid = '';
  /** @type {ViewerPage} */
  let wall;
  /** @type {ViewerPage} */
  let screen;

  const plug = async () => {
    pid = await guest.inBackground(button);
    await guest.run('until grep -qs fanlight-button /sys/class/input/event*/device/name; do :; done; inHost udevadm settle');
    const found = await guest.run('grep -l fanlight-button /sys/class/input/event*/device/name');
    return `/dev/input/${found.split('/')[4]}`;
  };
  /** The line is pulled to ground from the beginning, where it is active. @returns {Promise<string>} the chip */
  const plugChip = async () => {
    await guest.run('modprobe gpio-sim && mount -t configfs configfs /sys/kernel/config');
    await guest.run(`mkdir -p ${config}/bank/line${line.number} && echo 8 >${config}/bank/num_lines`);
    await guest.run(`echo ${line.name} >${config}/bank/line${line.number}/name && echo 1 >${config}/live`);
    return `/dev/${await guest.run(`cat ${config}/bank/chip_name`)}`;
  };
  const pull = (/** @type {'up' | 'down'} */ where) =>
    guest.run(`echo pull-${where} >${lineOf(line.number)}/pull`);
  const lineOf = (/** @type {number} */ number) => `/sys/devices/platform/$(cat ${config}/dev_name)/$(cat ${config}/bank/chip_name)/sim_gpio${number}`;
  /** The shell of the guest asks as fast as it can, up to the test's own limit. */
  const untilLine = (/** @type {number} */ number, /** @type {0 | 1} */ value) => guest.run(`until grep -qx ${value} ${lineOf(number)}/value; do :; done`);
  const press = () => guest.run(`kill -USR1 ${pid}`);
  /** Until the pause is over a press says nothing: one that rings is waited for. @returns {Promise<number>} when it was pressed, or before */
  const pressUntilItRings = async () => {
    const from = guest.log.lines.length;
    const begun = performance.now();
    // Its line may come after the next press.
    for (let [before, last] = [begun, begun]; ; [before, last] = [last, performance.now()]) {
      await press();
      if (guest.log.lines.slice(from).some((said) => said.includes("somebody rings by 'bell'"))) return before;
      assert.ok(last - begun < 4 * ringPauseMs, 'no press rings');
    }
  };
  const banner = (/** @type {ViewerPage} */ { page }) => page.getByRole('region', { name: rings });

  before(async () => {
    execFileSync('cc', ['-O2', '-o', button, fileURLToPath(new URL('button.c', import.meta.url))]);
    guest = await Guest.boot();
    await guest.plugCameras();
    await guest.run('modprobe -a uinput evdev');
    await guest.run(`cp -r '/host${state}' /host/run/state`);
    const device = await plug();
    const webhook = `${await receiver.listen(guest.testAddress)}/hook`;
    const chip = await plugChip();
    const input = [
      { id: 'bell', name: 'Porch', device, key: 'KEY_ENTER', webhook },
      { id: 'gate', name: 'Gate', source: 'gpio', chip, line: line.name, active_low: true },
    ];
    const output = [
      { id: 'door', name: 'Porch door', chip, line: String(door), pulse: `${pulseMs}ms` },
      { id: 'lamp', chip, line: String(lamp), on: 'watch' },
    ];
    await guest.startDaemon(path.join(directory, 'doorbell.toml'), { camera: [camera], input, output });
    browser = await launchBrowser();
    const visit = async (/** @type {{ width: number, height: number }} */ viewport) => {
      const profile = await browser.newContext({ locale: 'en', viewport });
      await addAxe(profile);
      return ViewerPage.openIn(profile, `${guest.url}/#token=${token}`, { suite, name: 'doorbell' });
    };
    wall = await visit({ width: 1280, height: 720 });
    screen = await visit({ width: 390, height: 844 });
    for (const viewer of [wall, screen]) await viewer.firstFrame(pageLimitMs);
  });

  after(async () => {
    await browser?.close();
    await guest?.close();
    await receiver.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('is told on two pages, and to a webhook with a picture', async (t) => {
    const pressed = performance.now();
    await press();
    const shown = Promise.all([wall, screen].map((viewer) => banner(viewer).waitFor({ timeout: pageLimitMs }).then(() => performance.now())));
    const request = await receiver.until(1);
    const [first, second] = await shown;

    t.diagnostic(`banner on two pages ${Math.round(first - pressed)} and ${Math.round(second - pressed)} ms after the command to press`);
    t.diagnostic(`webhook received ${Math.round(request.at - pressed)} ms after it, ${request.body.length} bytes`);
    const { fields, still } = await readForm(request);
    assert.deepEqual({ ...fields, time: 0 }, { event: 'ring', device: fields.device, input: 'bell', name: 'Porch', camera: 'porch', time: 0 });
    assert.equal(still?.type, 'image/jpeg');
    for (const viewer of [wall, screen]) assert.deepEqual(await faultsOf(viewer.page), []);
    await wall.screenshot('doorbell-desktop');
    await screen.screenshot('doorbell-phone');
  });

  test('that is answered on one page is answered on the other', async () => {
    await screen.page.getByRole('button', { name: 'Answer' }).click();

    await wall.page.getByRole('region', { name: /answered/i }).waitFor();
    await banner(screen).waitFor({ state: 'detached' });
    await wall.page.getByRole('region', { name: /answered/i }).waitFor({ state: 'detached', timeout: pageLimitMs });
  });

  test('reaches the page within milliseconds', async (t) => {
    const all = [];
    for (let count = 0; count < times; ++count) {
      const from = wall.signaling.lines.length;
      const pressed = await pressUntilItRings();
      await wall.waitForMessage('ring', ({ type }) => type === 'ring', { from, timeout: pageLimitMs });
      all.push(performance.now() - pressed);
    }
    t.diagnostic(`from the command to press to the message in the browser, ${times} times: ${Math.round(median(all))} ms in the median, ${Math.round(Math.max(...all))} at most`);
  });

  test('on a line of a chip rings when it goes low, not because it was', async (t) => {
    const ring = /somebody rings by 'gate'/;
    assert.ok(!guest.log.lines.some((said) => ring.test(said)), 'not at the start');
    await pull('up');
    const pressed = performance.now();
    await pull('down');
    await wall.page.getByRole('region', { name: 'Somebody rings at Gate' }).waitFor({ timeout: pageLimitMs });
    t.diagnostic(`banner ${Math.round(performance.now() - pressed)} ms after the command to pull`);
    assert.equal(guest.log.lines.filter((said) => ring.test(said)).length, 1);
  });

  test('that is pulled out and put back rings again', async () => {
    const from = guest.log.lines.length;
    await guest.run(`kill -TERM ${pid}`);
    await guest.log.waitFor(/nobody can ring by input 'bell': /, { timeout: pageLimitMs, from });
    await plug();
    await guest.log.waitFor(/input 'bell' is back/, { timeout: pageLimitMs, from });
    await pressUntilItRings();
  });

  test('has a door, which opens for its time at the second press, and a lamp that tells that somebody watches', async (t) => {
    await untilLine(lamp, 1);
    assert.equal(await guest.run(`cat ${lineOf(door)}/value`), '0');
    await screen.page.getByRole('main').getByRole('button', { name: 'Open Porch door' }).click();
    const opened = untilLine(door, 1).then(() => performance.now());
    const pressed = performance.now();
    await screen.page.getByRole('main').getByRole('button', { name: 'Really open Porch door?' }).click();
    t.diagnostic(`line active ${Math.round((await opened) - pressed)} ms after the second press`);
    await screen.page.getByRole('main').getByRole('button', { name: 'Porch door is open' }).waitFor();
    await untilLine(door, 0);
    t.diagnostic(`and inactive ${Math.round(performance.now() - pressed)} ms after it, for a pulse of ${pulseMs}`);
    assert.ok(guest.log.lines.some((said) => said.includes("opens 'door'")));
  });

  test('whose device never was there keeps nobody from watching, and the daemon ends well', async () => {
    await wall.close();
    await screen.close();
    await untilLine(lamp, 0);
    assert.equal(await guest.stop(stopLimitMs), 0);
    const from = guest.log.lines.length;
    const input = [{ id: 'bell', source: 'gpio', chip: '/dev/gpiochip9', line: 'GPIO17' }];
    await guest.startDaemon(path.join(directory, 'no-chip.toml'), { camera: [camera], input });
    await guest.log.waitFor(/nobody can ring by input 'bell': '\/dev\/gpiochip9' cannot be opened: it is not there/, { timeout: pageLimitMs, from });
    assert.equal(await guest.stop(stopLimitMs), 0);
  });
});
