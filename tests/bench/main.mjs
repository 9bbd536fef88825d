// SPDX-License-Identifier: Apache-2.0
// Runs the measurements and prints each figure beside its budget. tools/bench starts it in a network of its own.

import { accessSync, constants } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { measureIdle, measureViewers } from './cost.mjs';
import { measureEcho } from './echo.mjs';
import { measureFirstFrame } from './first_frame.mjs';
import { measureFirstSight } from './first_sight.mjs';
import { measureLatency } from './latency.mjs';
import { measureLipSync } from './lip_sync.mjs';
import { measureMouthToEar } from './mouth_to_ear.mjs';
import { conditions, describe, save, table } from './report.mjs';
import { measureSoundCost } from './sound_cost.mjs';
import { measureStart } from './start.mjs';

const usageExitCode = 64;

/** @type {Record<string, { whole: () => Promise<import('./report.mjs').Measurement>,
 *                          quick: () => Promise<import('./report.mjs').Measurement> }>} */
const measurements = {
  latency: {
    whole: () => measureLatency({ runs: 10, seconds: 10 }),
    quick: () => measureLatency({ runs: 2, seconds: 4 }),
  },
  'first-frame': {
    whole: () => measureFirstFrame({ runs: 20 }),
    quick: () => measureFirstFrame({ runs: 3 }),
  },
  'first-sight': {
    whole: () => measureFirstSight({ runs: 20 }),
    quick: () => measureFirstSight({ runs: 3 }),
  },
  'mouth-to-ear': {
    whole: () => measureMouthToEar({ runs: 2, seconds: 15 }),
    quick: () => measureMouthToEar({ runs: 1, seconds: 6 }),
  },
  'lip-sync': {
    whole: () => measureLipSync({ runs: 2, seconds: 15 }),
    quick: () => measureLipSync({ runs: 1, seconds: 5 }),
  },
  'sound-cost': {
    whole: () => measureSoundCost({ viewers: 10, runs: 2, seconds: 10 }),
    quick: () => measureSoundCost({ viewers: 4, runs: 1, seconds: 4 }),
  },
  viewers: {
    whole: () => measureViewers({ counts: [0, 1, 10, 25], seconds: 20 }),
    quick: () => measureViewers({ counts: [0, 1, 5], seconds: 4 }),
  },
  idle: {
    whole: () => measureIdle({ viewers: 10, afterSeconds: 60, seconds: 60 }),
    quick: () => measureIdle({ viewers: 2, afterSeconds: 1, seconds: 4 }),
  },
  echo: {
    whole: () => measureEcho({
      cases: [
        ...[20, 60, 120, 200].map((delayMs) => ({ delayMs })),
        { delayMs: 120, processing: false },
        { delayMs: 120, drift: 50, learnMs: 60_000 },
        { delayMs: 120, duplex: 'auto' },
      ],
    }),
    quick: () => measureEcho({ cases: [{ delayMs: 120 }, { delayMs: 120, processing: false }] }),
  },
  start: {
    whole: () => measureStart({ runs: 15 }),
    quick: () => measureStart({ runs: 3 }),
  },
};

/** What others do on the same machine would be the better yardstick. */
const peers = ['mediamtx', 'go2rtc'];

/** @param {string} program */
function isOnPath(program) {
  return (process.env.PATH ?? '').split(':').some((folder) => {
    try {
      accessSync(path.join(folder, program), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

function complain(/** @type {string} */ what) {
  process.stderr.write(`bench: ${what}\n`);
  process.exit(usageExitCode);
}

function options() {
  try {
    const { values, positionals } = parseArgs({ allowPositionals: true, options: { quick: { type: 'boolean' } } });
    const unknown = positionals.find((name) => !(name in measurements));
    if (unknown) complain(`there is no measurement '${unknown}': there are ${Object.keys(measurements).join(', ')}`);
    return { size: values.quick ? /** @type {const} */ ('quick') : /** @type {const} */ ('whole'), names: positionals };
  } catch (error) {
    return complain(`${/** @type {Error} */ (error).message.toLowerCase()}; usage: bench [--quick] [MEASUREMENT...]`);
  }
}

const { size, names } = /** @type {NonNullable<ReturnType<typeof options>>} */ (options());
const say = (/** @type {string} */ text) => process.stdout.write(`${text}\n`);

say(describe(conditions()));
for (const peer of peers) {
  say(`${peer}: ${isOnPath(peer) ? 'is here, but this bench does not drive it' : 'not here'}; the budgets that are ratios to it are left out`);
}
for (const [name, measurement] of Object.entries(measurements)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const taken = conditions();
  const result = await measurement[size]();
  const file = save(result, taken);
  say(`\n${table(result)}\n${file}`);
}
