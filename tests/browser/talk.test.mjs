// SPDX-License-Identifier: Apache-2.0
// Talking through a camera's speaker: a real browser's microphone, a real sound server, and nobody heard who may not be.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, microphoneOf, ViewerPage } from '../support/browser.mjs';
import { findChirps } from '../support/chirp.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { createToken } from '../support/sign_in.mjs';
import { SoundServer, soundRate } from '../support/sound_server.mjs';
import { writeChirp } from '../support/wave_file.mjs';
import { addAxe, faultsOf } from './axe.mjs';

const suite = 'browser';
const phone = { width: 390, height: 844 };

describe('who talks through a camera', () => {
  /** @type {SoundServer} */
  let sound;
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-voice-'));

  before(async () => {
    const voice = path.join(folder, 'voice.wav');
    writeChirp(voice, soundRate);
    sound = await SoundServer.start({ suite, name: 'talk-sound-server' });
    daemon = await startDaemon({
      suite, name: 'talk-daemon', env: sound.env,
      config: testConfig({ audio: [{ id: 'hall', microphone: 'none', speaker: 'pulse', speaker_device: 'speaker' }] }),
    });
    browser = await launchBrowser({ args: microphoneOf(voice) });
  });
  after(async () => {
    await browser?.close();
    await daemon?.stop();
    await sound?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /**
   * @param {import('node:test').TestContext} t @param {string} name of the viewer
   * @param {string} rights
   */
  async function open(t, name, rights = 'view,talk') {
    const token = createToken(daemon.stateDir, ['--name', name, '--rights', rights]);
    const profile = await browser.newContext({ viewport: phone });
    await addAxe(profile);
    const viewer = await ViewerPage.openIn(profile, daemon.linkTo('/', token), { suite, name: `talk-${name}` });
    t.after(() => viewer.close());
    await viewer.frames(3);
    return viewer;
  }
  /** @param {ViewerPage} viewer */
  const button = (viewer, name = 'Talk') => viewer.page.getByRole('button', { name, exact: true });
  /** @param {ViewerPage} viewer @param {string} words */
  const told = (viewer, words) => viewer.page.getByText(words).first().waitFor();
  const chirpsIn = (/** @type {Float32Array} */ samples) => findChirps(samples, soundRate);
  const hasThree = (/** @type {Float32Array} */ samples) => chirpsIn(samples).length >= 3;

  test('is heard while the button is pressed, and not after it', async (t) => {
    const viewer = await open(t, 'visitor');
    await button(viewer).click();
    await told(viewer, 'They hear you');
    const recorded = await sound.record(hasThree);
    const chirps = chirpsIn(recorded);
    t.diagnostic(chirps.map(({ at, likeness }) => `${at.toFixed(3)} s, ${(100 * likeness).toFixed(0)} % like it`).join('; '));
    await viewer.screenshot('talk-heard');
    assert.deepEqual(await faultsOf(viewer.page), []);

    await button(viewer).click();
    await viewer.page.getByText('They hear you').first().waitFor({ state: 'detached' });
    const afterwards = await sound.record((samples) => samples.length > 2.5 * soundRate);
    // Of the first half second something may still have been on its way.
    assert.deepEqual(chirpsIn(afterwards.slice(soundRate / 2)), []);
  });

  test('is told to everybody who watches, and the next has to wait for the turn', async (t) => {
    const first = await open(t, 'Grandma');
    const second = await open(t, 'Postman');
    await button(first).click();
    await told(first, 'They hear you');
    await told(second, 'Grandma is talking');
    await button(second).click();
    await told(second, 'Waiting for Grandma to finish');
    await told(second, 'You are next.');
    await second.screenshot('talk-waits');
    await button(first).click();
    await told(second, 'They hear you');
    await told(first, 'Postman is talking');
    await button(second).click();
  });

  test('loses the turn to the owner', async (t) => {
    const guest = await open(t, 'guest');
    const owner = await open(t, 'owner', 'view,talk,admin');
    await button(guest).click();
    await told(guest, 'They hear you');
    await button(owner).click();
    await told(owner, 'They hear you');
    await told(guest, 'The camera’s owner talks now');
    await guest.screenshot('talk-preempted');
  });

  test('has no button without the right', async (t) => {
    const viewer = await open(t, 'viewer', 'view');
    assert.equal(await button(viewer).count(), 0);
  });
});
