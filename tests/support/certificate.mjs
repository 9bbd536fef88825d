// SPDX-License-Identifier: Apache-2.0
// A certificate that is not the device's own, with its key.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import path from 'node:path';

/**
 * Of two days, signed by itself.
 * @param {string} name below `folder` @param {string} folder @param {string} host
 * @returns {{ certificate: string, key: string }} files in PEM
 */
export function makeCertificate(name, folder, host) {
  const files = { certificate: path.join(folder, `${name}.pem`), key: path.join(folder, `${name}.key`) };
  const made = spawnSync('openssl', ['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '2',
    '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host}`, '-keyout', files.key, '-out', files.certificate], { encoding: 'utf8' });
  assert.equal(made.status, 0, made.stderr);
  return files;
}
