// SPDX-License-Identifier: Apache-2.0
// An intercom in a room that is a stand-in: what Chromium says is played by the daemon, comes back at its microphone, and
// another page hears what is left of it; then somebody in the room speaks as well.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser, microphoneOf, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { PageEar } from '../support/page_ear.mjs';
import { loudness, Room } from '../support/room.mjs';
import { createToken } from '../support/sign_in.mjs';
import { soundRate } from '../support/sound_server.mjs';
import { writeWave } from '../support/wave_file.mjs';
import { pass, suite } from './device.mjs';
import { likenessOf } from './likeness.mjs';

const far = 'The parcel is too big for the letter box, so please leave it with the neighbours on the second floor. They are at home '
  + 'all afternoon, and I will pick it up when I am back from work. If nobody opens, ring twice and wait, for the stairs are long.';
const near = 'Good morning, I have something here that needs your signature. Shall I come again tomorrow, or is there a shop '
  + 'around the corner where I may leave it for you? It is heavy, and it must not get wet.';
/** Of what is spoken, in dB of full scale. */
const spokenDb = -20;
/** Until the canceller has learnt, which is part of no figure but its own. */
const learningMs = 12_000;
const seconds = 8;

/** What a voice of espeak-ng says. @param {string} folder @param {string} who @param {string} words */
function spoken(folder, who, words) {
  const file = path.join(folder, `${who}.wav`);
  execFileSync('espeak-ng', ['-v', who, '-s', '150', '-w', file, words]);
  const bytes = readFileSync(file);
  const rate = bytes.readUInt32LE(24);
  const data = bytes.subarray(bytes.indexOf('data') + 8);
  const count = Math.floor(data.length / 2);
  const samples = Float32Array.from({ length: Math.floor((count * soundRate) / rate) - 2 }, (_, i) => {
    const at = (i * rate) / soundRate;
    const whole = Math.floor(at);
    const [before, after] = [whole, Math.min(whole + 1, count - 1)].map((one) => data.readInt16LE(2 * one) / 32_768);
    return before + (after - before) * (at - whole);
  });
  const gain = 10 ** ((spokenDb - loudness(samples, 0, samples.length / soundRate)) / 20);
  return samples.map((sample) => Math.max(-1, Math.min(1, gain * sample)));
}

/** @typedef {{ delayMs: number, drift?: number, processing?: boolean, duplex?: string, learnMs?: number }} Case */

/** @param {string} folder @param {Float32Array} theirs @param {Case} options */
async function run(folder, theirs, { delayMs, drift = 0, processing = true, duplex = 'full', learnMs = learningMs }) {
  const room = await Room.start({ suite, name: 'echo-sound-server', delayMs, drift });
  const microphone = room.sound.tap('room');
  const daemon = await startDaemon({
    suite, name: 'echo-daemon', env: room.sound.env,
    config: testConfig({
      log: { level: 'debug' },
      // Sound is what is measured: the picture shall cost nothing.
      camera: [{ id: 'front-door', source: 'test', width: 160, height: 90, framerate: 5, bitrate: 100_000 }],
      audio: [{
        id: 'hall', microphone: 'pulse', microphone_device: 'room.monitor', speaker: 'pulse', speaker_device: 'speaker', duplex,
        voice_processing: processing,
      }],
    }),
  });
  const browser = await launchBrowser({
    args: [...microphoneOf(path.join(folder, 'far.wav')), '--autoplay-policy=no-user-gesture-required'],
  });
  try {
    const open = async (/** @type {string} */ name) => {
      const token = createToken(daemon.stateDir, ['--name', name, '--rights', 'view,talk']);
      const viewer = await ViewerPage.open(browser, daemon.linkTo('/', token), { suite, name: `echo-${name}`, context: { bypassCSP: true } });
      await viewer.frames(3);
      return viewer;
    };
    const talker = await open('talker');
    const listener = await open('listener');
    await listener.page.getByRole('button', { name: 'Turn sound on' }).click();
    await daemon.waitForLog(/'hall' hears/);
    const ear = await PageEar.open(listener.page, soundRate);
    const both = async () => {
      const [captured, heard] = await Promise.all([microphone, ear].map((one) => one.next(seconds * soundRate)));
      return { captured, heard };
    };
    room.say(theirs);
    const alone = await both();
    await talker.page.getByRole('button', { name: 'Talk', exact: true }).click();
    const began = performance.now();
    await talker.page.getByText('They hear you').first().waitFor();
    const proven = duplex === 'auto'
      ? await daemon.waitForLog(/is taken out, by/, { timeout: 60_000 }).then(() => (performance.now() - began) / 1000) : undefined;
    await pass(learnMs);
    const echo = await both();
    room.say(theirs);
    const talk = await both();
    const db = (/** @type {Float32Array} */ samples) => loudness(samples, 0, seconds);
    return {
      delayMs, drift, processing, duplex, proven,
      found: daemon.log.lines.map((line) => line.match(/are echo, ([-\d.]+) ms late/)?.[1]).filter(Boolean).map(Number).at(-1),
      loss: db(echo.captured) - db(echo.heard),
      gainAlone: db(alone.heard) - db(alone.captured),
      alone: likenessOf(theirs, alone.heard, soundRate),
      talk: likenessOf(theirs, talk.heard, soundRate),
      talkCaptured: likenessOf(theirs, talk.captured, soundRate),
    };
  } finally {
    await browser.close();
    microphone.stop();
    await daemon.stop();
    await room.stop();
  }
}

/**
 * @param {{ cases: Case[] }} options
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
export async function measureEcho({ cases }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-echo-'));
  const results = [];
  try {
    writeWave(path.join(folder, 'far.wav'), spoken(folder, 'en-gb', far), soundRate);
    const theirs = spoken(folder, 'en-us+f3', near);
    for (const one of cases) results.push(await run(folder, theirs, one));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  const name = (/** @type {typeof results[0]} */ { delayMs, drift, processing, duplex }) =>
    `${delayMs} ms${drift ? `, drift ${drift} ppm` : ''}, ${processing ? duplex : 'no processing'}`;
  return {
    name: 'echo',
    title: `Speech of Chromium, played by the daemon in a room that is a stand-in, as another page hears it, ${seconds} s each`,
    figures: results.flatMap((one) => [
      {
        what: `${name(one)}: less echo`, value: one.loss, unit: 'dB',
        note: `found ${one.found ?? '-'} ms behind the devices' times${one.proven ? `; proven after ${one.proven.toFixed(1)} s` : ''}`,
      },
      {
        what: `${name(one)}: another voice beside it`, value: one.talk.db - one.alone.db, unit: 'dB',
        note: `${(100 * one.talk.likeness).toFixed(0)} % like it; alone ${(100 * one.alone.likeness).toFixed(0)} %, captured `
          + `${(100 * one.talkCaptured.likeness).toFixed(0)} %`,
      },
    ]),
    raw: results,
  };
}
