// SPDX-License-Identifier: Apache-2.0
// A service that hands out TURN servers, asked by the device for its viewers. The service is a stand-in that answers as the
// hosted ones do, since those are in the internet.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { daemonDirectory, startDaemon, testConfig } from '../support/daemon.mjs';
import { daemonBinary } from '../support/paths.mjs';
import { mustNotBeSeen } from '../support/secrets.mjs';
import { authorization } from '../support/sign_in.mjs';
import { formatToml } from '../support/toml.mjs';
import { WebhookReceiver } from '../support/webhook_receiver.mjs';

const suite = 'component';
const camera = [{ id: 'porch', source: 'test', width: 320, height: 180, framerate: 15 }];
const token = 'what-the-service-knows-us-by';
const key = 'key-in-the-address';

/** @param {string} password @param {number} [ttl] */
const servers = (password, ttl) => JSON.stringify({ ttl, iceServers: [{ urls: ['turn:turn.example:3478'], username: 'user', credential: password }] });

describe('a service of ICE servers', () => {
  /** @type {(() => Promise<unknown>)[]} */
  const ends = [];
  after(() => Promise.all(ends.map((end) => end())));
  mustNotBeSeen(token, key);

  /** @param {string} name @param {WebhookReceiver} service @param {boolean} [hasToken] */
  async function startBeside(name, service, hasToken = false) {
    const address = `${await service.listen()}/turn/${key}`;
    ends.push(() => service.close());
    const directory = daemonDirectory();
    const file = path.join(directory, 'token');
    writeFileSync(file, `${token}\n`);
    const server = { id: 'hosted', service: address, ...(hasToken ? { service_token: file, lifetime: '10m' } : {}) };
    const daemon = await startDaemon({ suite, name, directory, config: testConfig({ camera, ice_server: [server] }) });
    ends.push(() => daemon.stop());
    return daemon;
  }

  /** What a player is told. @param {import('../support/daemon.mjs').Daemon} daemon */
  const linkOf = async (daemon) =>
    (await fetch(`${daemon.url}/whep/porch`, { headers: authorization(daemon.link) })).headers.get('Link') ?? '';

  /** @param {import('../support/daemon.mjs').Daemon} daemon @param {string} text */
  async function untilTold(daemon, text) {
    for (let link = ''; !link.includes(text);) link = await linkOf(daemon);
  }

  test('is asked by a GET, and again before what it gave ends', async () => {
    const service = new WebhookReceiver();
    service.body = servers('one', 10);
    const daemon = await startBeside('ice-service', service);
    await untilTold(daemon, '<turn:turn.example:3478>; rel="ice-server"; username="user"; credential="one"');
    assert.equal(service.heard[0].url, `/turn/${key}`);
    assert.equal(service.heard[0].body.length, 0);
    service.body = servers('two', 10);
    await service.until(2);
    await untilTold(daemon, 'credential="two"');
  });

  test('is shown what it knows us by, and told for how long', async () => {
    const service = new WebhookReceiver();
    service.body = servers('one');
    const daemon = await startBeside('ice-service-post', service, true);
    const { headers, body } = await service.until(1);
    assert.equal(headers.authorization, `Bearer ${token}`);
    assert.equal(headers['content-type'], 'application/json');
    assert.deepEqual(JSON.parse(body.toString()), { ttl: 600 });
    await untilTold(daemon, 'credential="one"');
  });

  test('that fails is asked again, and said to be of no use', async () => {
    const service = new WebhookReceiver();
    service.statuses = [500, 200];
    service.body = servers('late');
    const daemon = await startBeside('ice-service-fails', service);
    await daemon.waitForLog(/the service of \[\[ice_server\]\] 'hosted' is of no use: it answers with status 500/);
    assert.equal(await linkOf(daemon), '');
    await untilTold(daemon, 'credential="late"');
  });

  test('is asked by the doctor, who tries what it gives', async () => {
    const service = new WebhookReceiver();
    service.statuses = [500, 200];
    service.body = servers('one');
    const address = `${await service.listen()}/turn/${key}`;
    ends.push(() => service.close());
    const directory = daemonDirectory();
    ends.push(async () => rmSync(directory, { recursive: true, force: true }));
    const config = path.join(directory, 'fanlight.toml');
    writeFileSync(config, formatToml({ camera, ice_server: [{ id: 'hosted', service: address }] }));
    const doctor = () => new Promise((resolve) => execFile(daemonBinary, ['doctor', '--config', config, '--state-dir', directory], (_, output) => resolve(output)));
    assert.match(await doctor(), /broken +servers +'hosted' is not used: it answers with status 500/);
    assert.match(await doctor(), /broken +turn +'hosted' turn:turn\.example:3478: its name has no address/);
  });

  for (const [what, body] of [['no JSON', '<html>'], ['more than it may', `[${' '.repeat(70_000)}]`], ['nothing that helps', '[]']]) {
    test(`that answers with ${what} is of no use, and nobody is held up`, async () => {
      const service = new WebhookReceiver();
      service.body = body;
      const daemon = await startBeside('ice-service-nonsense', service);
      await daemon.waitForLog(/the service of \[\[ice_server\]\] 'hosted' is of no use: /);
      assert.equal(await linkOf(daemon), '');
    });
  }
});
