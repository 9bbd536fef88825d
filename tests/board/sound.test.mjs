// SPDX-License-Identifier: Apache-2.0
// ALSA's own devices: what a browser says is played by one, and heard by the other, since the card is a cable (snd-aloop). The
// card is pulled out and put back under both.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { addAxe, faultsOf } from '../browser/axe.mjs';
import { launchBrowser, microphoneOf, ViewerPage } from '../support/browser.mjs';
import { findChirps } from '../support/chirp.mjs';
import { PageEar } from '../support/page_ear.mjs';
import { logDirectory } from '../support/paths.mjs';
import { createToken } from '../support/sign_in.mjs';
import { writeChirp, writeWave } from '../support/wave_file.mjs';
import { Guest } from './guest.mjs';

const suite = 'board';
const rate = 48_000;
const camera = { id: 'porch', name: 'Porch', source: 'v4l2', width: 320, height: 180, framerate: 10, encoder: 'x264enc' };
/** Nothing is taken out of what is heard: it is what was said. */
const cable = {
  id: 'hall', microphone: 'alsa', microphone_device: 'plughw:Loopback,1', speaker: 'alsa', speaker_device: 'plughw:Loopback,0',
  voice_processing: false, duplex: 'full',
};
/** The card as the kernel binds it to its driver. */
const [driver, card] = ['/sys/bus/platform/drivers/snd_aloop', 'snd_aloop.0'];

/** Under emulation. */
const limitMs = 60_000;
const enough = 4 * rate;

describe('a sound card', { timeout: 600_000 }, () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-alsa-'));
  const state = path.join(directory, 'state');
  const token = createToken(state, ['--owner']);
  /** @type {Guest} */
  let guest;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {ViewerPage} */
  let viewer;
  /** @type {PageEar} */
  let ear;

  before(async () => {
    const voice = path.join(directory, 'voice.wav');
    writeChirp(voice, rate);
    guest = await Guest.boot();
    await guest.plugCameras();
    await guest.run('modprobe snd-aloop && inHost udevadm settle');
    await guest.run(`cp -r '/host${state}' /host/run/state`);
    await guest.startDaemon(path.join(directory, 'sound.toml'), { camera: [camera], audio: [cable] });
    browser = await launchBrowser({
      args: [
        ...microphoneOf(voice), '--autoplay-policy=no-user-gesture-required', `--unsafely-treat-insecure-origin-as-secure=${guest.url}`,
      ],
    });
    const profile = await browser.newContext({ locale: 'en', viewport: { width: 390, height: 844 }, bypassCSP: true });
    await addAxe(profile);
    viewer = await ViewerPage.openIn(profile, `${guest.url}/?camera=porch#token=${token}`, { suite, name: 'sound' });
    await viewer.firstFrame(limitMs);
  });

  after(async () => {
    await browser?.close();
    await guest?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  const button = (/** @type {string} */ name) => viewer.page.getByRole('button', { name, exact: true });
  const told = (/** @type {string} */ words) => viewer.page.getByText(words).first().waitFor({ timeout: limitMs });
  /** As the device tells it. @param {number} from @param {'microphone' | 'speaker'} device @param {string} wanted */
  const isTold = (from, device, wanted) =>
    viewer.waitForMessage(`${device} that is ${wanted}`, ({ type, audio }) => type === 'state' && audio?.[device]?.state === wanted, { from, timeout: limitMs });

  /** What was said, as it comes back; silence before. What came instead is kept as `NAME.wav`, where it is told on which way it was lost. @param {string} name */
  const heard = async (name) => {
    const end = performance.now() + limitMs;
    for (;;) {
      const samples = await ear.next(enough);
      const chirps = findChirps(samples, rate);
      if (chirps.length >= 2) return chirps;
      if (performance.now() < end) continue;
      writeWave(path.join(logDirectory(suite), `${name}.wav`), samples.map((sample) => Math.max(-1, Math.min(1, sample))), rate);
      const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
      assert.fail(`what was said does not come back; the loudest of 1 is ${loudest.toFixed(4)}, and the browser tells: ${await soundStatistics()}`);
    }
  };
  /** Of the newest peer connection: what its microphone takes, what it sends, what it gets. */
  const soundStatistics = () =>
    viewer.page.evaluate(async () => {
      const report = await /** @type {any} */ (globalThis).fanlightTestPeers.at(-1).getStats();
      const wanted = ['type', 'audioLevel', 'totalAudioEnergy', 'packetsSent', 'bytesSent', 'packetsReceived', 'bytesReceived', 'concealedSamples', 'silentConcealedSamples', 'totalSamplesReceived'];
      return JSON.stringify([...report.values()].filter(({ kind, type }) => kind === 'audio' && type !== 'codec'), [...wanted]);
    });

  test('plays what is said and hears what is played', async (t) => {
    await button('Turn sound on').click();
    await button('Talk').click();
    await told('They hear you');
    ear = await PageEar.open(viewer.page, rate);
    const chirps = await heard('sound-card');
    t.diagnostic(chirps.map(({ at, likeness }) => `${at.toFixed(3)} s, ${(100 * likeness).toFixed(0)} % like it`).join('; '));
    await viewer.screenshot('sound-card');
  });

  test('that is pulled out is told to who talks and listens, and the picture goes on', async (t) => {
    const from = viewer.signaling.lines.length;
    await guest.run(`echo ${card} >${driver}/unbind`);
    await Promise.all([isTold(from, 'microphone', 'away'), isTold(from, 'speaker', 'away')]);
    await viewer.frames(10);
    await viewer.screenshot('sound-card-away');
    assert.deepEqual(await faultsOf(viewer.page), []);
    t.diagnostic((await viewer.page.locator('.notice').allInnerTexts()).join(' | '));
  });

  test('that is put back is played on and heard again, by itself', async (t) => {
    const from = viewer.signaling.lines.length;
    const back = performance.now();
    await guest.run(`echo ${card} >${driver}/bind && inHost udevadm settle`);
    await isTold(from, 'microphone', 'live');
    // Where nothing was heard for too long, as a busy computer may have it, the turn is over.
    if ((await button('Talk').getAttribute('aria-pressed')) === 'false') await button('Talk').click();
    await isTold(from, 'speaker', 'live');
    t.diagnostic(`both live ${((performance.now() - back) / 1000).toFixed(1)} s after the command to put it back`);
    await told('They hear you');
    const chirps = await heard('sound-card-back');
    t.diagnostic(chirps.map(({ at, likeness }) => `${at.toFixed(3)} s, ${(100 * likeness).toFixed(0)} % like it`).join('; '));
  });

  test('lets the daemon end well', async () => {
    await viewer.close();
    assert.equal(await guest.stop(limitMs), 0);
  });
});
