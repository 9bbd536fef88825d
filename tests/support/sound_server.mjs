// SPDX-License-Identifier: Apache-2.0
// A PulseAudio server of a test's own, with sinks that nobody hears but the test. PipeWire speaks the same protocol.

import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { logDirectory } from './paths.mjs';
import { LoggedProcess } from './process.mjs';

/** Of its sinks, mono. */
export const soundRate = 48_000;

/** As the programs call it that record and play. */
const format = ['--format=s16le', `--rate=${soundRate}`, '--channels=1'];

/** A sink that nobody hears but a test: what goes into it is its monitor, `NAME.monitor`, which can stand for a microphone. @param {string} name */
export const nullSink = (name) => `module-null-sink sink_name=${name} rate=${soundRate} channels=1 format=s16le`;

export class SoundServer {
  #process;
  #folder;

  /** @param {LoggedProcess} process @param {string} folder */
  constructor(process, folder) {
    this.#process = process;
    this.#folder = folder;
  }

  /**
   * @param {{ suite: string, name: string, modules?: string[], env?: NodeJS.ProcessEnv }} options `name`: of its log;
   *        `modules`: its devices
   */
  static async start({ suite, name, modules = [nullSink('speaker')], env: more = {} }) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-sound-'));
    const argv = [
      'pulseaudio', '-n', '--daemonize=no', '--exit-idle-time=-1', '--use-pid-file=no', '--disable-shm=yes', '-v', '--log-target=stderr',
      '-L', `module-native-protocol-unix auth-anonymous=1 socket=${folder}/native`,
      ...modules.flatMap((module) => ['-L', module]),
    ];
    const env = { ...process.env, ...more, HOME: folder, XDG_RUNTIME_DIR: folder, PULSE_RUNTIME_PATH: folder, PULSE_STATE_PATH: folder };
    const server = new LoggedProcess(name, argv, { env, logFile: path.join(logDirectory(suite), `${name}.log`) });
    await server.log.waitFor(/Daemon startup complete/);
    return new SoundServer(server, folder);
  }

  /** For whoever is to use it. */
  get env() {
    return { PULSE_SERVER: `unix:${this.#folder}/native` };
  }

  /** A program that gives what goes into a sink, as toSamples() takes it. @param {string} sink @param {number} [latencyMs] */
  recorder(sink, latencyMs = 10) {
    return spawn('parec', ['-d', `${sink}.monitor`, ...format, `--latency-msec=${latencyMs}`], {
      env: { ...process.env, ...this.env }, stdio: ['ignore', 'pipe', 'inherit'],
    });
  }

  /**
   * A program that plays into a sink what it is given, or a file, until its end; both are raw.
   * @param {string} sink @param {number} latencyMs @param {string[]} [file]
   */
  player(sink, latencyMs, ...file) {
    return spawn('pacat', ['--raw', '-d', sink, ...format, `--latency-msec=${latencyMs}`, ...file], {
      env: { ...process.env, ...this.env }, stdio: ['pipe', 'ignore', 'inherit'],
    });
  }

  /**
   * What the speaker plays from now on, until `isEnough` says so of what there is.
   * @param {(samples: Float32Array) => boolean} isEnough asked each tenth of a second of sound
   * @param {{ speaker?: string }} [options]
   * @returns {Promise<Float32Array>}
   */
  record(isEnough, { speaker = 'speaker' } = {}) {
    const recorder = this.recorder(speaker);
    return new Promise((resolve, reject) => {
      let bytes = Buffer.alloc(0);
      let asked = 0;
      recorder.on('error', reject);
      recorder.on('close', () => reject(new Error('the recording ended by itself')));
      recorder.stdout.on('data', (chunk) => {
        bytes = Buffer.concat([bytes, chunk]);
        if (bytes.length < asked) return;
        asked = bytes.length + soundRate / 5;
        const samples = toSamples(bytes);
        if (!isEnough(samples)) return;
        recorder.removeAllListeners('close');
        recorder.on('close', () => resolve(samples));
        recorder.kill();
      });
    });
  }

  /** Hears a speaker from now on, all the time: who comes and goes changes the delays of others. @param {string} speaker */
  tap(speaker) {
    return new SoundTap(this.recorder(speaker));
  }

  async stop() {
    await this.#process.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

export class SoundTap {
  #recorder;

  /** @param {import('node:child_process').ChildProcessByStdio<null, import('node:stream').Readable, null>} recorder */
  constructor(recorder) {
    this.#recorder = recorder;
    recorder.stdout.resume();
  }

  /** What comes next, so many samples. @param {number} count @returns {Promise<Float32Array>} */
  next(count) {
    const { stdout } = this.#recorder;
    return new Promise((resolve) => {
      let bytes = Buffer.alloc(0);
      const take = (/** @type {Buffer} */ chunk) => {
        bytes = Buffer.concat([bytes, chunk]);
        if (bytes.length < 2 * count) return;
        stdout.off('data', take);
        stdout.resume();
        resolve(toSamples(bytes).slice(0, count));
      };
      stdout.on('data', take);
    });
  }

  stop() {
    this.#recorder.kill();
  }
}

/** @param {Buffer} bytes */
export function toSamples(bytes) {
  const samples = new Float32Array(Math.floor(bytes.length / 2));
  return samples.map((_, i) => bytes.readInt16LE(2 * i) / 32_768);
}
