// SPDX-License-Identifier: Apache-2.0
// HTTPS: what is negotiated and what is refused, which certificate is shown, and that nobody who stalls keeps others out.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import tls from 'node:tls';
import { ViewerHost } from '../load/viewer_host.mjs';
import { WebSocketClient } from '../load/web_socket.mjs';
import { makeCertificate } from '../support/certificate.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { lineLimitMs, withLimit } from '../support/events.mjs';
import { daemonBinary } from '../support/paths.mjs';
import { request } from '../support/requests.mjs';
import { hello } from '../support/sign_in.mjs';
import { formatToml } from '../support/toml.mjs';

const camera = 'front-door';
const lan = '192.0.2.1';
/** src/app/exit_code.h. */
const exitCode = { unavailable: 69, config: 78 };
/** The product's own limit of connections. */
const connections = 128;
const dayMs = 24 * 3600 * 1000;
/** A ClientHello's first bytes: a record of 512 bytes, of which no more come. */
const halfAHello = Buffer.from('16030102000100' + '01fc0303', 'hex');
/** Files are looked at each minute. */
const renewalLimitMs = 100_000;

/** @typedef {{ certificate: import('node:tls').DetailedPeerCertificate, protocol: string | null, cipher: string }} Shown */

/**
 * What a handshake comes to.
 * @param {string} url @param {import('node:tls').ConnectionOptions} [options]
 * @returns {Promise<Shown>} rejected where there is none
 */
function shakeHands(url, options = {}) {
  const { hostname, port } = new URL(url);
  const shaken = new Promise((resolve, reject) => {
    const socket = tls.connect({ host: hostname, port: Number(port), rejectUnauthorized: false, ...options }, () => {
      resolve({ certificate: socket.getPeerCertificate(true), protocol: socket.getProtocol(), cipher: socket.getCipher().name });
      socket.destroy();
    });
    socket.on('error', reject);
  });
  return withLimit(shaken, lineLimitMs, 'the handshake');
}

