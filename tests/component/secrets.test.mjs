// SPDX-License-Identifier: Apache-2.0
// Secrets are told to nobody who asks: not by an answer, not by the process's environment and arguments, not by a log of
// requests that carry them where they do not belong. The runner looks through every log besides.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { daemonBinary, repository } from '../support/paths.mjs';
import { mustNotBeSeen, pemLines } from '../support/secrets.mjs';
import { authorization, createKey, createToken, hello, tokenOf } from '../support/sign_in.mjs';
import { ask, exchange, parseResponse, RawConnection, RawWebSocket, requestBytes } from './http_raw.mjs';

const offer = JSON.parse(readFileSync(path.join(repository, 'tests/fixtures/offers/chromium-video-only.json'), 'utf8')).sdp;
const surface = JSON.parse(readFileSync(path.join(repository, 'tests/fixtures/access/surface.json'), 'utf8'));

describe('secrets', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-secrets-'));
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** What must never be seen, by name. @type {Map<string, string>} */
  const secrets = new Map();

  before(async () => {
    const [key, certificate] = ['key.pem', 'certificate.pem'].map((name) => path.join(folder, name));
    execFileSync('openssl', [
      'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-days', '30', '-subj', '/CN=porch',
      '-keyout', key, '-out', certificate,
    ], { stdio: 'ignore' });
    daemon = await startDaemon({
      suite: 'component',
      name: 'secrets-daemon',
      config: testConfig({ http: { listen: ['127.0.0.1:0'], tls_listen: ['127.0.0.1:0'], key, certificate } }),
    });
    const guest = createToken(daemon.stateDir, ['--name', 'guest', '--for', '1h']);
    secrets.set('the owner’s token', tokenOf(daemon.link));
    secrets.set('its signature', tokenOf(daemon.link).split('.')[2]);
    secrets.set('a guest’s token', guest);
    const viewKey = createKey(daemon.stateDir, ['--name', 'recorder', '--camera', 'front-door', '--for', '1h']);
    secrets.set('a key', viewKey);
    secrets.set('what makes it one', viewKey.slice(-32));
    secrets.set('the signing key', JSON.parse(readFileSync(path.join(daemon.stateDir, 'access.json'), 'utf8')).key);
    for (const line of pemLines(readFileSync(key, 'utf8'))) secrets.set(`the TLS key, ${secrets.size}`, line);
    mustNotBeSeen(...secrets.values());
  });

  after(async () => {
    await daemon?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  /** @param {string} what @param {string} text */
  function hidesAll(what, text) {
    for (const [name, secret] of secrets) assert.ok(!text.includes(secret), `${what} shows ${name}`);
  }

  test('no answer shows one, whoever asks', async () => {
    let asked = 0;
    for (const { method, path: pattern } of surface.routes) {
      const where = pattern.replace('{camera}', 'front-door').replace(/\{session\}|\{channel\}/, 'a'.repeat(32)).replace('{key}', /** @type {string} */ (secrets.get('a key'))).replace('/{file}', '/');
      for (const link of [daemon.link, daemon.url]) {
        if (method === 'POST' && pattern === '/api/v1/signaling') continue;
        const { status, headers, body } = await ask(link, method, where);
        // What is given for keeping, to who sent it.
        headers.delete('set-cookie');
        hidesAll(`${method} ${where}, ${status}`, JSON.stringify([...headers]) + body);
        asked++;
      }
    }
    assert.ok(asked > 30);
  });

  test('no command shows one', async () => {
    const socket = await RawWebSocket.open(daemon.link);
    socket.say(hello(daemon.link));
    for (const name of ['tokens', 'viewers']) socket.say({ type: 'command', id: name, name });
    await socket.waitForMessage(({ id }) => id === 'viewers');
    const tokens = await socket.waitForMessage(({ id }) => id === 'tokens');
    assert.equal(tokens.value.tokens.length, 3);
    hidesAll('a channel', JSON.stringify(socket.messages));
    socket.connection.drop();
  });

  test('a token where it does not belong is in no log', async () => {
    const token = tokenOf(daemon.link);
    const host = { host: new URL(daemon.url).host };
    const from = daemon.log.lines.length;
    for (const bytes of [
      requestBytes(daemon.url, 'GET', `/api/v1/cameras?token=${token}`, host),
      requestBytes(daemon.url, 'GET', `/${token}`, host),
      requestBytes(daemon.url, token, '/', host),
      requestBytes(daemon.url, 'GET', '/', { ...host, referer: `${daemon.url}/#token=${token}`, cookie: `a=${token}`, 'x-token': token }),
      requestBytes(daemon.url, 'GET', '/', { host: token }),
      requestBytes(daemon.url, 'POST', '/api/v1/login', { ...host, 'content-type': 'application/json' }, `{"token":"${token}x"}`),
      requestBytes(daemon.url, 'POST', '/api/v1/pair', { ...host, 'content-type': 'application/json' }, `{"code":"${token.slice(0, 60)}"}`),
      requestBytes(daemon.url, 'POST', '/whep/front-door', { ...authorization(daemon.link), ...host, 'content-type': 'application/sdp' }, token),
    ])
      await exchange(daemon.url, bytes);
    const socket = await RawWebSocket.open(daemon.url);
    for (const message of [`{"type":"${token}"}`, token, { type: 'hello', token: `${token}x` }]) socket.say(message);
    await socket.waitForClose();
    hidesAll('the log', daemon.log.lines.slice(from).join('\n'));
    hidesAll('the log', daemon.log.lines.join('\n'));
  });

  test('neither its environment nor its arguments show one', () => {
    for (const thread of readdirSync(`/proc/${daemon.pid}/task`))
      for (const file of ['environ', 'cmdline', 'comm'])
        hidesAll(`/proc/PID/task/TID/${file}`, readFileSync(`/proc/${daemon.pid}/task/${thread}/${file}`, 'latin1'));
  });

  test('its configuration, explained, shows none', () => {
    const args = readFileSync(`/proc/${daemon.pid}/cmdline`, 'latin1').split('\0').slice(1, 5);
    const { stdout, stderr, status } = spawnSync(daemonBinary, [...args, 'check'], { encoding: 'utf8' });
    assert.equal(status, 0, stderr);
    assert.match(stdout, /key\.pem/);
    hidesAll('fanlight check', stdout + stderr);
  });

  test('its state is its owner’s alone', () => {
    const modes = execFileSync('find', [daemon.stateDir, '-printf', '%y %m %P\n'], { encoding: 'utf8' }).trim().split('\n');
    for (const line of modes) assert.match(line, /^(d 700|f 600)/, line);
  });

  test('a key in an address, right, wrong or out of place, is in no log and no answer', async () => {
    const key = /** @type {string} */ (secrets.get('a key'));
    const headers = { host: new URL(daemon.url).host, 'content-type': 'application/sdp' };
    const from = daemon.log.lines.length;
    const opened = requestBytes(daemon.url, 'POST', `/k/${key}/whep/front-door`, headers, offer);
    const answers = [await exchange(daemon.url, opened)];
    assert.equal(answers[0].status, 201, answers[0].body);
    for (const bytes of [
      requestBytes(daemon.url, 'POST', `/k/${key}/whep/front-door`, headers, key),
      requestBytes(daemon.url, 'POST', `/k/${key}/whep/front-door`, { ...headers, 'content-type': 'text/plain' }, offer),
      requestBytes(daemon.url, 'DELETE', `/k/${key}/whep/front-door`, headers),
      requestBytes(daemon.url, 'GET', `/k/${key}/whep/${key}`, headers),
      requestBytes(daemon.url, 'GET', `/k/${key}x/whep/front-door`, headers),
      requestBytes(daemon.url, 'GET', `/k/${key}/nothing`, headers),
      requestBytes(daemon.url, 'GET', `/${key}`, headers),
      requestBytes(daemon.url, 'GET', '/api/v1/cameras', { ...headers, authorization: `Bearer ${key}`, referer: `${daemon.url}/k/${key}/whep/front-door` }),
      // On the way in: cut off, malformed, for another host.
      `GET /k/${key}/whep/front-door HTTP/1.1\r\n`,
      `GET /k/${key}/whep/front-door HTTP/9\r\n\r\n`,
      requestBytes(daemon.url, 'GET', `/k/${key}/whep/front-door`, { host: 'evil.example' }),
    ]) {
      const connection = await RawConnection.open(daemon.url);
      connection.send(bytes);
      connection.endSending();
      await connection.waitForEnd();
      answers.push(parseResponse(connection.received));
      hidesAll('an answer', connection.received.toString('latin1'));
      connection.drop();
    }
    const location = /** @type {string} */ (answers[0].headers.get('location'));
    const { body } = await ask(daemon.link, 'GET', '/api/v1/cameras');
    const ended = await ask(daemon.url, 'DELETE', location);
    assert.equal(ended.status, 200);
    hidesAll('an answer', JSON.stringify(answers.map(({ headers: given }) => [...given])) + body);
    await daemon.waitForLog(/ ended: left/, { from });
    hidesAll('the log', daemon.log.lines.join('\n'));
  });
});
