// SPDX-License-Identifier: Apache-2.0
// Texts that no log may show. The runner looks for them when the suite is over (tests/support/secrets_in_logs.py).

import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** @param {string[]} secrets */
export function mustNotBeSeen(...secrets) {
  const file = process.env.FANLIGHT_SECRETS;
  if (file) appendFileSync(file, secrets.filter(Boolean).map((secret) => `${secret}\n`).join(''));
}

/** A token's parts: its signature alone makes a token of what can be guessed. @param {string} token */
export function tokenMustNotBeSeen(token) {
  mustNotBeSeen(token, token.split('.')[2] ?? '');
}

/** A key, and what stands behind its id, which is no secret. @param {string} key */
export function keyMustNotBeSeen(key) {
  mustNotBeSeen(key, key.slice(-32));
}

/** The keys in a daemon's state folder. @param {string} stateDir */
export function stateMustNotBeSeen(stateDir) {
  const tokens = path.join(stateDir, 'access.json');
  if (existsSync(tokens)) mustNotBeSeen(JSON.parse(readFileSync(tokens, 'utf8')).key);
  const sealing = path.join(stateDir, 'mqtt', 'key');
  if (existsSync(sealing)) mustNotBeSeen(readFileSync(sealing, 'utf8'));
  const key = path.join(stateDir, 'tls', 'key.pem');
  if (existsSync(key)) mustNotBeSeen(...pemLines(readFileSync(key, 'utf8')));
}

/** The lines of a PEM file that hold the key. @param {string} pem */
export function pemLines(pem) {
  return pem.split('\n').filter((line) => line && !line.startsWith('-----'));
}
