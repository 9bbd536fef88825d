// SPDX-License-Identifier: Apache-2.0
// A daemon that can be told to give its free heap back, without a line of its own for that.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { pass } from '../bench/device.mjs';
import { processFigures } from '../load/process_figures.mjs';

const source = fileURLToPath(new URL('trim.c', import.meta.url));
const lookEveryMs = 1000;
const mostLooks = 30;
const trimmedLine = /^trimmed: (\d+) bytes in use$/;

/** The library to be preloaded. `remove()` it in the test's clean-up. */
export function buildTrimmer() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-trim-'));
  const library = path.join(directory, 'trim.so');
  execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-lpthread']);
  return { env: { LD_PRELOAD: library }, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/** @param {import('../support/daemon.mjs').Daemon} daemon */
async function trim(daemon) {
  const pid = /** @type {number} */ (daemon.pid);
  const from = daemon.log.lines.length;
  process.kill(pid, 'SIGUSR2');
  const { match } = await daemon.waitForLog(trimmedLine, { from });
  return { ...processFigures(pid), heap: Number(match[1]) / 1024 };
}

/**
 * What the daemon holds when all that is free has been given back; memory in kB. A camera that is told to stop, and a
 * viewer that has gone, are taken apart on other threads: it is looked again until nothing changes.
 * @param {import('../support/daemon.mjs').Daemon} daemon
 */
export async function trimmedFigures(daemon) {
  let before = await trim(daemon);
  for (let look = 0; look < mostLooks; look += 1) {
    await pass(lookEveryMs);
    const now = await trim(daemon);
    if (now.heap === before.heap && now.descriptors === before.descriptors && now.threads === before.threads) return now;
    before = now;
  }
  throw new Error(`the daemon's figures go on changing: ${JSON.stringify(before)}`);
}