describe('HTTPS', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {ViewerHost} */
  let host;

  before(async () => {
    const http = { listen: [], tls_listen: ['127.0.0.1:0', `${lan}:0`], hosts: ['porch.example'] };
    daemon = await startDaemon({ suite: 'component', name: 'tls-daemon', config: testConfig({ http }) });
    host = await ViewerHost.start();
  });
  after(async () => {
    await host?.stop();
    await daemon?.stop();
  });

  test('TLS 1.3 is spoken, 1.2 too, and nothing older', async () => {
    const weakest = { ciphers: 'ALL:@SECLEVEL=0' };
    assert.equal((await shakeHands(daemon.url)).protocol, 'TLSv1.3');
    assert.equal((await shakeHands(daemon.url, { ...weakest, maxVersion: 'TLSv1.2' })).protocol, 'TLSv1.2');
    for (const maxVersion of /** @type {import('node:tls').SecureVersion[]} */ (['TLSv1.1', 'TLSv1']))
      await assert.rejects(shakeHands(daemon.url, { ...weakest, minVersion: 'TLSv1', maxVersion }), maxVersion);
  });

  test('a cipher without forward secrecy, authentication or strength is refused', async () => {
    for (const ciphers of ['AES256-GCM-SHA384', 'AES128-SHA', 'ECDHE-ECDSA-AES128-SHA', 'AECDH-AES128-SHA'])
      await assert.rejects(shakeHands(daemon.url, { maxVersion: 'TLSv1.2', ciphers: `${ciphers}:@SECLEVEL=0` }), ciphers);
  });

  test('the certificate is for every name and address of the device, and ends within 398 days', async () => {
    const { certificate } = await shakeHands(daemon.url);
    const names = certificate.subjectaltname?.split(', ') ?? [];
    const first = os.hostname().toLowerCase().split('.')[0];
    for (const name of ['DNS:localhost', `DNS:${first}.local`, 'DNS:porch.example', 'IP Address:127.0.0.1', `IP Address:${lan}`])
      assert.ok(names.includes(name), `${name} of ${names}`);
    assert.ok(!names.some((name) => /FE80:/i.test(name)), String(names));
    assert.equal(certificate.asn1Curve, 'prime256v1');
    const [begin, end] = [Date.parse(certificate.valid_from), Date.parse(certificate.valid_to)];
    assert.ok(begin < Date.now() && end - begin <= 398 * dayMs, `${certificate.valid_from} to ${certificate.valid_to}`);
  });

  test('the log tells the fingerprint that a browser shows', async () => {
    const { certificate } = await shakeHands(daemon.url);
    const { match } = await daemon.waitForLog(/the certificate's fingerprint \(SHA-256\) is (\S+)/);
    assert.equal(match[1], certificate.fingerprint256);
  });

  test('only its owner may read the key', () => {
    assert.equal(statSync(path.join(daemon.stateDir, 'tls/key.pem')).mode & 0o777, 0o600);
  });

  for (const signaling of /** @type {const} */ (['websocket', 'whep'])) {
    test(`a viewer gets video, signaling by ${signaling}`, async () => {
      const viewer = host.open({ url: daemon.link, camera, signaling });
      await viewer.waitFor('packet');
      viewer.forget();
    });
  }

  test('a cookie is given for HTTPS alone', async () => {
    const token = new URL(daemon.link).hash.replace('#token=', '');
    const { status, headers } = await request(`${daemon.url}/api/v1/login`, 'POST', JSON.stringify({ token }), { 'content-type': 'application/json' });
    assert.equal(status, 200);
    assert.match(String(headers['set-cookie']), /; Secure$/);
  });

  test('who speaks plain HTTP to the port is told what to do', async () => {
    const { status, body } = await request(daemon.url.replace('https:', 'http:'), 'GET');
    assert.equal(status, 400);
    assert.match(body, /https:\/\//);
  });

  test('handshakes that stall, twice as many as there are places, keep nobody out', async () => {
    const { port } = new URL(daemon.url);
    const stalled = await Promise.all(Array.from({ length: 2 * connections }, (_, i) => {
      const socket = net.connect({ host: '127.0.0.1', port: Number(port), localAddress: `127.0.${1 + (i >> 4)}.1` });
      socket.on('error', () => {});
      return new Promise((resolve) => socket.once('connect', () => socket.write(halfAHello, () => resolve(socket))));
    }));
    try {
      const viewer = host.open({ url: daemon.link, camera });
      await viewer.waitFor('packet');
      viewer.forget();
    } finally {
      for (const socket of stalled) socket.destroy();
    }
  });
});

describe('a certificate', () => {
  /** @type {string} */
  let folder;
  before(() => (folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-tls-'))));
  after(() => rmSync(folder, { recursive: true, force: true }));

  /** What a daemon says that cannot start. @param {number} code @param {Record<string, string>} [http] @param {string} [state] */
  function failure(code, http = {}, state = path.join(folder, 'state')) {
    const config = path.join(folder, 'fanlight.toml');
    writeFileSync(config, formatToml(testConfig({ http: { tls_listen: ['127.0.0.1:0'], ...http } })));
    const { status, stderr } = spawnSync(daemonBinary, ['--config', config, '--state-dir', state], { encoding: 'utf8', timeout: 20_000 });
    assert.equal(status, code, stderr);
    return stderr;
  }

  test('of the device stays the same when the daemon starts again', async () => {
    const config = testConfig({ http: { listen: [], tls_listen: ['127.0.0.1:0'] } });
    const daemon = await startDaemon({ suite: 'component', name: 'tls-first', config });
    const first = await shakeHands(daemon.url);
    const directory = await daemon.crash();
    const again = await startDaemon({ suite: 'component', name: 'tls-again', config, directory });
    const second = await shakeHands(again.url);
    await again.stop();
    assert.equal(second.certificate.fingerprint256, first.certificate.fingerprint256);
  });

  test('whose files are wrong ends the start, which names the file and why, and may be tried again', () => {
    const good = makeCertificate('good', folder, 'porch.example');
    const other = makeCertificate('other', folder, 'porch.example');
    const nothing = path.join(folder, 'nothing.pem');
    writeFileSync(nothing, 'nothing');
    const failureOf = (/** @type {Record<string, string>} */ files) => failure(exitCode.unavailable, { ...good, ...files });
    assert.match(failureOf({ certificate: path.join(folder, 'missing.pem') }), /missing\.pem': there is no such file/);
    assert.match(failureOf({ certificate: nothing }), /nothing\.pem'.*the certificate is none/);
    assert.match(failureOf({ key: nothing }), /nothing\.pem': the key is no private key/);
    assert.match(failureOf({ key: other.key }), /other\.key': the key is not the certificate's/);
  });

  test('of the device is not made anew over a key that cannot be read', () => {
    const state = path.join(folder, 'precious');
    mkdirSync(path.join(state, 'tls'), { recursive: true });
    writeFileSync(path.join(state, 'tls/key.pem'), 'precious');
    assert.match(failure(exitCode.config, {}, state), /tls\/key\.pem'.*move it away, and a new one is made/);
    assert.equal(readFileSync(path.join(state, 'tls/key.pem'), 'utf8'), 'precious');
  });

  test('that somebody renews is shown without a restart, and drops nobody', async () => {
    const files = makeCertificate('renewed', folder, 'porch.example');
    const config = testConfig({ http: { listen: [], tls_listen: ['127.0.0.1:0'], ...files } });
    const daemon = await startDaemon({ suite: 'component', name: 'tls-renewed', config });
    try {
      const before = await shakeHands(daemon.url);
      const channel = await WebSocketClient.open(`${daemon.url}/api/v1/signaling`);
      const answerTo = (/** @type {object} */ message) => {
        const answered = new Promise((resolve, reject) => {
          channel.onText = (text) => resolve(JSON.parse(text).type);
          channel.onClosed = () => reject(new Error('the connection was dropped'));
        });
        channel.send(JSON.stringify(message));
        return withLimit(answered, lineLimitMs, 'an answer');
      };
      assert.equal(await answerTo(hello(daemon.link)), 'welcome');
      makeCertificate('renewed', folder, 'porch.example');
      await daemon.waitForLog(/another certificate is shown from now on/, { timeout: renewalLimitMs });
      assert.notEqual((await shakeHands(daemon.url)).certificate.fingerprint256, before.certificate.fingerprint256);
      assert.equal(await answerTo({}), 'error');
      channel.onClosed = () => {};
      channel.close();
    } finally {
      await daemon.stop();
    }
  });
});
