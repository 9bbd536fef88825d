// SPDX-License-Identifier: Apache-2.0
// The table that a person reads, and the files that a program reads.

import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { buildDirectory, daemonBinary } from '../support/paths.mjs';

/**
 * One row of the table.
 * @typedef {object} Figure
 * @property {string} what
 * @property {number} value
 * @property {string} unit
 * @property {number} [budget] the most that it may be, in the same unit
 * @property {string} [note]
 */

/** @typedef {{ name: string, title: string, figures: Figure[], raw: unknown }} Measurement */

/** Beyond this many programs that want the CPU a figure says more about them than about Fanlight. */
const calmLoad = 0.5;

/** @param {number} value */
const round = (value) => (Math.abs(value) >= 100 ? value.toFixed(0) : Math.abs(value) >= 10 ? value.toFixed(1) : value.toFixed(2));

/** @param {Figure} figure */
function verdict({ value, budget }) {
  if (budget === undefined) return '';
  return value <= budget ? 'within' : 'OVER';
}

/** @param {Measurement} measurement @returns {string} */
export function table({ title, figures }) {
  const rows = figures.map((figure) => [
    figure.what,
    `${round(figure.value)} ${figure.unit}`,
    figure.budget === undefined ? '-' : `<= ${round(figure.budget)} ${figure.unit}`,
    verdict(figure),
    figure.note ?? '',
  ]);
  const all = [['', 'measured', 'budget', '', ''], ...rows];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...all.map((row) => row[column].length)));
  const lines = all.map((row) =>
    [row[0].padEnd(widths[0]), row[1].padStart(widths[1]), row[2].padStart(widths[2]), row[3].padEnd(widths[3]), row[4]]
      .join('  ')
      .trimEnd(),
  );
  return [title, ...lines].join('\n');
}

/** What the figures were taken on. */
export function conditions() {
  const cpus = os.cpus();
  return {
    when: new Date().toISOString(),
    cpu: `${cpus.length} x ${cpus[0].model}`,
    kernel: os.release(),
    node: process.version,
    gstreamer: execFileSync('pkg-config', ['--modversion', 'gstreamer-1.0'], { encoding: 'utf8' }).trim(),
    fanlight: execFileSync(daemonBinary, ['--version'], { encoding: 'utf8' }).trim(),
    load: os.loadavg()[0],
    stolen: stolenShare(),
  };
}

/** The share of all CPU time since the start of the machine that its host gave to others. */
function stolenShare() {
  const times = readFileSync('/proc/stat', 'utf8').split('\n', 1)[0].split(/\s+/).slice(1, 9).map(Number);
  return times[7] / times.reduce((sum, time) => sum + time, 0);
}

/** @param {ReturnType<typeof conditions>} taken @returns {string} */
export function describe({ cpu, kernel, gstreamer, fanlight, load }) {
  const busy =
    load / os.cpus().length > calmLoad ? `; THE MACHINE IS BUSY (load ${load.toFixed(1)}): figures are worse than they need be` : '';
  return `${fanlight}, GStreamer ${gstreamer}, ${cpu}, Linux ${kernel}${busy}`;
}

/** @param {Measurement} measurement @param {ReturnType<typeof conditions>} taken @returns {string} the file */
export function save({ name, title, figures, raw }, taken) {
  const directory = path.join(buildDirectory, 'bench');
  mkdirSync(directory, { recursive: true });
  const file = path.join(directory, `${name}.json`);
  const after = { load: os.loadavg()[0] };
  writeFileSync(file, `${JSON.stringify({ name, title, conditions: { ...taken, after }, figures, raw }, null, 1)}\n`);
  return file;
}
