// SPDX-License-Identifier: Apache-2.0
// What a test puts in front of a library of the daemon's, to have it fail as hardware does.

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Compiles a file of this folder.
 * @param {string} source its name
 * @param {string} directory where the library is written
 * @returns {string} for LD_PRELOAD
 */
export function preloaded(source, directory) {
  const library = path.join(directory, `${path.basename(source, '.c')}.so`);
  execFileSync('cc', ['-O2', '-shared', '-fPIC', '-o', library, fileURLToPath(new URL(source, import.meta.url)), '-ldl']);
  return library;
}
