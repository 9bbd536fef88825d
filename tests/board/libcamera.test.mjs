// SPDX-License-Identifier: Apache-2.0
// Cameras by libcamera in a guest, Chromium outside: vimc, which is the kernel's, and libcamera's own virtual one.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { daemonBinary, logDirectory } from '../support/paths.mjs';
import { BoardStage } from './board_stage.mjs';

/** vimc takes sizes by six only, libcamera before 0.5.1 widths by 64. */
const size = { width: 384, height: 216 };
const vimc = { source: 'libcamera', ...size, framerate: 15 };
const id = 'platform/vimc.0 Sensor B';
const idPattern = id.replaceAll('.', '\\.');

/**
 * libcamera's handler of vimc, unlike those of real cameras, looks at a request after it has given it back, which the
 * plugin has freed by then where its thread was quicker. On one processor, which nobody is taken from within a tenth of a second,
 * it hardly ever is.
 */
const inTurn = ['taskset', '1', 'chrt', '--rr', '1'];

/** Under emulation. */
const [suiteLimitMs, commandLimitMs] = [800_000, 120_000];

/** Of the plugin: "0.4.0". */
const version = execFileSync('gst-inspect-1.0', ['libcamera'], { encoding: 'utf8' }).match(/Version +(\S+)/)?.[1] ?? '';
const [major, minor] = version.split('.').map(Number);
const isFrom04 = major > 0 || minor >= 4;

const virtualCamera = `"Virtual0":
  supported_formats:
  - width: 640
    height: 360
    frame_rates: [15, 30]
  test_pattern: "bars"
  location: "CameraLocationFront"
  model: "Virtual Video Device"
`;

/** @param {import('./guest.mjs').Guest} guest */
async function plugVimc(guest) {
  await guest.run('modprobe vimc');
  await guest.run('inHost udevadm settle');
}

/**
 * libcamera has virtual cameras where this file is.
 * @param {import('./guest.mjs').Guest} guest
 */
async function plugVirtual(guest) {
  const folder = '/host/usr/share/libcamera';
  const lines = virtualCamera.split('\n').map((line) => `'${line}'`);
  await guest.run(`cp -r ${folder} /run/libcamera && mount -t tmpfs none ${folder} && cp -r /run/libcamera/. ${folder}/`);
  await guest.run(`mkdir -p ${folder}/pipeline/virtual`);
  await guest.run(`printf '%s\\n' ${lines.join(' ')} >${folder}/pipeline/virtual/virtual.yaml`);
}

