// SPDX-License-Identifier: Apache-2.0
// Viewers that use data channels without measure, and one that leaves by them: what becomes of them, of the daemon's threads,
// and of another viewer.

import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';

const camera = 'front-door';

/** Of the viewer that is ended and of one that comes after it, with room. */
const fewThreads = 40;

describe('data channels', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {ViewerHost} */
  let host;
  /** @type {import('../load/viewer_host.mjs').RemoteViewer} */
  let other;

  before(async () => {
    daemon = await startDaemon({ suite: 'component', name: 'data-channels-daemon', config: testConfig() });
    host = await ViewerHost.start();
    other = host.open({ url: daemon.link, camera });
    await other.waitFor('packet');
  });

  after(async () => {
    await host?.stop();
    await daemon?.stop();
  });

  const threads = () => readdirSync(`/proc/${daemon.pid}/task`).length;
  const received = async () => (await host.figures()).get(other.id)?.received ?? 0;

  /** @param {Partial<import('../load/viewer.mjs').ViewerOptions>} options */
  const open = (options) => host.open({ url: daemon.link, camera, media: 'all', ...options });

  /** Asserts that the device ends it for what it did, and goes on serving the other. @param {typeof other} viewer */
  async function isEnded(viewer) {
    const had = await received();
    const { detail } = await viewer.waitFor('bye');
    assert.equal(detail.reason, 'limit-exceeded');
    const { session } = (await viewer.waitFor('answered')).detail;
    await daemon.waitForLog(new RegExp(`'${session.slice(0, 8)}' .* ended: limit-exceeded: more than`));
    viewer.forget();
    const newcomer = open({});
    await newcomer.waitFor('packet');
    newcomer.forget();
    assert.ok((await received()) > had, 'the other viewer got nothing meanwhile');
    assert.equal(other.find('bye'), undefined);
  }

  test('three hundred of them end the session, not the threads of the machine', async (t) => {
    const had = threads();
    const viewer = open({ channels: 300 });
    let most = had;
    const looking = setInterval(() => (most = Math.max(most, threads())), 1);
    t.after(() => clearInterval(looking));
    await isEnded(viewer);
    t.diagnostic(`${had} threads before, ${most} at most`);
    assert.ok(most <= had + fewThreads, `${most} threads, ${had} before`);
  });

  test('messages that are too large are told of, and whoever does not stop is ended', async () => {
    const viewer = open({ flood: { bytes: 60_000, count: 4000 } });
    await viewer.waitFor('control', { where: ({ type, code }) => type === 'error' && code === 'too-large' });
    await isEnded(viewer);
  });

  test('a viewer that leaves by aborting SCTP alone is told from a fault', async () => {
    const viewer = open({});
    // Pictures may come before SCTP stands, and without it there is nothing to abort.
    await viewer.waitFor('connected');
    const { session } = (await viewer.waitFor('answered')).detail;
    viewer.closePeer();
    await daemon.waitForLog(new RegExp(`info session: '${session.slice(0, 8)}' .* ended: peer-closed$`));
  });
});
