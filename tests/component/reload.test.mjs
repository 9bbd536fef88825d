// SPDX-License-Identifier: Apache-2.0
// A changed configuration under viewers who stay: what is taken, what waits, and a broken one.

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon } from '../support/daemon.mjs';
import { daemonBinary } from '../support/paths.mjs';
import { formatToml } from '../support/toml.mjs';

const camera = 'front-door';
const viewers = 5;
/** Long enough for a rate; the encoder follows within a second. */
const measureSeconds = 4;
const configError = 78;

/** @param {Record<string, unknown>} changes of the camera @param {Record<string, unknown>} [more] sections */
const configuration = (changes, more = {}) =>
  formatToml({
    log: { level: 'debug' },
    device: { id: 'test' },
    http: { listen: ['127.0.0.1:0'] },
    // The pattern moves, so that its bitrate is what is asked for.
    camera: [{ id: camera, source: 'test', pattern: 'zone-plate', width: 640, height: 360, bitrate: 3_000_000, ...changes }],
    ...more,
  });

describe('a configuration that changes under five viewers', () => {
  /** @type {string} */
  let folder;
  /** @type {string} */
  let file;
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {ViewerHost} */
  let host;
  /** @type {import('../load/viewer_host.mjs').RemoteViewer[]} */
  let watching;

  before(async () => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-reload-'));
    file = path.join(folder, 'fanlight.toml');
    daemon = await startDaemon({ suite: 'component', name: 'reload-daemon', config: configuration({}), directory: folder });
    host = await ViewerHost.start();
    watching = Array.from({ length: viewers }, () => host.open({ url: daemon.link, camera }));
    for (const viewer of watching) await viewer.waitFor('state', { where: ({ session, state }) => session && state === 'live' });
  });
  after(async () => {
    await host?.stop();
    await daemon?.kill();
    rmSync(folder, { recursive: true, force: true });
  });

  /** As systemd does. @param {string} text of the file */
  function reload(text) {
    const from = daemon.log.lines.length;
    writeFileSync(file, text);
    const { status, stderr } = spawnSync(daemonBinary, ['reload', '--config', file], {
      encoding: 'utf8',
      env: { ...process.env, MAINPID: String(daemon.pid) },
    });
    return { status, stderr, says: (/** @type {RegExp} */ line) => daemon.waitForLog(line, { from }) };
  }

  /** What they have received, and until when. */
  async function received() {
    let all = [...(await host.figures()).values()];
    while (all.some(({ received: packets }) => packets === 0)) all = [...(await host.figures()).values()];
    return { bytes: all.reduce((sum, { bytes }) => sum + bytes, 0), at: Math.min(...all.map(({ lastAt }) => lastAt)) };
  }

  /** Bits a second for each of them. */
  async function rate() {
    const first = await received();
    for (;;) {
      const { bytes, at } = await received();
      const seconds = (at - first.at) / 1000;
      if (seconds >= measureSeconds) return ((bytes - first.bytes) * 8) / seconds / viewers;
    }
  }

  const dropped = () => watching.filter((viewer) => viewer.find('bye') || viewer.find('closed')).length;

  test('a new bitrate is taken at once, and none of them is dropped', async (t) => {
    const before = await rate();
    const { status, says } = reload(configuration({ bitrate: 100_000, name: 'The door' }));
    assert.equal(status, 0);
    await says(/info config: 'bitrate' of \[\[camera\]\] 'front-door' is 100_000 now, and was 3_000_000$/);
    await says(/info config: the configuration was read again: 2 changes, of which 0 wait/);
    const after = await rate();
    t.diagnostic(`${(before / 1000).toFixed(0)} kbit/s before, ${(after / 1000).toFixed(0)} after, each of ${viewers} viewers`);
    assert.ok(after < before / 2, 'less is sent');
    assert.equal(dropped(), 0);
    assert.equal(daemon.log.lines.filter((line) => line.includes(`'${camera}' runs`)).length, 1, 'the camera was not started anew');
  });

  test('another size comes with a new picture, and none of them is dropped', async () => {
    const { status, says } = reload(configuration({ bitrate: 100_000, name: 'The door', width: 320, height: 180 }));
    assert.equal(status, 0);
    await says(/info config: 'width' of \[\[camera\]\] 'front-door' is 320 now, and was 640; the camera is started anew$/);
    await says(/info camera: 'front-door' runs: test picture 'zone-plate', 320x180/);
    assert.ok((await rate()) > 0);
    assert.equal(dropped(), 0);
  });

  test('what would drop them waits, and is named', async () => {
    const { status, says } = reload(configuration({ bitrate: 100_000, width: 320, height: 180 }, { http: { listen: ['127.0.0.1:1'] } }));
    assert.equal(status, 0);
    await says(/warning config: 'listen' of \[http\] is \["127\.0\.0\.1:1"\] now, and was .*; that waits for a restart of the service$/);
    assert.equal(dropped(), 0);
  });

  test('a broken one is refused with its reasons, and the one before still counts', async () => {
    const broken = configuration({ bitrate: 100_000, widht: 320 });
    const { status, stderr } = reload(broken);
    assert.equal(status, configError);
    assert.match(stderr, /fanlight\.toml:\d+: .*'widht'.*'width'/);
    assert.match(stderr, /the service goes on with the configuration that it has/);

    // Whoever signals the process himself is told the same in the log.
    const from = daemon.log.lines.length;
    process.kill(/** @type {number} */ (daemon.pid), 'SIGHUP');
    await daemon.waitForLog(/error config: .*'widht'/, { from });
    await daemon.waitForLog(/error config: the configuration was not taken; the one before still counts/, { from });
    assert.ok((await rate()) > 0);
    assert.equal(dropped(), 0);
  });

  test('nobody is told where there is nobody to tell', () => {
    const { status, stderr } = spawnSync(daemonBinary, ['reload', '--config', file], { encoding: 'utf8', env: { PATH: process.env.PATH } });
    assert.equal(status, 64);
    assert.match(stderr, /type 'systemctl reload fanlight'/);
  });
});
