// SPDX-License-Identifier: Apache-2.0
// The null sinks of a sound server as cables: what goes in, and when. All times in milliseconds since 1970.

import { writeFileSync } from 'node:fs';
import { chirp, findChirps } from '../support/chirp.mjs';
import { soundRate, toSamples } from '../support/sound_server.mjs';

const perMs = soundRate / 1000;
/** Between two chirps: no multiple of a packet's or a buffer's length, so that a run meets every phase of those. */
export const chirpEveryMs = 913.7;
/** Beyond it a chirp is taken for the next one. */
const longestWayMs = chirpEveryMs - 100;
/** Over so much of the recording the chunk that came soonest tells the time: the others were held up. */
const windowMs = 2000;
const amplitude = 20_000;

/** A chirp again and again, as raw S16LE. @param {string} file @param {number} seconds */
export function writeChirpsTo(file, seconds) {
  const samples = new Int16Array(seconds * soundRate);
  const one = chirp(soundRate).map((sample) => amplitude * sample);
  const step = Math.round(chirpEveryMs * perMs);
  for (let at = 0; at + one.length < samples.length; at += step) samples.set(one, at);
  writeFileSync(file, samples);
}

/** Plays a file into a sink, until it is at its end. @param {import('../support/sound_server.mjs').SoundServer} server @param {string} sink @param {string} file */
export function play(server, sink, file) {
  const player = server.player(sink, 40, file);
  return { stop: () => player.kill() };
}

/** What goes into a sink, with the time of each chunk. */
export class Recording {
  /** @type {Buffer[]} */
  #chunks = [];
  /** The samples up to here had come then. @type {{ end: number, at: number }[]} */
  #marks = [];
  #length = 0;
  #recorder;

  /** @param {import('../support/sound_server.mjs').SoundServer} server @param {string} sink */
  constructor(server, sink) {
    this.#recorder = server.recorder(sink, 5);
    this.#recorder.stdout.on('data', (chunk) => {
      this.#chunks.push(chunk);
      this.#length += chunk.length / 2;
      this.#marks.push({ end: this.#length, at: performance.timeOrigin + performance.now() });
    });
  }

  /** Resolves once sound comes. */
  began() {
    return new Promise((resolve, reject) => {
      this.#recorder.once('close', () => reject(new Error('the recorder ended by itself')));
      this.#recorder.stdout.once('data', resolve);
    });
  }

  /** Ends it. @returns {Promise<{ position: number, at: number }[]>} each chirp in it, by the sound that lies before it, in ms, and by when it began */
  async chirps() {
    const ended = new Promise((resolve) => this.#recorder.once('close', resolve));
    this.#recorder.kill();
    await ended;
    return findChirps(toSamples(Buffer.concat(this.#chunks)), soundRate).map(({ at }) => ({ position: 1000 * at, at: this.#timeOf(at * soundRate) }));
  }

  /** @param {number} sample */
  #timeOf(sample) {
    const near = this.#marks.filter(({ end }) => Math.abs(end - sample) < (windowMs / 2) * perMs);
    return Math.min(...near.map(({ end, at }) => at - (end - sample) / perMs));
  }
}

/**
 * How long each took that was heard; those that were said and not heard count.
 * @param {number[]} said @param {number[]} heard
 */
export function ways(said, heard) {
  const found = said.map((from) => heard.find((at) => at > from && at - from < longestWayMs)).map((at, i) => at && at - said[i]);
  const taken = found.filter((way) => way !== undefined);
  return { taken: /** @type {number[]} */ (taken), lost: found.length - taken.length };
}
