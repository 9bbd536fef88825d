// SPDX-License-Identifier: Apache-2.0
// Both sides of an intercom at once: who talks through the camera does not hear themselves come back, although the devices
// are later than they say; and hears whoever is there.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, microphoneOf, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { PageEar } from '../support/page_ear.mjs';
import { loudness, Room, voice } from '../support/room.mjs';
import { createToken } from '../support/sign_in.mjs';
import { soundRate } from '../support/sound_server.mjs';
import { writeWave } from '../support/wave_file.mjs';

const suite = 'sound-long';
/** Beyond what the canceller finds by itself. */
const delayMs = 120;
const seconds = 4;
/** Of the seconds that it takes to hear how late the echo is, to learn the room, and to be sure; many times over. */
const proofLimitMs = 60_000;
const attempts = 4;
/** Of the echo; 70 are measured where nothing else runs. */
const leastLossDb = 15;

describe('who talks and listens', () => {
  /** @type {Room} */
  let room;
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-echo-'));

  before(async () => {
    const far = path.join(folder, 'far.wav');
    writeWave(far, voice(11.5, 1), soundRate);
    room = await Room.start({ suite, name: 'echo-sound-server', delayMs });
    daemon = await startDaemon({
      suite, name: 'echo-daemon', env: room.sound.env,
      config: testConfig({
        audio: [{ id: 'hall', microphone: 'pulse', microphone_device: 'room.monitor', speaker: 'pulse', speaker_device: 'speaker' }],
      }),
    });
    browser = await launchBrowser({
      args: [...microphoneOf(far), '--autoplay-policy=no-user-gesture-required'],
    });
  });
  after(async () => {
    await browser?.close();
    await daemon?.stop();
    await room?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('hears no echo of it, and somebody in the room as soon as it is known that there is none', async (t) => {
    const token = createToken(daemon.stateDir, ['--name', 'visitor', '--rights', 'view,talk']);
    const viewer = await ViewerPage.open(browser, daemon.linkTo('/', token), { suite, name: 'echo', context: { bypassCSP: true } });
    t.after(() => viewer.close());
    const microphone = room.sound.tap('room');
    t.after(() => microphone.stop());
    await viewer.page.getByRole('button', { name: 'Turn sound on' }).click();
    await daemon.waitForLog(/'hall' hears/);
    const ear = await PageEar.open(viewer.page, soundRate);
    const both = async () => {
      const [captured, heard] = await Promise.all([microphone, ear].map((one) => one.next(seconds * soundRate)));
      return { captured: loudness(captured, 0, seconds), heard: loudness(heard, 0, seconds) };
    };

    await viewer.page.getByRole('button', { name: 'Talk', exact: true }).click();
    await viewer.page.getByText('They hear you').first().waitFor();
    // A machine that is busy loses sound, and with it where the echo was: then the two take turns until that is found again.
    const attempt = async (/** @type {number} */ from) => {
      const { line, index } = await daemon.waitForLog(/is taken out, by/, { timeout: proofLimitMs, from });
      const echo = await both();
      room.say(voice(seconds + 2, 2));
      const talk = await both();
      t.diagnostic(`${line}: ${(echo.captured - echo.heard).toFixed(0)} dB less of the echo; somebody in the room is heard with `
        + `${(talk.heard - talk.captured).toFixed(1)} dB`);
      return { echo, talk, next: index + 1 };
    };
    let { echo, talk, next } = await attempt(0);
    for (let i = 1; i < attempts && daemon.log.lines.slice(next).some((line) => line.includes('take turns')); i++) {
      ({ echo, talk, next } = await attempt(next));
    }
    assert.ok(echo.captured > -40, 'the microphone captures the echo');
    assert.ok(echo.heard < echo.captured - leastLossDb, 'the echo is taken out');
    assert.ok(talk.heard > talk.captured - leastLossDb + 3, 'somebody in the room is heard meanwhile');
  });
});
