// SPDX-License-Identifier: Apache-2.0
// Ten people at one door: each of them talks, one at a time, in the order in which they asked; and who vanishes keeps nobody
// waiting.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, microphoneOf, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { createToken } from '../support/sign_in.mjs';
import { SoundServer, soundRate } from '../support/sound_server.mjs';
import { writeChirp } from '../support/wave_file.mjs';

const suite = 'browser';
const viewers = 10;
const camera = { id: 'door', name: 'Door', source: 'test', width: 160, height: 120, framerate: 5, bitrate: 100_000 };
const nameOf = (/** @type {number} */ i) => `Viewer ${i + 1}`;
const granted = (/** @type {number} */ i) => new RegExp(`heard by the speaker of 'hall' now: '${nameOf(i)}'$`);

describe('ten who want to talk', () => {
  /** @type {SoundServer} */
  let sound;
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-turns-'));

  before(async () => {
    const voice = path.join(folder, 'voice.wav');
    writeChirp(voice, soundRate);
    sound = await SoundServer.start({ suite, name: 'talk-turns-sound-server' });
    daemon = await startDaemon({
      suite, name: 'talk-turns-daemon', env: sound.env,
      config: testConfig({
        camera: [camera], audio: [{ id: 'hall', microphone: 'none', speaker: 'pulse', speaker_device: 'speaker' }],
      }),
    });
    browser = await launchBrowser({ args: microphoneOf(voice) });
  });
  after(async () => {
    await browser?.close();
    await daemon?.stop();
    await sound?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param {ViewerPage} viewer */
  const button = ({ page }) => page.getByRole('button', { name: 'Talk', exact: true });
  /** @param {ViewerPage} viewer @param {string} words */
  const told = ({ page }, words) => page.getByText(words).first().waitFor();

  test('talk one after the other, in their order, and nobody waits for who has vanished', async (t) => {
    /** @type {ViewerPage[]} */
    const all = [];
    for (let i = 0; i < viewers; i++) {
      const token = createToken(daemon.stateDir, ['--name', nameOf(i), '--rights', 'view,talk']);
      const viewer = await ViewerPage.open(browser, daemon.linkTo('/', token), { suite, name: `talk-turns-${i + 1}` });
      t.after(() => viewer.close());
      await viewer.frames(2);
      all.push(viewer);
    }
    const { length: from } = daemon.log.lines;
    for (const [i, viewer] of all.entries()) {
      await button(viewer).click();
      await told(viewer, i === 0 ? 'They hear you' : `Waiting for ${nameOf(0)} to finish`);
    }
    const heard = () => daemon.log.lines.slice(from).filter((line) => line.includes("heard by the speaker of 'hall' now: 'Viewer"));
    assert.equal(heard().length, 1, 'one talks, and nine wait');
    const [first, last] = [all[0], all[viewers - 1]];
    await told(last, `${nameOf(0)} is talking`);
    await last.screenshot('talk-turns');

    await button(first).click();
    for (let i = 1; i < viewers - 1; i++) {
      await told(all[i], 'They hear you');
      await button(all[i]).click();
    }
    await told(last, 'They hear you');
    assert.equal(heard().length, viewers);
    heard().forEach((line, i) => assert.match(line, granted(i)));

    await button(first).click();
    await told(first, 'You are next.');
    const { length } = daemon.log.lines;
    const vanished = performance.now();
    // Without a goodbye: its packets stop.
    await last.page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestPeers.at(-1).getSenders()
      .forEach((/** @type {RTCRtpSender} */ sender) => sender.replaceTrack(null)));
    await daemon.waitForLog(granted(0), { from: length });
    t.diagnostic(`${(performance.now() - vanished).toFixed(0)} ms until the next was let talk`);
    await told(first, 'They hear you');
  });
});
