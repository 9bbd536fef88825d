// SPDX-License-Identifier: Apache-2.0
// Real V4L2 input: the daemon in a guest with a vivid camera, Chromium outside, a network link between them.
// vivid gives raw formats only (the first test says which); sources.test.mjs has the others.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { createToken } from '../support/sign_in.mjs';
import { Guest } from './guest.mjs';
import { oneCameraUnderAnotherNumber, twoCameras } from './machine.mjs';
import { readOverlay } from './overlay.mjs';

const suite = 'board';
const camera = {
  id: 'front-door',
  source: 'v4l2',
  device: '/dev/v4l/by-path/platform-vivid.0-video-index0',
  width: 640,
  height: 360,
  framerate: 15,
  encoder: 'x264enc',
};

/** The whole suite; it takes two minutes where nothing is wrong. */
const suiteLimitMs = 600_000;
/** From the page's address to the first picture, under emulation. */
const firstFrameLimitMs = 60_000;
/** Until the viewer is told that the camera is away: 3 s without a frame, and the emulation's slowness. */
const awayLimitMs = 30_000;
/** Until the camera is live again: the longest pause between two tries, and the camera's own start. */
const backLimitMs = 60_000;
/** From SIGTERM to the daemon's end, under emulation. */
const stopLimitMs = 30_000;

const size = `${camera.width}x${camera.height}`;
// So many frames are waited for, and this share of those that come meanwhile must be decoded rather than skipped.
const frames = { awaited: 45, decoded: 2 / 3 };

