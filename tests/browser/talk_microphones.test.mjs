// SPDX-License-Identifier: Apache-2.0
// Another microphone while one talks: two real ones of a sound server, told apart by what they hear. Nobody is heard who has
// muted themselves, whichever microphone they take; and the picture does not notice.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { chirp, findChirps } from '../support/chirp.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { loudness } from '../support/room.mjs';
import { createToken } from '../support/sign_in.mjs';
import { nullSink, SoundServer, soundRate } from '../support/sound_server.mjs';

const suite = 'browser';
/** What each hears, again and again: one sweeps up, the other down. */
const sweeps = { Upstairs: chirp(soundRate), Downstairs: chirp(soundRate).toReversed() };
/** @typedef {keyof typeof sweeps} Name */
/** Browsers see no monitor of a sink as a microphone. */
const microphone = (/** @type {string} */ name) => [
  nullSink(name),
  `module-remap-source source_name=${name}-microphone master=${name}.monitor source_properties=device.description=${name}`,
];
/** Of the speaker's sound that is looked at, at once. */
const stepMs = 100;
const stepSamples = (soundRate * stepMs) / 1000;
/** Within each sweep there is something to hear in pieces of this length. */
const pieceMs = 20;
const pieceSamples = (soundRate * pieceMs) / 1000;
/** Nothing of what is louder was said. */
const silenceDb = -51;
const isQuiet = (/** @type {Float32Array} */ sound) => loudness(sound, 0, sound.length / soundRate) < silenceDb;
const steps = 100;

/** Runs in the page: the longest time between two pictures from now on. @param {SVGElement | HTMLElement} element */
function watchPictures(element) {
  const video = /** @type {HTMLVideoElement} */ (element);
  const all = /** @type {any} */ (globalThis);
  all.fanlightTestLongestGap = 0;
  let last = performance.now();
  const next = (/** @type {number} */ now) => {
    all.fanlightTestLongestGap = Math.max(all.fanlightTestLongestGap, now - last);
    last = now;
    video.requestVideoFrameCallback(next);
  };
  video.requestVideoFrameCallback(next);
}

describe('another microphone while one talks', () => {
  /** @type {SoundServer} */
  let sound;
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {import('node:child_process').ChildProcess[]} */
  const players = [];

  before(async () => {
    const names = /** @type {Name[]} */ (Object.keys(sweeps));
    sound = await SoundServer.start({
      suite, name: 'talk-microphones-sound-server', modules: [nullSink('speaker'), ...names.flatMap(microphone)],
    });
    for (const name of names) {
      const player = sound.player(name, 20);
      // Ten thousandths of it are heard by nobody: the server ends before.
      player.stdin.on('error', () => undefined);
      const once = Buffer.from(Int16Array.from(sweeps[name], (sample) => Math.round(12_000 * sample)).buffer);
      player.stdin.write(Buffer.concat(Array.from({ length: 1200 }, () => once)));
      players.push(player);
    }
    daemon = await startDaemon({
      suite, name: 'talk-microphones-daemon', env: sound.env,
      config: testConfig({ audio: [{ id: 'hall', microphone: 'none', speaker: 'pulse', speaker_device: 'speaker' }] }),
    });
    browser = await launchBrowser({ args: ['--use-fake-ui-for-media-stream'], env: sound.env });
  });
  after(async () => {
    await browser?.close();
    await daemon?.stop();
    players.forEach((player) => player.kill());
    await sound?.stop();
  });

  test('is heard instead, muted or not, on the same connection', async (t) => {
    const token = createToken(daemon.stateDir, ['--name', 'visitor', '--rights', 'view,talk']);
    const viewer = await ViewerPage.open(browser, daemon.linkTo('/', token), { suite, name: 'talk-microphones' });
    t.after(() => viewer.close());
    const ear = sound.tap('speaker');
    t.after(() => ear.stop());
    const { page } = viewer;
    await viewer.frames(3);
    await page.locator('video').first().evaluate(watchPictures);
    await page.getByRole('button', { name: 'Talk', exact: true }).click();
    await page.getByText('They hear you').first().waitFor();
    await page.getByRole('button', { name: 'Microphone and loudspeaker' }).click();
    const choice = page.getByLabel('Microphone', { exact: true });
    const mute = page.getByRole('button', { name: 'Mute the microphone' });

    /** What is heard until it is the sweep of one of them. @param {Name} name */
    const untilHeard = async (name) => {
      let quiet = 0;
      let longest = 0;
      let last = new Float32Array(stepSamples);
      for (let i = 0; i < steps; i++) {
        const next = await ear.next(stepSamples);
        for (let at = 0; at < stepSamples; at += pieceSamples) {
          quiet = isQuiet(next.subarray(at, at + pieceSamples)) ? quiet + pieceMs : 0;
          longest = Math.max(longest, quiet);
        }
        const both = Float32Array.from([...last, ...next]);
        if (findChirps(both, soundRate, sweeps[name]).length > 0) return { after: i * stepMs, longest };
        last = next;
      }
      return assert.fail(`'${name}' was not heard`);
    };
    const untilQuiet = async () => {
      for (let i = 0; i < steps; i++) if (isQuiet(await ear.next(stepSamples))) return i * stepMs;
      return assert.fail('it was not quiet');
    };
    const staysQuiet = async () => {
      for (let i = 0; i < 10; i++) assert.ok(isQuiet(await ear.next(stepSamples)), 'it is quiet');
    };

    await choice.selectOption({ label: 'Upstairs' });
    await untilHeard('Upstairs');
    for (const name of /** @type {Name[]} */ (['Downstairs', 'Upstairs', 'Downstairs'])) {
      await choice.selectOption({ label: name });
      const { after: heardAfter, longest } = await untilHeard(name);
      t.diagnostic(`'${name}' is heard after ${heardAfter} ms, of which ${longest} ms are quiet`);
    }
    await viewer.screenshot('talk-microphones');

    await mute.click();
    t.diagnostic(`muted: quiet after ${await untilQuiet()} ms`);
    await choice.selectOption({ label: 'Upstairs' });
    await staysQuiet();
    await mute.click();
    t.diagnostic(`unmuted: the other one is heard after ${(await untilHeard('Upstairs')).after} ms`);

    const gap = await page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestLongestGap);
    t.diagnostic(`longest time between two pictures meanwhile: ${gap.toFixed(0)} ms`);
    assert.equal(await viewer.peerCount(), 1);
    const offers = viewer.signaling.lines.filter((line) => line.startsWith('> {') && JSON.parse(line.slice(2)).type === 'offer');
    assert.equal(offers.length, 1);
    assert.deepEqual(viewer.complaints, []);
  });
});
