// SPDX-License-Identifier: Apache-2.0
// What the daemon tells whoever starts it: output, error text and exit code.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { daemonBinary } from '../support/paths.mjs';
import { keyMustNotBeSeen } from '../support/secrets.mjs';
import { fetchWith } from '../support/sign_in.mjs';

const exitCode = { ok: 0, usage: 64, unavailable: 69, config: 78 };
/** A program that should have left and did not is ended, and the test fails on its missing exit code. */
const limitMs = 20_000;

/** @type {string} */
let folder;
before(() => {
  folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-command-line-'));
});
after(() => rmSync(folder, { recursive: true, force: true }));

/** @param {string[]} args */
function fanlight(...args) {
  const { status, stdout, stderr } = spawnSync(daemonBinary, ['--state-dir', path.join(folder, 'state'), ...args], { encoding: 'utf8', timeout: limitMs });
  return { status, stdout, stderr };
}

/** @param {string} name @param {string} text */
function file(name, text) {
  const full = path.join(folder, name);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  return full;
}

test('--version names the program and its version', () => {
  const { status, stdout } = fanlight('--version');
  assert.equal(status, exitCode.ok);
  assert.match(stdout, /^fanlight \d+\.\d+\.\d+\n$/);
});

test('a mistake on the command line is explained with code 64', () => {
  for (const args of [['--colour'], ['fly'], ['--config']]) {
    const { status, stdout, stderr } = fanlight(...args);
    assert.equal(status, exitCode.usage, args.join(' '));
    assert.equal(stdout, '');
    assert.notEqual(stderr, '');
  }
});

test('everything that is wrong in the configuration is named at once, with code 78', () => {
  const config = file('wrong.toml', `
[http]
listn = ["127.0.0.1:0"]
[limits]
viewers = "many"
[[camera]]
id = "a"
width = 99999
[[camera]]
id = "a"
source = "tset"
`);
  const { status, stdout, stderr } = fanlight('--config', config);
  assert.equal(status, exitCode.config);
  assert.equal(stdout, '');
  const lines = stderr.trim().split('\n');
  for (const [line, what] of [[3, "'listen'"], [5, "'viewers'"], [8, "'width'"], [9, "'a'"], [11, "'source'"]]) {
    const found = lines.find((text) => text.startsWith(`${config}:${line}: `));
    assert.ok(found?.includes(String(what)), `line ${line} and ${what} in:\n${stderr}`);
  }
});

test('a file that is not there or cannot be read is named, with code 78', () => {
  const missing = path.join(folder, 'missing.toml');
  const { status, stderr } = fanlight('--config', missing);
  assert.equal(status, exitCode.config);
  assert.ok(stderr.includes(missing), stderr);
  const folderAsFile = fanlight('--config', folder);
  assert.equal(folderAsFile.status, exitCode.config);
  assert.ok(folderAsFile.stderr.includes(folder), folderAsFile.stderr);
});

test('check prints each value and where it comes from', () => {
  const config = file('layers/fanlight.toml', '[device]\nid = "porch"\n[[camera]]\nid = "door"\nsource = "test"\n');
  const later = file('layers/fanlight.d/10-later.toml', '[[camera]]\nid = "door"\nwidth = 640\nheight = 360\n');
  const { status, stdout, stderr } = fanlight('check', '--config', config);
  assert.equal(status, exitCode.ok, stderr);
  assert.match(stdout, new RegExp(`^\\s*id\\s*= "porch".*${config}:2`, 'm'));
  assert.match(stdout, new RegExp(`^\\s*width\\s*= 640.*${later}:3`, 'm'));
  assert.match(stdout, /^\s*framerate\s*= 30.*default/m);
});

test('check tells what is wrong with code 78', () => {
  const { status, stdout, stderr } = fanlight('check', '--config', file('check.toml', '[http]\nport = 1\n'));
  assert.equal(status, exitCode.config);
  assert.match(stderr, /check\.toml:2: /);
  assert.match(stdout, /\[http\]/);
});

test('check reads the keys and certificates that are named, as the daemon will', () => {
  const notP256 = generateKeyPairSync('ec', { namedCurve: 'P-384' }).publicKey.export({ type: 'spki', format: 'pem' });
  const config = file('keys.toml', `[http]
tls_listen = ["127.0.0.1:0"]
certificate = "/nowhere/cert.pem"
key = "/nowhere/key.pem"
[access]
fleet_keys = ["""${notP256}"""]
`);
  const { status, stderr } = fanlight('check', '--config', config);
  assert.equal(status, exitCode.config);
  assert.match(stderr, /\/nowhere\/cert\.pem/);
  assert.match(stderr, /'fleet_keys' in \[access\]: it is no public key of the curve P-256/);
});

test('check lets be what systemd hands to the service alone', () => {
  const handedOver = '/run/credentials/fanlight.service';
  const config = file('handed-over.toml', `[http]
tls_listen = ["127.0.0.1:0"]
certificate = "${handedOver}/cert.pem"
key = "${handedOver}/key.pem"
`);
  const { status, stderr } = fanlight('check', '--config', config);
  assert.equal(status, 0, stderr);
  assert.equal(stderr, `'${handedOver}/cert.pem' is looked at when the service starts, which systemd hands it to\n`);
});