describe('a board with a vivid camera', { timeout: suiteLimitMs }, () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-board-'));
  const state = path.join(directory, 'state');
  const token = createToken(state, ['--owner']);
  /** Milliseconds since power on. @type {Record<string, number>} */
  const reached = {};
  /** @type {Guest} */
  let guest;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {ViewerPage} */
  let viewer;

  /** @param {string} name of the config @param {import('../support/toml.mjs').TomlTable} sections */
  const startDaemon = (name, sections) => guest.startDaemon(path.join(directory, `${name}.toml`), sections);

  before(async () => {
    guest = await Guest.boot();
    const mark = (/** @type {string} */ what) => (reached[what] = Math.round(performance.now() - guest.poweredOnAt));
    mark('first command');
    await guest.plugCameras();
    mark('/dev/video0');
    await guest.run(`cp -r '/host${state}' /host/run/state`);

    await startDaemon('one-camera', { camera: [camera] });
    mark('listening');

    browser = await launchBrowser();
    mark('browser started');
    // Twice the pixels: vivid's letters are 8x16, too small to be recognised as they are.
    const context = { viewport: { width: 1280, height: 720 }, deviceScaleFactor: 2 };
    viewer = await ViewerPage.open(browser, `${guest.url}/#token=${token}`, { suite, context });
    await viewer.firstFrame(firstFrameLimitMs);
    mark('first frame');
  });

  after(async () => {
    await browser?.close();
    await guest?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test("video decodes at the camera's size", async (t) => {
    t.diagnostic(`kernel: ${guest.description}`);
    for (const [what, ms] of Object.entries(reached)) t.diagnostic(`${what}: ${ms} ms after power on`);
    const formats = await guest.run('inHost v4l2-ctl -d /dev/video0 --list-formats');
    const fourccs = [...formats.matchAll(/'([^']+)'/g)].map((match) => match[1]);
    const packed = fourccs.filter((fourcc) => /^(MJPG|JPEG|H264|HEVC)$/.test(fourcc));
    t.diagnostic(`vivid offers ${fourccs.length} formats; compressed: ${packed.join(' ') || 'none'}`);

    const stats = await viewer.videoStats();

    assert.deepEqual([stats.frameWidth, stats.frameHeight], [camera.width, camera.height]);
    await viewer.screenshot('vivid');
  });

  test('frames keep coming', async (t) => {
    const start = await viewer.videoStats();

    await viewer.frames(frames.awaited);

    const end = await viewer.videoStats();
    const received = end.framesReceived - start.framesReceived;
    const decoded = end.framesDecoded - start.framesDecoded;
    const seconds = (end.timestamp - start.timestamp) / 1000;
    t.diagnostic(`${(decoded / seconds).toFixed(1)} frames decoded a second, the camera gives ${camera.framerate}`);
    assert.ok(decoded >= received * frames.decoded, `${decoded} frames decoded of ${received} that came`);
  });

  test("vivid's text overlay is readable on the page, and its clock moves on", async (t) => {
    let earlier, later;
    // A digit of either may be misread.
    for (let attempt = 0; attempt < 3 && !(earlier && later && later.clockMs > earlier.clockMs); attempt++) {
      earlier = await readOverlay(viewer, 'overlay', size);
      await viewer.frames(frames.awaited);
      later = await readOverlay(viewer, 'overlay-later', size);
      t.diagnostic(`read: ${earlier.text.trim().replaceAll(/\n+/g, ' | ')}`);
    }

    assert.ok(earlier && later && later.clockMs > earlier.clockMs, `the clock went from ${earlier?.clockMs} to ${later?.clockMs} ms`);
  });

  test('a camera that gives no frames is shown as away and comes back while the viewer stays', async (t) => {
    const drop = (/** @type {number} */ percent) =>
      guest.run(`inHost v4l2-ctl -d /dev/video0 --set-ctrl percentage_of_dropped_buffers=${percent}`);

    t.after(() => drop(0));
    await expectAwayAndBack(t, 'stalled', () => drop(100), () => drop(0));
  });

  test('a camera that is unplugged is shown as away and comes back while the viewer stays', async (t) => {
    await expectAwayAndBack(t, 'unplugged', () => guest.unplugCamera(), () => guest.replugCamera());
  });

  test('a camera that is named by a link comes back under another number', async (t) => {
    await expectAwayAndBack(t, 'renumbered', () => guest.replugCameras(oneCameraUnderAnotherNumber));

    const devices = await openDevices();
    assert.ok(devices.some((file) => file.endsWith('/dev/video5')), `what the link leads to now is read: ${devices.join(', ')}`);
  });

  test('the daemon ends with code 0 when asked to', async () => {
    const from = guest.log.lines.length;
    await viewer.close();
    await guest.log.waitFor(/ ended: /, { timeout: stopLimitMs, from });
    assert.equal(await guest.stop(stopLimitMs), 0);
  });

  test('without a camera in the config, one that was found comes back under another number, and others are added', async () => {
    const from = guest.log.lines.length;
    const says = (/** @type {RegExp} */ line) => guest.log.waitFor(line, { timeout: backLimitMs, from });
    await startDaemon('no-camera', {});
    await says(/found \/dev\/video5 \(vivid at platform:vivid-000\); it is served as 'vivid'/);
    viewer = await ViewerPage.open(browser, `${guest.url}/#token=${token}`, { suite });
    await says(/'vivid' runs: \/dev\/video5 /);

    await guest.replugCameras(twoCameras);

    await says(/found \/dev\/video1 \(vivid at platform:vivid-001\); it is served as 'vivid-2'/);
    await says(/'vivid' runs: \/dev\/video0 /);
    assert.equal(await guest.stop(stopLimitMs), 0);
  });

  async function openDevices() {
    return (await guest.openFiles()).filter((file) => file.includes('/dev/video'));
  }

  /**
   * @param {import('node:test').TestContext} t
   * @param {string} name of the pictures
   * @param {() => Promise<unknown>} takeAway
   * @param {() => Promise<unknown>} [bringBack] where that is not the end of the former
   */
  async function expectAwayAndBack(t, name, takeAway, bringBack = async () => {}) {
    const peers = await viewer.peerCount();
    const devices = await openDevices();
    const from = viewer.signaling.lines.length;

    await takeAway();
    const gone = performance.now();
    const away = await viewer.waitForCamera('away', { camera: camera.id, timeout: awayLimitMs, from });
    t.diagnostic(`away after ${Math.round(performance.now() - gone)} ms: ${away.message.reason}`);
    await viewer.screenshot(`${name}-away`);
    await bringBack();
    const back = performance.now();
    await viewer.waitForCamera('live', { camera: camera.id, timeout: backLimitMs, from: away.index + 1 });
    await viewer.frames(frames.awaited);
    t.diagnostic(`${frames.awaited} frames after ${Math.round(performance.now() - back)} ms`);

    const devicesAfter = await openDevices();
    assert.ok(away.message.reason, 'the viewer is told why');
    assert.equal(devicesAfter.length, devices.length, `the device that went was closed: ${devicesAfter.join(', ')}`);
    assert.ok(!devicesAfter.some((file) => file.endsWith('(deleted)')), `none is stale: ${devicesAfter.join(', ')}`);
    assert.equal(await viewer.peerCount(), peers, 'the page needed no new peer connection');
    const ends = viewer.signaling.lines.slice(from).filter((line) => /"type":\s*"bye"/.test(line));
    assert.deepEqual(ends, [], 'no session was ended');
    await readOverlay(viewer, `${name}-back`, size);
  }
});
