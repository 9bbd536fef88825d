// SPDX-License-Identifier: Apache-2.0
// Caddy in front, as systemd/examples/Caddyfile has it, with a certificate of its own authority in place of ACME's.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { Caddy } from '../support/caddy.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { repository } from '../support/paths.mjs';

const suite = 'component';
const name = 'porch.example.org';

describe('Caddy in front', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {Caddy} */
  let caddy;
  /** @type {import('playwright-core').Browser} */
  let browser;
  const link = () => `https://${name}:${caddy.port}/${new URL(daemon.link).hash}`;

  before(async () => {
    const listen = ['127.0.0.1:0'];
    daemon = await startDaemon({
      suite,
      name: 'proxy-daemon',
      config: testConfig({ http: { listen, hosts: [name], trusted_proxies: ['127.0.0.1'] } }),
    });
    const example = readFileSync(path.join(repository, 'systemd/examples/Caddyfile'), 'utf8');
    caddy = await Caddy.start(example.replace('127.0.0.1:8080', new URL(daemon.url).host));
    browser = await launchBrowser({ args: [`--host-resolver-rules=MAP ${name} 127.0.0.1`, '--ignore-certificate-errors'] });
  });

  after(async () => {
    await browser?.close();
    await caddy?.stop();
    await daemon?.stop();
  });

  test('the page signs in, signals by its WebSocket and shows the picture', async () => {
    const viewer = await ViewerPage.open(browser, link(), { suite, name: 'proxy-page' });
    await viewer.firstFrame();
    assert.ok(viewer.signaling.lines.some((line) => line.includes('"welcome"')), 'no WebSocket');
    const [cookie] = await viewer.page.context().cookies();
    assert.deepEqual([cookie.name, cookie.secure, cookie.sameSite], ['__Host-fanlight-test', true, 'Strict']);
    await viewer.page.reload();
    await viewer.firstFrame();
    await viewer.close();
  });

  test('who comes by it is told apart by his own address', async () => {
    const source = (/** @type {string} */ said) =>
      fetch(`${daemon.url}/api/v1/login`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-forwarded-for': said, 'x-forwarded-proto': 'https' },
        body: '{"token":"wrong"}',
      }).then(({ status }) => status);
    const statuses = [];
    for (let tries = 0; tries < 11; tries++) statuses.push(await source('192.0.2.66'));
    assert.deepEqual([statuses[0], statuses.at(-1)], [401, 429]);
    assert.equal(await source('192.0.2.7'), 401);
  });
});
