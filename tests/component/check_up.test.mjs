// SPDX-License-Identifier: Apache-2.0
// The doctor inside of the running daemon, asked by a command. The TURN server is a stand-in: a port that never answers.

import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Admin } from '../support/admin.mjs';
import { daemonDirectory, startDaemon, testConfig } from '../support/daemon.mjs';
import { freePort } from '../support/free_port.mjs';
import { mustNotBeSeen } from '../support/secrets.mjs';

const suite = 'component';
const camera = [
  { id: 'porch', source: 'test', width: 320, height: 180, framerate: 15 },
  { id: 'shed', source: 'v4l2', device: '/dev/video-not-there' },
];
const secret = 'what-the-relay-knows-us-by';

describe('a check-up', () => {
  const silent = createSocket('udp4');
  /** @type {object[]} */
  let servers;
  mustNotBeSeen(secret);

  before(async () => {
    silent.bind(0, '127.0.0.1');
    await once(silent, 'listening');
    servers = [
      { id: 'closed', urls: [`turn:127.0.0.1:${await freePort()}?transport=tcp`] },
      { id: 'silent', urls: [`turn:127.0.0.1:${silent.address().port}`] },
    ];
  });
  after(() => silent.close());

  /** @param {import('node:test').TestContext} t @param {string} name */
  async function start(t, name) {
    const directory = daemonDirectory();
    const file = path.join(directory, 'secret');
    writeFileSync(file, secret);
    const ice_server = servers.map((server) => ({ ...server, secret: file }));
    const daemon = await startDaemon({ suite, name, directory, config: testConfig({ camera, ice_server }) });
    t.after(() => daemon.kill());
    const admin = await Admin.open(daemon.link);
    t.after(() => admin.close());
    return { daemon, admin };
  }

  test('says of each thing whether it works, and is one for all who ask meanwhile', async (t) => {
    const { daemon, admin } = await start(t, 'check-up');
    assert.deepEqual(await admin.command('doctor'), { state: 'none', findings: [] });

    assert.equal((await admin.command('doctor', { begin: true })).state, 'running');
    assert.equal((await admin.command('doctor', { begin: true })).state, 'running');
    await daemon.log.waitFor(/doctor: the check-up is over: 3 of 11 things do not work/);
    const { state, findings } = await admin.command('doctor');
    assert.equal(state, 'done');

    t.diagnostic(JSON.stringify(findings, null, 1));
    assert.deepEqual(
      findings.filter(({ what }) => what !== 'time').map(({ verdict, what, cause }) => [verdict, what, cause]),
      [
        ['ok', 'disk', undefined], ['ok', 'camera', undefined], ['ok', 'encoder', 'encoder-software'], ['broken', 'camera', 'camera-missing'],
        ['broken', 'turn', 'closed'], ['broken', 'turn', 'silent'],
        ['untried', 'udp', 'udp-unknown'], ['untried', 'nat', 'nat-unknown'], ['untried', 'mtu', 'mtu-unknown'], ['ok', 'ipv6', undefined],
      ],
    );
    assert.match(findings.find(({ what }) => what === 'camera').evidence, /^'porch' gives 320x180 at 15 frames\/s, the first picture after/);
    assert.equal(daemon.log.lines.filter((line) => line.includes("a check-up begins, for 'Owner'")).length, 1);
  });

  test('ends with the daemon', async (t) => {
    const { daemon, admin } = await start(t, 'check-up-cut-short');
    const asked = once(silent, 'message');
    await admin.command('doctor', { begin: true });
    await asked;
    await daemon.stop();
    assert.ok(!daemon.log.lines.some((line) => line.includes('did not end within')));
  });
});
