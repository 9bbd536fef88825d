// SPDX-License-Identifier: Apache-2.0
// A daemon that can be told to give its free heap back, without a line of its own for that.

import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { processFigures } from '../load/process_figures.mjs';

const source = fileURLToPath(new URL('trim.c', import.meta.url));
const trimmedLine = /^trimmed: (\d+) bytes in use$/;

/** The library to be preloaded. `remove()` it in the test's clean-up. */
export function buildTrimmer() {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-trim-'));
  const library = path.join(directory, 'trim.so');
  execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, source, '-lpthread']);
  return { env: { LD_PRELOAD: library }, remove: () => rmSync(directory, { recursive: true, force: true }) };
}

/**
 * What the daemon holds when all that is free has been given back; memory in kB.
 * @param {import('../support/daemon.mjs').Daemon} daemon
 */
export async function trimmedFigures(daemon) {
  const pid = /** @type {number} */ (daemon.pid);
  const from = daemon.log.lines.length;
  process.kill(pid, 'SIGUSR2');
  const { match } = await daemon.waitForLog(trimmedLine, { from });
  return { ...processFigures(pid), heap: Number(match[1]) / 1024 };
}
