// SPDX-License-Identifier: Apache-2.0
// A sound server with a room (room.c) between its speaker and its microphone, `room.monitor`; and voices in it.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { nullSink, SoundServer, soundRate } from './sound_server.mjs';

/** The speaker 'speaker' is heard by the microphone 'room.monitor'. */
export class Room {
  #folder;

  /** @param {SoundServer} sound @param {string} folder */
  constructor(sound, folder) {
    this.sound = sound;
    this.#folder = folder;
  }

  /**
   * @param {{ suite: string, name: string, delayMs: number, gain?: number, drift?: number, modules?: string[] }} options
   *        `drift`: of the speaker's clock, in millionths that it is slower; `modules`: of the sound server besides
   */
  static async start({ suite, name, delayMs, gain = 0.5, drift = 0, modules = [] }) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-room-'));
    const source = fileURLToPath(new URL('room.c', import.meta.url));
    execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', path.join(folder, 'room.so'), source, '-lm']);
    const sound = await SoundServer.start({
      suite, name, env: { LADSPA_PATH: folder },
      modules: [
        nullSink('room'),
        `module-ladspa-sink sink_name=speaker sink_master=room plugin=room label=room control=${delayMs},${gain},${drift}`,
        ...modules,
      ],
    });
    return new Room(sound, folder);
  }

  /** Somebody in it speaks, once. @param {Float32Array} samples */
  say(samples) {
    const voice = this.sound.player('room', 20);
    // The server may end before everything is said.
    voice.stdin.on('error', () => undefined);
    voice.stdin.end(Buffer.from(Int16Array.from(samples, (sample) => Math.round(32_767 * sample)).buffer));
  }

  async stop() {
    await this.sound.stop();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/**
 * Noise with the bands and the syllables of speech, which is no one's words.
 * @param {number} seconds @param {number} seed another one is another speaker @param {number} [level]
 */
export function voice(seconds, seed, level = 0.15) {
  let state = seed * 7919;
  const noise = () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 1_073_741_824 - 1;
  };
  let low = 0;
  let lower = 0;
  return Float32Array.from({ length: Math.round(seconds * soundRate) }, (_, i) => {
    const time = i / soundRate;
    const isSpeaking = (time + 0.37 * seed) % 2.3 < 1.7;
    const syllable = isSpeaking ? Math.sqrt(Math.max(0, Math.sin(2 * Math.PI * (3.1 + 0.2 * seed) * time))) : 0;
    low += 0.25 * (noise() - low);
    lower += 0.02 * (low - lower);
    return Math.max(-1, Math.min(1, level * 8 * syllable * (low - lower)));
  });
}

/** Mean energy of so many seconds of it, in dB of full scale. @param {Float32Array} samples @param {number} from @param {number} to */
export function loudness(samples, from, to) {
  const part = samples.subarray(Math.round(from * soundRate), Math.round(to * soundRate));
  return 10 * Math.log10(part.reduce((sum, sample) => sum + sample ** 2, 0) / part.length + 1e-12);
}
