// SPDX-License-Identifier: Apache-2.0
// Links that let their bearer in, as `fanlight token` prints them: `http://host:port/#token=…`. What takes an address in
// these tests takes a link as well.

import { spawnSync } from 'node:child_process';
import { daemonBinary } from './paths.mjs';
import { keyMustNotBeSeen, stateMustNotBeSeen, tokenMustNotBeSeen } from './secrets.mjs';

/** The token of a link; empty for an address without one. @param {string | URL} link */
export function tokenOf(link) {
  return new URL(link).hash.replace(/^#token=/, '');
}

/** The header that carries a link's token. @param {string | URL} link @returns {Record<string, string>} */
export function authorization(link) {
  const token = tokenOf(link);
  return token ? { authorization: `Bearer ${token}` } : {};
}

/** `fetch` with the link's token. @param {string} link @param {string} path @param {RequestInit} [options] */
export function fetchWith(link, path, options = {}) {
  return fetch(new URL(path, link), { ...options, headers: { ...authorization(link), ...options.headers } });
}

/** A first message with the link's token. @param {string | URL} link */
export function hello(link) {
  const token = tokenOf(link);
  return { type: 'hello', ...(token && { token }) };
}

/**
 * `fanlight token …` on a state folder.
 * @param {string} stateDir @param {string[]} words
 * @returns {string} what it printed
 */
export function runToken(stateDir, words) {
  const { status, stdout, stderr } = spawnSync(daemonBinary, ['--state-dir', stateDir, 'token', ...words], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`'fanlight token ${words.join(' ')}' ended with ${status}: ${stderr}`);
  return stdout;
}

/**
 * Makes a token as its owner would, and says what stands behind the link's `#token=`.
 * @param {string} stateDir @param {string[]} words
 */
export function createToken(stateDir, words) {
  const link = /^Open: (\S+)$/m.exec(runToken(stateDir, ['create', '--url', 'http://127.0.0.1', ...words]))?.[1];
  const token = tokenOf(/** @type {string} */ (link));
  tokenMustNotBeSeen(token);
  stateMustNotBeSeen(stateDir);
  return token;
}

/**
 * Makes a key as its owner would, and says what stands in the addresses behind `/k/`.
 * @param {string} stateDir @param {string[]} words
 */
export function createKey(stateDir, words) {
  const printed = runToken(stateDir, ['create', '--key', '--url', 'http://127.0.0.1', ...words]);
  const key = /** @type {RegExpExecArray} */ (/^WHEP: http:\/\/127\.0\.0\.1\/k\/([^/]+)\/whep\//m.exec(printed))[1];
  keyMustNotBeSeen(key);
  stateMustNotBeSeen(stateDir);
  return key;
}

/**
 * Signs a browser's profile in, before any page is open in it.
 * @param {import('playwright-core').BrowserContext} context @param {string} link
 */
export async function signIn(context, link) {
  const token = tokenOf(link);
  if (!token) return;
  const response = await context.request.post(new URL('/api/v1/login', link).href, { data: { token } });
  if (!response.ok()) throw new Error(`signing in was refused with ${response.status()}: ${await response.text()}`);
}
