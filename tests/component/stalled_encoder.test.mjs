// SPDX-License-Identifier: Apache-2.0
// An encoder that takes pictures and gives none: it alone is made anew, under the viewer who goes on. One that stood
// because the whole daemon did is none.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
// lint: allow nothing_sleeps: a stop of some seconds is what is looked at
import { setTimeout as pass } from 'node:timers/promises';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { preloaded } from './preloaded.mjs';

const suite = 'component';

test('an encoder that stalls is made anew, and the viewer stays', async (t) => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-stall-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const order = path.join(directory, 'stall');
  const config = testConfig();
  config.camera[0].encoder = 'x264enc';
  const daemon = await startDaemon({
    suite,
    name: 'stalled-encoder-daemon',
    config,
    env: { LD_PRELOAD: preloaded('stall.c', directory), STALL_ENCODER: order },
  });
  t.after(() => daemon.kill());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const viewer = await ViewerPage.open(browser, daemon.link, { suite, name: 'stalled-encoder' });
  await viewer.firstFrame();
  const peers = await viewer.peerCount();

  const from = viewer.signaling.lines.length;
  const at = performance.now();
  writeFileSync(order, '');
  await daemon.waitForLog(/warning camera: 'front-door': the encoder gives nothing of the pictures that come; it is made anew/);
  await daemon.waitForLog(/info camera: 'front-door': the encoder works again/);
  await viewer.frames(5);
  t.diagnostic(`${((performance.now() - at) / 1000).toFixed(1)} s from the stall to five new pictures`);

  assert.equal(await viewer.peerCount(), peers, 'the page needed no new peer connection');
  assert.equal(viewer.signaling.lines.slice(from).some((line) => line.includes('"away"')), false, 'the camera was told away');
  assert.equal(daemon.log.lines.filter((line) => line.includes("'front-door' runs")).length, 1, 'the source was started anew');
});

test('a daemon that was stopped for a while takes neither its encoder nor its camera for stalled', async (t) => {
  const config = testConfig();
  config.camera[0].encoder = 'x264enc';
  const daemon = await startDaemon({ suite, name: 'stopped-daemon', config });
  t.after(() => daemon.kill());
  const browser = await launchBrowser();
  t.after(() => browser.close());
  const viewer = await ViewerPage.open(browser, daemon.link, { suite, name: 'stopped-daemon' });
  await viewer.firstFrame();

  process.kill(daemon.pid, 'SIGSTOP');
  // Longer than encoders and cameras are waited for.
  await pass(4000);
  process.kill(daemon.pid, 'SIGCONT');
  await viewer.frames(30);

  const judged = daemon.log.lines.filter((line) => /gives nothing of the pictures|stopped giving pictures|works again/.test(line));
  assert.deepEqual(judged, []);
});
