// SPDX-License-Identifier: Apache-2.0
// A repository for apt, made by tools/release, and packages that differ from ours in one thing.

import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { repository } from './paths.mjs';

/**
 * Runs tools/release.
 * @param {string[]} options
 * @returns {{ status: number | null, stdout: string, stderr: string }}
 */
export function release(...options) {
  return spawnSync(path.join(repository, 'tools/release'), options, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

/**
 * The three lines that a person types, out of what was printed.
 * @param {string} text
 */
export function installationLines(text) {
  return [...text.matchAll(/^ {4}(sudo .*)$/gm)].map(([, line]) => line);
}

/**
 * The same package again with other fields: as if it had been built for that, which takes minutes.
 * @param {string} deb
 * @param {Record<string, string>} fields `Version`, `Architecture`
 * @param {string} folder that gets it
 * @param {Record<string, string>} [added] text at the end of files, by their paths
 * @returns {string} its file
 */
export function repacked(deb, fields, folder, added = {}) {
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'fanlight-repacked-'));
  try {
    execFileSync('dpkg-deb', ['-R', deb, scratch]);
    const control = path.join(scratch, 'DEBIAN/control');
    let text = readFileSync(control, 'utf8');
    for (const [name, value] of Object.entries(fields)) text = text.replace(new RegExp(`^${name}: .*$`, 'm'), `${name}: ${value}`);
    writeFileSync(control, text);
    for (const [file, more] of Object.entries(added)) appendFileSync(path.join(scratch, file), more);
    mkdirSync(folder, { recursive: true });
    const made = path.join(folder, `repacked-${Object.values(fields).join('-')}.deb`);
    execFileSync('dpkg-deb', ['--root-owner-group', '-Zgzip', '-b', scratch, made], { stdio: 'pipe' });
    return made;
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
