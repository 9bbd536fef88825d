// SPDX-License-Identifier: Apache-2.0
// How long sound takes, both ways: between null sinks of a sound server at the device and an AudioWorklet in Chromium.

import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { launchBrowser } from '../support/browser.mjs';
import { nullSink, SoundServer } from '../support/sound_server.mjs';
import { chirpEveryMs, play, Recording, ways, writeChirpsTo } from './cable.mjs';
import { pass, suite } from './device.mjs';
import { EarAndMouth } from './ear_and_mouth.mjs';
import { median, quantile } from './figures.mjs';
import { cables, connectFanlight, connectPlain } from './sound_connections.mjs';

/** ITU-T G.114: below it nobody minds. */
const budgetMs = 150;
/** What is not counted, until jitter buffers have found their length. */
const settleMs = 5000;
/** At the start of a speaker: chirps nearly without a pause, since every one that is missing is a syllable of somebody's;
 * what lies between them follows no pattern, so that none is taken for another. */
const startEveryMs = Array.from({ length: 61 }, (_, i) => 110 + ((37 * i * i) % 61));
/** What counts as the start. */
const startMs = 2000;
/** A chirp that is farther off is another one. */
const longestSlipMs = 50;
/** As near as finding a chirp is exact. */
const sameMs = 3;
/** The lengths of a way that is on its way when a recording ends. */
const lastMs = 1000;

/** @typedef {import('./sound_connections.mjs').Connection} Connection */

/** @param {Connection} connection @param {SoundServer} server @param {string} file @param {number} seconds */
async function toBrowser(connection, server, file, seconds) {
  const ends = await EarAndMouth.at(connection.page, connection.peer);
  const recording = new Recording(server, cables.microphone);
  await recording.began();
  const player = play(server, cables.microphone, file);
  await connection.listen();
  await ends.hear();
  await pass(settleMs + seconds * 1000 + lastMs);
  player.stop();
  const [said, heard] = [await recording.chirps(), await ends.heard()];
  return ways(settled(said.map(({ at }) => at), seconds), heard);
}

/** @param {Connection} connection @param {SoundServer} server @param {number} seconds */
async function toDevice(connection, server, seconds) {
  const ends = await EarAndMouth.at(connection.page, connection.peer);
  const recording = new Recording(server, cables.speaker);
  await recording.began();
  await connection.talk();
  await ends.say([chirpEveryMs]);
  await pass(settleMs + seconds * 1000 + lastMs);
  const said = await ends.said();
  const heard = await recording.chirps();
  return ways(settled(said, seconds), heard.map(({ at }) => at));
}

/**
 * The first words of who talks while the speaker is started for it, by what lies between one chirp and the next: by how
 * much each of the first is nearer to the later ones, or farther from them, than it was said.
 * @param {Connection} connection @param {SoundServer} server
 */
async function atStart(connection, server) {
  const ends = await EarAndMouth.at(connection.page, connection.peer);
  const recording = new Recording(server, cables.speaker);
  await recording.began();
  await connection.talk();
  await ends.say(startEveryMs);
  await pass(settleMs);
  const { length } = await ends.said();
  const heard = (await recording.chirps()).map(({ position }) => position);
  const said = Array.from({ length }, (_, i) => i).reduce((/** @type {number[]} */ all, i) =>
    [...all, i === 0 ? 0 : all[i - 1] + startEveryMs[(i - 1) % startEveryMs.length]], []);
  const late = said.filter((at) => at >= startMs);
  const fitting = (/** @type {number} */ shift) => late.filter((at) => heard.some((one) => Math.abs(one - at - shift) < sameMs)).length;
  const shift = heard.flatMap((one) => late.map((at) => one - at)).reduce((best, one) => (fitting(one) > fitting(best) ? one : best));
  const slips = said.filter((at) => at < startMs)
    .map((at) => heard.map((one) => one - at - shift).find((slip) => Math.abs(slip) < longestSlipMs));
  return { slips, lost: slips.filter((slip) => slip === undefined).length };
}