describe('a camera of libcamera', { timeout: suiteLimitMs }, () => {
  const stage = new BoardStage(plugVimc, inTurn);

  test('is shown by its id', async (t) => {
    const { viewer, says } = await stage.serve(t, { ...vimc, device: id });
    assert.deepEqual(await stage.watch(viewer, 'libcamera-vimc'), [size.width, size.height]);
    const { match } = await says(new RegExp(`'porch' runs: libcamera ${version.replaceAll('.', '\\.')}, '${idPattern}', .*`));
    t.diagnostic(match[0]);
  });

  test('is found where it is not named, and turned', async (t) => {
    const { viewer } = await stage.serve(t, { ...vimc, device: 'auto', rotate: 90 });
    assert.deepEqual(await stage.watch(viewer, 'libcamera-turned'), [size.height, size.width]);
  });

  test('is found where no source is named, either: V4L2 alone gives no picture of it', async (t) => {
    const { viewer, says } = await stage.serve(t, { ...vimc, source: 'auto' });
    await says(new RegExp(`'porch' runs: libcamera .*'${idPattern}'`));
    assert.deepEqual(await stage.watch(viewer, 'libcamera-auto'), [size.width, size.height]);
  });

  test('gives no more pictures than it was asked for', async (t) => {
    // vimc gives what it can, and knows of no rate.
    const { viewer } = await stage.serve(t, { ...vimc, framerate: 5 });
    await stage.watch(viewer, 'libcamera-slow');
    const start = await viewer.videoStats();
    await viewer.frames(20);
    const end = await viewer.videoStats();
    const rate = ((end.framesReceived - start.framesReceived) * 1000) / (end.timestamp - start.timestamp);
    t.diagnostic(`${rate.toFixed(1)} frames a second`);
    assert.ok(rate < 8, `${rate} frames a second instead of 5`);
  });

  // Not while it runs: libcamera 0.0.3 aborts the process where the device of a running camera goes.
  test('is told away while its driver has none, and is shown once it has one', async (t) => {
    const driver = '/sys/bus/platform/drivers/vimc';
    await stage.guest.run(`echo vimc.0 >${driver}/unbind`);
    const { viewer, says } = await stage.serve(t, vimc);
    await says(/'porch' is (still )?away: libcamera finds no camera/);
    await stage.guest.run(`echo vimc.0 >${driver}/bind`);
    await says(/'porch' is back/);
    await stage.watch(viewer, 'libcamera-came');
  });

  test('that is not there is named', async (t) => {
    const { says } = await stage.serve(t, { ...vimc, device: '/base/soc/i2c0mux/i2c@1/imx708@1a' });
    await says(/'porch' is away: libcamera finds no camera '\/base\/soc\/i2c0mux\/i2c@1\/imx708@1a'/);
  });

  test('takes controls from 0.4.0 on, and names those that it does not', async (t) => {
    const { says } = await stage.serve(t, { ...vimc, controls: { 'af-mood': 'continuous' } });
    const { match } = await says(/'porch' is away: libcamera lets no control 'af-mood' be set on .*/);
    t.diagnostic(match[0]);
    assert.equal(/0\.4\.0 and later take controls/.test(match[0]), !isFrom04);
  });

  test('runs with controls', { skip: isFrom04 ? false : `libcamera ${version} takes none` }, async (t) => {
    const { viewer, says } = await stage.serve(t, { ...vimc, controls: { brightness: 0.4, 'ae-enable': true } });
    await stage.watch(viewer, 'libcamera-brighter');
    await says(/'porch' runs: libcamera /);
  });

  test('is told what a control takes', { skip: isFrom04 ? false : `libcamera ${version} takes none` }, async (t) => {
    const { says } = await stage.serve(t, { ...vimc, controls: { 'af-mode': 'sharp' } });
    await says(/the control 'af-mode' of '.*' takes 'manual', 'auto' or 'continuous', not 'sharp'/);
  });

  test('is served without a camera in the config', async (t) => {
    const { says } = await stage.serveAll(t, []);
    await says(/found by libcamera \(platform\/vimc\.0 Sensor B\); it is served as 'vimc-0-sensor-b'/);
  });

  test('is listed, and so is what can be set', async (t) => {
    const text = await stage.guest.run(`inHost env GST_REGISTRY=/run/gstreamer-registry.bin ${daemonBinary} devices 2>/dev/null`, {
      timeout: commandLimitMs,
    });
    writeFileSync(path.join(logDirectory('board'), 'devices-libcamera.txt'), `${text}\n`);
    for (const line of text.split('\n')) t.diagnostic(line);
    assert.match(text, new RegExp(`^ {2}device = "${idPattern}"$`, 'm'));
    assert.match(text, /^ {4}a part of a camera that libcamera is for$/m);
    assert.match(text, isFrom04 ? /^ {4}controls\.af-mode = 'manual', 'auto' or 'continuous'$/m : /lets no controls be set/);
  });

  test('may be virtual', { skip: isFrom04 ? false : `libcamera ${version} has none, 0.4.0 and later have` }, async (t) => {
    await plugVirtual(stage.guest);
    const { viewer, says } = await stage.serve(t, { source: 'libcamera', device: 'Virtual0', width: 640, height: 360, framerate: 15 });
    assert.deepEqual(await stage.watch(viewer, 'libcamera-virtual'), [640, 360]);
    t.diagnostic((await says(/'porch' runs: .*/)).match[0]);
  });
});
