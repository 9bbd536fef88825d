// SPDX-License-Identifier: Apache-2.0
// What a camera's settings do to a V4L2 camera: flips by the camera and turns by the CPU, controls; and what
// `fanlight devices` says of it.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { daemonBinary, logDirectory } from '../support/paths.mjs';
import { createToken } from '../support/sign_in.mjs';
import { Guest } from './guest.mjs';

const suite = 'board';
const size = { width: 320, height: 180 };

/** Under emulation. */
const [suiteLimitMs, runLimitMs, stopLimitMs] = [600_000, 60_000, 30_000];

const vivid = { source: 'v4l2', device: '/dev/video0', ...size, framerate: 15 };

describe('the settings of a V4L2 camera', { timeout: suiteLimitMs }, () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-settings-'));
  const state = path.join(directory, 'state');
  const token = createToken(state, ['--owner']);
  /** @type {Guest} */
  let guest;
  /** @type {import('playwright-core').Browser} */
  let browser;
  let daemons = 0;

  before(async () => {
    guest = await Guest.boot();
    await guest.plugCameras();
    await guest.run(`cp -r '/host${state}' /host/run/state`);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await guest?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** @param {import('node:test').TestContext} t @param {Record<string, unknown>} camera one, besides its id */
  async function serve(t, camera) {
    const from = guest.log.lines.length;
    await guest.startDaemon(path.join(directory, `${++daemons}.toml`), { camera: [{ id: 'porch', ...camera }] });
    t.after(() => guest.stop(stopLimitMs));
    const viewer = await ViewerPage.open(browser, `${guest.url}/#token=${token}`, { suite });
    t.after(() => viewer.close());
    return { viewer, says: (/** @type {RegExp} */ line) => guest.log.waitFor(line, { timeout: runLimitMs, from }) };
  }

  /** @param {ViewerPage} viewer @param {string} name */
  async function watch(viewer, name) {
    await viewer.firstFrame(runLimitMs);
    await viewer.frames(15);
    await viewer.screenshot(name);
    const { frameWidth, frameHeight } = await viewer.videoStats();
    return [frameWidth, frameHeight];
  }

  test('have the camera turn its picture by itself where it can, and set its controls', async (t) => {
    const { viewer, says } = await serve(t, { ...vivid, rotate: 180, controls: { brightness: 200 } });
    assert.deepEqual(await watch(viewer, 'turned-by-the-camera'), [size.width, size.height]);
    await says(/'porch' runs: /);
    const set = await guest.run('inHost v4l2-ctl -d /dev/video0 -C horizontal_flip,vertical_flip,brightness');
    assert.deepEqual(set.split('\n'), ['horizontal_flip: 1', 'vertical_flip: 1', 'brightness: 200']);
  });

  test('turn by a quarter what the camera cannot, and take back what an earlier start set', async (t) => {
    const { viewer } = await serve(t, { ...vivid, rotate: 90 });
    assert.deepEqual(await watch(viewer, 'turned-by-a-quarter'), [size.height, size.width]);
    const set = await guest.run('inHost v4l2-ctl -d /dev/video0 -C horizontal_flip,vertical_flip');
    assert.deepEqual(set.split('\n'), ['horizontal_flip: 0', 'vertical_flip: 0']);
  });

  test('that a camera does not have are named', async (t) => {
    const { says } = await serve(t, { ...vivid, controls: { britness: 3 } });
    await says(/'porch' is away: '\/dev\/video0' has no control 'britness'; 'fanlight devices' lists those that it has/);
  });

  test('can be listed, with the modes of the camera, and the encoders', async (t) => {
    const text = await guest.run(`inHost ${daemonBinary} devices 2>/dev/null`);
    writeFileSync(path.join(logDirectory(suite), 'devices-guest.txt'), `${text}\n`);
    for (const line of text.split('\n')) t.diagnostic(line);
    assert.match(text, /^ {2}\/dev\/video0, vivid at platform:vivid-000$/m);
    assert.match(text, /^ {4}controls\.brightness = 0 to 255, default 128$/m);
    assert.match(text, /taken where nothing else is set: 1280x720 at [\d.]+ frames\/s, raw/);
    assert.match(text, /profile 'x86' \(PC\)/);
  });
});
