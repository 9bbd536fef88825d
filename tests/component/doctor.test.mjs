// SPDX-License-Identifier: Apache-2.0
// `fanlight doctor --sound` in a room, at a sound server whose speaker that microphone does not hear, and without any.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { text } from 'node:stream/consumers';
import { after, before, describe, test } from 'node:test';
import { daemonBinary } from '../support/paths.mjs';
import { nullSink } from '../support/sound_server.mjs';
import { Room } from '../support/room.mjs';

const unavailable = 69;
const badConfig = 78;
const attempts = 3;

describe('fanlight doctor --sound', () => {
  /** @type {Room} */
  let room;
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-doctor-'));

  before(async () => {
    room = await Room.start({ suite: 'component', name: 'doctor-sound-server', delayMs: 120, modules: [nullSink('elsewhere')] });
  });
  after(async () => {
    await room?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param {Record<string, string>} audio of one [[audio]]; none where it is empty */
  const doctor = async (audio) => {
    const config = path.join(folder, 'fanlight.toml');
    const lines = Object.entries(audio).map(([key, value]) => `${key} = ${JSON.stringify(value)}`);
    writeFileSync(config, lines.length === 0 ? '' : ['[[audio]]', 'id = "hall"', ...lines].join('\n'));
    const program = spawn(daemonBinary, ['doctor', '--sound', '--config', config], {
      env: { ...process.env, ...room.sound.env }, stdio: ['ignore', 'pipe', 'pipe'],
    });
    const ended = new Promise((resolve) => program.on('close', resolve));
    const [code, out, errors] = await Promise.all([ended, text(program.stdout), text(program.stderr)]);
    return { code, out, errors };
  };
  const inRoom = { microphone: 'pulse', microphone_device: 'room.monitor', speaker: 'pulse' };

  test('hears chirps, and tells how late they are and what is left of the echo', async (t) => {
    let { code, out } = await doctor({ ...inRoom, speaker_device: 'speaker' });
    // A machine that is busy loses chirps.
    for (let i = 1; i < attempts && code !== 0; i++)
      ({ code, out } = await doctor({ ...inRoom, speaker_device: 'speaker' }));
    t.diagnostic(out);
    assert.equal(code, 0, out);
    assert.match(out, /ok +microphone +it works/);
    assert.match(out, /ok +speaker +it takes sound/);
    const [, level] = out.match(/ok +chirp +[23] of 3 were heard, at (-\d+) dB/) ?? assert.fail(out);
    assert.ok(Number(level) > -40 && Number(level) < -6, out);
    const [, whole, behind] = out.match(/ok +delay +(\d+) ms from the mixer back to the microphone, (\d+) ms more/) ?? assert.fail(out);
    // Of the room, and what the sound server does not tell.
    assert.ok(Number(behind) > 110 && Number(behind) < Number(whole), out);
    assert.match(out, /echo +-?\d+ dB of it are taken out/);
  });

  test('says what to do where the microphone does not hear the speaker', async () => {
    const { code, out } = await doctor({ ...inRoom, speaker_device: 'elsewhere' });
    assert.equal(code, unavailable, out);
    assert.match(out, /broken +chirp +none of 3 was heard by the microphone\n +-> turn the speaker up/);
    assert.doesNotMatch(out, /echo/);
  });

  test('names a device that is not there', async () => {
    const { code, out } = await doctor({ ...inRoom, microphone_device: 'attic', speaker_device: 'speaker' });
    assert.equal(code, unavailable, out);
    assert.match(out, /broken +microphone +.*'attic'/);
    assert.match(out, /chirp +3 were played; no microphone hears them\n +-> listen whether you do/);
  });

  test('has a word for an [[audio]] that is neither to hear nor to be heard', async () => {
    const { code, out } = await doctor({ microphone: 'none' });
    assert.equal(code, 0);
    assert.match(out, /warning +device +it has neither a microphone nor a speaker/);
  });

  test('says that there is no sound to try', async () => {
    const { code, errors } = await doctor({});
    assert.equal(code, badConfig);
    assert.match(errors, /no \[\[audio\]\] is configured/);
  });
});
