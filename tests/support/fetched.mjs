// SPDX-License-Identifier: Apache-2.0
// Programs that are used without being installed: what a package's own scripts would start stays off this machine. They
// are fetched before a suite (prepare.mjs), whose network has no way out, and kept under build/.

import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildDirectory } from './paths.mjs';

const cache = path.join(buildDirectory, 'fetched');

/** @param {string} name of a Debian package @returns {string} the folder that it was unpacked into */
function unpacked(name) {
  return path.join(cache, name);
}

/** Downloads and unpacks the package where it is missing. @param {string} name */
export function fetchPackage(name) {
  if (existsSync(unpacked(name))) return;
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(path.join(cache, 'making-'));
  try {
    execFileSync('apt-get', ['-q', 'download', name], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'] });
    const [deb] = readdirSync(scratch);
    execFileSync('dpkg-deb', ['-x', path.join(scratch, deb), path.join(scratch, 'tree')]);
    renameSync(path.join(scratch, 'tree'), unpacked(name));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Judges metrics as Prometheus does; of its package, which would start a server. */
export const promtoolProgram = () => path.join(unpacked('prometheus'), 'usr', 'bin', 'promtool');

/** Caddy, a program without libraries. */
export const caddyProgram = () => path.join(unpacked('caddy'), 'usr', 'bin', 'caddy');
