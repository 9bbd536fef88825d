// SPDX-License-Identifier: Apache-2.0
// The device at a broker: mosquitto, and for what it never does a stand-in that takes connections and says nothing.

import assert from 'node:assert/strict';
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { execFileSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { makeCertificate } from '../support/certificate.mjs';
import { daemonDirectory, startDaemon, testConfig } from '../support/daemon.mjs';
import { Mosquitto } from '../support/mosquitto.mjs';
import { mustNotBeSeen } from '../support/secrets.mjs';
import { authorization } from '../support/sign_in.mjs';

const suite = 'component';
const password = 'what-the-broker-knows-us-by';
mustNotBeSeen(password);

/** @typedef {import('node:test').TestContext} Test */

/** @param {Test} t @param {string} name @param {object} mqtt @param {object} [options] */
async function start(t, name, mqtt, options = {}) {
  const daemon = await startDaemon({ suite, name, config: testConfig({ mqtt: /** @type {any} */ (mqtt) }), ...options });
  t.after(() => daemon.kill());
  return daemon;
}

/** @param {Test} t @param {(folder: string) => string} [more] */
async function startBroker(t, more) {
  const broker = await Mosquitto.start(more);
  t.after(() => broker.stop());
  return broker;
}

/** @param {Test} t @param {Mosquitto} broker @param {string[]} [options] */
function listen(t, broker, options) {
  const reader = broker.listen('fanlight/#', options);
  t.after(() => reader.stop());
  return reader;
}

describe('a device at a broker', () => {
  test('says that it is there and what it has, and that it goes', async (t) => {
    const broker = await startBroker(t);
    const early = listen(t, broker);
    await broker.log.waitFor(/Sending SUBACK/);
    const daemon = await start(t, 'broker', { broker: `mqtt://127.0.0.1:${broker.port}` });
    assert.equal((await early.next('fanlight/test/status')).payload, 'online');
    await early.next('fanlight/test/info');

    const late = listen(t, broker);
    const status = await late.next('fanlight/test/status');
    assert.deepEqual(status, { isRetained: true, topic: 'fanlight/test/status', payload: 'online' });
    const info = JSON.parse((await late.next('fanlight/test/info')).payload);
    assert.equal(info.device.name, 'Test');
    assert.deepEqual(info.cameras.map((/** @type {any} */ { id, state }) => [id, state]), [['front-door', 'idle']]);

    await daemon.stop();
    assert.equal((await early.next('fanlight/test/status')).payload, 'offline');
  });

  test('says its figures at the pace that is set', async (t) => {
    const broker = await startBroker(t);
    const reader = listen(t, broker);
    await broker.log.waitFor(/Sending SUBACK/);
    const daemon = await start(t, 'broker-telemetry', { broker: `mqtt://127.0.0.1:${broker.port}`, telemetry: '1s' });
    for (let count = 0; count < 3; count += 1) {
      const { payload } = await reader.next('fanlight/test/telemetry');
      const figures = JSON.parse(payload);
      const scraped = await (await fetch(`${daemon.url}/metrics`, { headers: authorization(daemon.link) })).text();
      const names = scraped.match(/^# TYPE \S+/gm)?.map((line) => line.slice('# TYPE '.length));
      assert.deepEqual(Object.keys(figures).sort(), names?.sort());
      assert.deepEqual(figures.fanlight_camera_starts_total, [{ camera: 'front-door', value: 0 }]);
    }
  });

  test('that is gone without a word is said to be gone by the broker', async (t) => {
    const broker = await startBroker(t);
    const reader = listen(t, broker);
    await broker.log.waitFor(/Sending SUBACK/);
    const daemon = await start(t, 'broker-crash', { broker: `mqtt://127.0.0.1:${broker.port}` });
    assert.equal((await reader.next('fanlight/test/status')).payload, 'online');
    await daemon.crash();
    assert.equal((await reader.next('fanlight/test/status')).payload, 'offline');
  });

  test('comes back to a broker that comes back', async (t) => {
    const broker = await startBroker(t);
    const daemon = await start(t, 'broker-restart', { broker: `mqtt://127.0.0.1:${broker.port}` });
    await daemon.log.waitFor(/mqtt: connected to the broker/);
    await broker.kill();
    await daemon.log.waitFor(/mqtt: the broker '127\.0\.0\.1:\d+' is away: /);
    assert.equal((await fetch(`${daemon.url}/healthz`)).status, 200);
    const from = performance.now();
    await broker.run();
    const reader = listen(t, broker);
    assert.equal((await reader.next('fanlight/test/status')).payload, 'online');
    t.diagnostic(`there again after ${((performance.now() - from) / 1000).toFixed(1)} s`);
  });

  test('is known by its certificate and its password, and knows the broker by its own', async (t) => {
    const folder = daemonDirectory();
    t.after(() => rmSync(folder, { recursive: true, force: true }));
    const server = makeCertificate('server', folder, 'localhost');
    const own = makeCertificate('device', folder, 'fanlight-test');
    const stranger = makeCertificate('stranger', folder, 'localhost');
    const [good, wrong] = [path.join(folder, 'password'), path.join(folder, 'wrong')];
    writeFileSync(good, `${password}\n`);
    writeFileSync(wrong, 'another');
    const broker = await startBroker(t, (beside) => {
      const passwords = path.join(beside, 'passwords');
      execFileSync('mosquitto_passwd', ['-c', '-b', passwords, 'porch', password], { stdio: 'ignore' });
      return [`cafile ${own.certificate}`, `certfile ${server.certificate}`, `keyfile ${server.key}`, 'require_certificate true',
        'allow_anonymous false', `password_file ${passwords}`].join('\n');
    });
    const byTls = {
      broker: `mqtts://localhost:${broker.port}`, ca: server.certificate, certificate: own.certificate, key: own.key,
      username: 'porch', password: good,
    };
    /** @type {[string, object, RegExp][]} */
    const ways = [
      ['right', byTls, /mqtt: connected to the broker 'localhost:\d+' as 'fanlight-test'/],
      ['stranger', { ...byTls, ca: stranger.certificate }, /mqtt: the broker .* is away: its certificate is of another name, .*/],
      ['other-name', { ...byTls, broker: `mqtts://127.0.0.1:${broker.port}` }, /mqtt: the broker .* is away: its certificate is of another name, .*/],
      ['nobody', { ...byTls, certificate: stranger.certificate, key: stranger.key }, /mqtt: the broker .* is away: \S.*/],
      ['wrong-password', { ...byTls, password: wrong }, /mqtt: the broker .* is away: it does not let us in: Not authorized.*/],
      ['no-tls', { broker: `mqtt://127.0.0.1:${broker.port}` }, /mqtt: the broker .* is away: \S.*/],
      ['no-file', { ...byTls, password: path.join(folder, 'absent') }, /mqtt: the broker of \[mqtt\] is not used: there is no file '.*absent'/],
      ['no-ca', { ...byTls, ca: path.join(folder, 'absent') }, /mqtt: the broker of \[mqtt\] is not used: 'ca', 'certificate' or 'key' cannot be read: No such file.*/],
    ];
    for (const [name, mqtt, words] of ways) {
      const daemon = await start(t, `broker-${name}`, mqtt);
      t.diagnostic((await daemon.log.waitFor(words)).match[0]);
      await daemon.stop();
    }
  });

  test('is served while its broker says nothing, and leaves at once', async (t) => {
    const mute = createServer();
    mute.listen(0, '127.0.0.1');
    await once(mute, 'listening');
    t.after(() => mute.close());
    const asked = once(mute, 'connection');
    const { port } = /** @type {import('node:net').AddressInfo} */ (mute.address());
    const daemon = await start(t, 'broker-mute', { broker: `mqtt://127.0.0.1:${port}` });
    const [socket] = await asked;
    t.after(() => socket.destroy());
    assert.equal((await fetch(`${daemon.url}/healthz`)).status, 200);
    await daemon.stop();
    assert.ok(!daemon.log.lines.some((line) => line.includes('did not end within')));
  });

  test('of an id that another has is told', async (t) => {
    const broker = await startBroker(t);
    const mqtt = { broker: `mqtt://127.0.0.1:${broker.port}` };
    const one = await start(t, 'broker-one', mqtt);
    await one.log.waitFor(/mqtt: connected/);
    await start(t, 'broker-other', mqtt);
    await one.log.waitFor(/mqtt: another client has come to the broker '.*' as 'fanlight-test': give each device an 'id' of its own/);
  });
});
