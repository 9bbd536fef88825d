// SPDX-License-Identifier: Apache-2.0
// The Debian package of the commit that is checked out.

import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { repository } from './paths.mjs';

/** Makes it where this commit's is not there yet, which takes minutes. @returns {string} its file */
export function debianPackage() {
  const made = execFileSync(path.join(repository, 'tools/package'), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] });
  return made.trim();
}
