// SPDX-License-Identifier: Apache-2.0
// Where the test suites find what was built and leave what they saw.

import { mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The top of the checkout. */
export const repository = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');

/** The build folder; another one can be named for trials. */
export const buildDirectory = path.resolve(repository, process.env.FANLIGHT_BUILD_DIR ?? 'build');

/** The daemon under test. */
export const daemonBinary = path.join(buildDirectory, 'src', 'fanlight');

/** Whose file runs, for what several suites share. */
export const suite = path.basename(path.dirname(process.argv[1] ?? ''));

/**
 * The folder for the logs and pictures of one suite; made when missing.
 * @param {string} suite
 * @returns {string}
 */
export function logDirectory(suite) {
  const directory = path.join(buildDirectory, 'log', suite);
  mkdirSync(directory, { recursive: true });
  return directory;
}