/** @param {number[]} said @param {number} seconds */
const settled = (said, seconds) => said.filter((at) => at >= said[0] + settleMs && at < said[0] + settleMs + seconds * 1000);

/** @typedef {{ toBrowser: Way[], toDevice: Way[], atStart: Awaited<ReturnType<typeof atStart>>[] }} Results */
/** @typedef {{ taken: number[], lost: number }} Way */

/** @param {string} what @param {Way[]} runs @param {number} [budget] @returns {import('./report.mjs').Figure[]} */
function rows(what, runs, budget) {
  const all = runs.flatMap(({ taken }) => taken);
  const lost = runs.reduce((sum, one) => sum + one.lost, 0);
  const medians = runs.map(({ taken }) => median(taken).toFixed(0)).join(', ');
  return [
    { what: `${what}, median`, value: median(all), unit: 'ms', budget, note: `${all.length} chirps, ${lost} not heard; medians of the runs ${medians}` },
    { what: `${what}, p95`, value: quantile(all, 0.95), unit: 'ms' },
  ];
}

/** @param {string} what @param {Results['atStart']} runs @returns {import('./report.mjs').Figure} */
function startRow(what, runs) {
  const slips = runs.flatMap((run) => run.slips);
  const found = slips.filter((slip) => slip !== undefined).map((slip) => Math.abs(/** @type {number} */ (slip)));
  return {
    what: `${what}: lost of the first ${startMs / 1000} s`,
    value: (100 * runs.reduce((sum, { lost }) => sum + lost, 0)) / slips.length,
    unit: '%',
    note: `of ${slips.length} chirps in ${runs.length} starts; the others slip by ${Math.max(...found).toFixed(0)} ms at most`,
  };
}

/**
 * @param {{ runs: number, seconds: number }} options
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
export async function measureMouthToEar({ runs, seconds }) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-chirps-'));
  const file = path.join(folder, 'chirps.raw');
  writeChirpsTo(file, settleMs / 1000 + seconds + 10);
  const server = await SoundServer.start({ suite, name: 'sound-server', modules: Object.values(cables).map(nullSink) });
  const browser = await launchBrowser({ args: ['--autoplay-policy=no-user-gesture-required'] });
  const connections = {
    'Fanlight': () => connectFanlight(browser, server, { voice_processing: false }),
    'Fanlight, voice_processing': () => connectFanlight(browser, server, { voice_processing: true }),
    "webrtcbin's defaults": () => connectPlain(browser, server),
  };
  /** @type {Record<string, Results>} */
  const results = Object.fromEntries(Object.keys(connections).map((name) => [name, { toBrowser: [], toDevice: [], atStart: [] }]));
  /** @param {() => Promise<Connection>} connect @param {(connection: Connection) => Promise<any>} measure */
  const once = async (connect, measure) => {
    const connection = await connect();
    try {
      return await measure(connection);
    } finally {
      await connection.end();
    }
  };
  try {
    for (let run = 0; run < runs; run++) {
      for (const [name, connect] of Object.entries(connections)) {
        results[name].toBrowser.push(await once(connect, (connection) => toBrowser(connection, server, file, seconds)));
        results[name].toDevice.push(await once(connect, (connection) => toDevice(connection, server, seconds)));
        results[name].atStart.push(await once(connect, (connection) => atStart(connection, server)));
      }
    }
  } finally {
    await browser.close();
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  }
  return {
    name: 'mouth-to-ear',
    title: `Sound between null sinks of PulseAudio and an AudioWorklet in Chromium, ${runs} runs of ${seconds} s each way, in turn`,
    figures: Object.entries(results).flatMap(([name, of]) => [
      ...rows(`${name}: device to browser`, of.toBrowser, name === 'Fanlight' ? budgetMs : undefined),
      ...rows(`${name}: browser to device`, of.toDevice, name === 'Fanlight' ? budgetMs : undefined),
      startRow(name, of.atStart),
    ]),
    raw: results,
  };
}
