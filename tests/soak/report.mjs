// SPDX-License-Identifier: Apache-2.0
// What came of a soak, as tables.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { median } from '../bench/figures.mjs';
import { logDirectory } from '../support/paths.mjs';
import { kinds } from './life_figures.mjs';
import { availability } from './sight.mjs';

/** @typedef {import('./soak.mjs').Soak} Soak */

/** @param {number} ms */
const seconds = (ms) => (ms / 1000).toFixed(1);
/** @param {number} share */
const percent = (share) => `${(share * 100).toFixed(2)} %`;

/** @param {string[][]} rows the first has the names of the columns */
function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  const line = (/** @type {string[]} */ row) => row.map((cell, column) => (column ? cell.padStart(widths[column]) : cell.padEnd(widths[0]))).join('  ');
  return rows.map(line);
}

/** @param {Soak} soak */
function ofFaults({ struck }) {
  const names = [...new Set(struck.map(({ name }) => name))].sort();
  return columns([
    ['fault', 'times', 'longest dark (s), median', 'worst', 'again after its cause (s), worst', 'not again'],
    ...names.map((name) => {
      const of = struck.filter((one) => one.name === name);
      const dark = of.map(({ darkMs }) => darkMs);
      return [
        name,
        String(of.length),
        seconds(median(dark)),
        seconds(Math.max(...dark)),
        seconds(Math.max(...of.map(({ againMs }) => againMs))),
        String(of.filter(({ trouble }) => trouble).length),
      ];
    }),
  ]);
}

/** @param {Soak} soak */
function ofViewers({ world, retries }) {
  const { members, sights } = world.audience;
  return [
    `availability, all viewers: ${percent(availability(sights))}; they tried again ${retries} times`,
    ...columns([
      ['viewer', 'wanted pictures (min)', 'had new ones'],
      ...members.map(({ name, sight }) => [name, (sight.wantedMs / 60_000).toFixed(1), percent(availability([sight]))]),
    ]),
  ];
}

/** @param {Soak} soak */
function ofLives({ world, figures }) {
  return columns([
    ['process', 'minutes after warming up', ...kinds.map((kind) => `${kind}${kind === 'pss' ? ' (kB)' : ''} a minute`), 'ended by'],
    ...world.service.lives.flatMap(({ number, end }) => {
      const slopes = figures.slopes(number);
      if (!slopes) return [];
      return [[String(number), slopes.minutes.toFixed(1), ...kinds.map((kind) => slopes.perMinute[kind].toFixed(2)), end ?? 'the end of the soak']];
    }),
  ]);
}

/** @param {Soak} soak @returns {string[]} lines, which are kept in a file, too */
export function report(soak) {
  const { seed, minutes, gone } = soak;
  const goings = [...gone].map(([way, times]) => `${way} ${times}`).sort().join(', ');
  const lines = [
    `seed ${seed}, ${minutes} minutes; guests: ${goings}`,
    '',
    ...ofFaults(soak),
    '',
    ...ofViewers(soak),
    '',
    ...ofLives(soak),
    'Each viewer who is there has descriptors, threads and memory of its own: minutes show who came and went, an hour what grows.',
  ];
  writeFileSync(path.join(logDirectory('soak'), 'report.txt'), `${lines.join('\n')}\n`);
  return lines;
}
