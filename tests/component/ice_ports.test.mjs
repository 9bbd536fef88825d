// SPDX-License-Identifier: Apache-2.0
// As many viewers as the ports of [ice] are enough for: who comes then is told so at once, and nobody else is disturbed.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';

const camera = 'front-door';
/** Three quarters of the sixteen. */
const enough = 12;

describe('sixteen ports', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {ViewerHost} */
  let host;
  /** @type {import('../load/viewer_host.mjs').RemoteViewer[]} */
  const viewers = [];

  before(async () => {
    daemon = await startDaemon({
      suite: 'component', name: 'ice-ports', config: testConfig({
        http: { listen: ['127.0.0.1:0'], connections_per_address: 60 }, ice: { ports: '50000-50015' },
        limits: { viewers: 40, viewers_per_camera: 40, viewers_per_source: 40 },
      }),
    });
    host = await ViewerHost.start();
  });
  after(async () => {
    await host?.stop();
    await daemon?.stop();
  });

  /** @param {Partial<import('../load/viewer.mjs').ViewerOptions>} [options] */
  async function enter(options) {
    const viewer = host.open({ url: daemon.link, camera, ...options });
    await viewer.waitFor('packet');
    return viewer;
  }

  test('are enough for twelve, and the start says so', async () => {
    await daemon.waitForLog(/'ports = "50000-50015"' in \[ice\] are enough for 12 viewers and not for 'viewers = 40'.*set 54 ports/);
    while (viewers.length < enough) viewers.push(await enter());
  });

  test('are not promised to who comes then', async () => {
    const { detail } = await host.open({ url: daemon.link, camera }).waitFor('error');
    assert.equal(detail.code, 'busy');
    assert.match(detail.message, /^no room for another viewer: 12 watch this device already/);
  });

  test('leave room for all twelve to be replaced', async () => {
    for (const viewer of viewers.splice(0)) {
      const { session } = (await viewer.waitFor('answered')).detail;
      viewers.push(await enter({ replaces: session }));
      assert.equal((await viewer.waitFor('bye')).detail.reason, 'replaced');
    }
  });

  test('are there again when somebody has left', async () => {
    viewers[0].bye();
    await daemon.waitForLog(/ended: left$/);
    // Its place is free once nothing of it is left.
    for (let isIn = false; !isIn;) {
      const viewer = host.open({ url: daemon.link, camera });
      const { event, detail } = await viewer.waitFor(['packet', 'error']);
      assert.equal(detail?.code ?? 'busy', 'busy');
      isIn = event === 'packet';
      if (!isIn) viewer.forget();
    }
  });
});