test('a port that is taken ends it with code 69 and names the address', async () => {
  const taken = createServer();
  await new Promise((resolve) => taken.listen(0, '127.0.0.1', () => resolve(undefined)));
  const { port } = /** @type {import('node:net').AddressInfo} */ (taken.address());
  const config = file('taken.toml', `[http]\nlisten = ["127.0.0.1:${port}"]\n[[camera]]\nid = "a"\nsource = "test"\n`);

  const { status, stdout, stderr } = fanlight('--config', config);

  await new Promise((resolve) => taken.close(resolve));
  assert.equal(status, exitCode.unavailable, stderr);
  assert.equal(stdout, '');
  assert.match(stderr, new RegExp(`127\\.0\\.0\\.1:${port}`));
});

test('each listener is one line on standard output, in the order of the configuration', async (t) => {
  const daemon = await startDaemon({
    suite: 'component',
    name: 'listeners',
    config: testConfig({ http: { listen: ['127.0.0.1:0', '[::1]:0'] } }),
  });
  t.after(() => daemon.kill());
  assert.match(daemon.urls[0], /^http:\/\/127\.0\.0\.1:\d+$/);
  assert.match(daemon.urls[1], /^http:\/\/\[::1\]:\d+$/);
  for (const url of daemon.urls) assert.equal((await fetch(`${url}/healthz`)).status, 200);
  await daemon.stop();
});

test('asked to leave as soon as it listens, it leaves as at any time', async (t) => {
  // A moment that is easily missed.
  for (let round = 1; round <= 5; round++) {
    const daemon = await startDaemon({ suite: 'component', name: `command-line-brief-${round}` });
    t.after(() => daemon.kill());
    await daemon.stop();
    assert.ok(daemon.log.lines.some((line) => line.endsWith('fanlight: stopping; 0 viewers')));
  }
});

test('without a camera it runs, says so and is not ready', async (t) => {
  const daemon = await startDaemon({ suite: 'component', name: 'no-camera', config: { http: { listen: ['127.0.0.1:0'] } } });
  t.after(() => daemon.kill());
  await daemon.waitForLog(/no camera found/);
  assert.equal((await fetchWith(daemon.link, '/readyz')).status, 503);
  assert.equal((await fetch(`${daemon.url}/healthz`)).status, 200);
  assert.deepEqual((await (await fetchWith(daemon.link, '/api/v1/cameras')).json()).cameras, []);
  await daemon.stop();
});

test('asked to, it shows the test picture where no camera is found, and says so', async (t) => {
  const daemon = await startDaemon({
    suite: 'component',
    name: 'fallback',
    config: { http: { listen: ['127.0.0.1:0'] } },
    args: ['--fallback-test-picture'],
  });
  t.after(() => daemon.kill());
  await daemon.waitForLog(/no camera found: a test picture is served instead/);
  const { cameras } = await (await fetchWith(daemon.link, '/api/v1/cameras')).json();
  assert.deepEqual(cameras.map((/** @type {any} */ { id, state }) => [id, state]), [['test-picture', 'idle']]);
  await daemon.stop();
});

test('a key is printed as the addresses that it opens, is listed as one, and is for cameras that are named', () => {
  const make = (/** @type {string[]} */ ...words) => fanlight('token', 'create', '--key', '--url', 'https://porch:8443', ...words);
  const one = ['--name', 'recorder', '--camera', 'front-door', '--camera', 'garden', '--for', 'ever'];
  const { status, stdout, stderr } = make(...one);
  assert.equal(status, exitCode.ok, stderr);
  const urls = [...stdout.matchAll(/^WHEP: (\S+)$/gm)].map(([, url]) => url);
  const [, key] = /** @type {RegExpExecArray} */ (/\/k\/([a-z0-9]{16}[A-Za-z0-9_-]{32})\//.exec(urls[0]));
  keyMustNotBeSeen(key);
  assert.deepEqual(urls, ['front-door', 'garden'].map((camera) => `https://porch:8443/k/${key}/whep/${camera}`));
  assert.match(stdout, /^For 'recorder': view of front-door,garden, by a key, without end\.$/m);
  assert.ok(!stdout.includes('#token='));
  assert.equal(make('--keep', ...one).stdout, stdout);
  const listed = fanlight('token', 'list').stdout;
  assert.match(listed, new RegExp(`^${key.slice(0, 16)} .* recorder  view of front-door,garden, by a key$`, 'm'));
  assert.ok(!listed.includes(key));
  for (const [words, why] of /** @type {[string[], RegExp][]} */ ([
    [['--name', 'a'], /a key is for cameras that are named; none was made/],
    [['--name', 'a', '--camera', 'x', '--rights', 'view,talk'], /a key is to view, and for nothing else; none was made/],
    [['--name', 'a', '--camera', 'x', '--rights', 'control'], /a key is to view, and for nothing else; none was made/],
    [['--owner'], /--owner excludes --key/],
    [['--name', 'a', '--camera', 'x', '--qr'], /--qr excludes --key/],
  ])) {
    const refused = make(...words);
    assert.equal(refused.status, exitCode.usage, words.join(' '));
    assert.match(refused.stderr, why);
  }
  assert.equal(fanlight('token', 'revoke', 'recorder').status, exitCode.ok);
  assert.ok(!fanlight('token', 'list').stdout.includes('recorder'));
});
