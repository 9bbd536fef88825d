// SPDX-License-Identifier: Apache-2.0

import { writeFileSync } from 'node:fs';
import { chirp } from './chirp.mjs';

/** Mono, 16 bits. @param {string} file @param {Float32Array} samples within -1 to 1 @param {number} rate */
export function writeWave(file, samples, rate) {
  const data = Int16Array.from(samples, (sample) => Math.round(32_767 * sample));
  const header = Buffer.alloc(44);
  header.write('RIFF', 0);
  header.writeUInt32LE(36 + data.byteLength, 4);
  header.write('WAVEfmt ', 8);
  header.writeUInt32LE(16, 16);
  header.writeUInt16LE(1, 20);
  header.writeUInt16LE(1, 22);
  header.writeUInt32LE(rate, 24);
  header.writeUInt32LE(2 * rate, 28);
  header.writeUInt16LE(2, 32);
  header.writeUInt16LE(16, 34);
  header.write('data', 36);
  header.writeUInt32LE(data.byteLength, 40);
  writeFileSync(file, Buffer.concat([header, Buffer.from(data.buffer)]));
}

/** What a browser's microphone hears, again and again: a second with a chirp. @param {string} file @param {number} rate */
export function writeChirp(file, rate) {
  const second = new Float32Array(rate);
  chirp(rate).forEach((sample, i) => (second[i] = 0.6 * sample));
  writeWave(file, second, rate);
}
