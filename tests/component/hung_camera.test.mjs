// SPDX-License-Identifier: Apache-2.0
// The end of a daemon whose camera does not let go: it leaves in time all the same, and says because of whom.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { withLimit } from '../support/events.mjs';
import { preloaded } from './preloaded.mjs';

/** The product's limit, 5 s, with room for a loaded machine; it would wait for ever otherwise. */
const endLimitMs = 20_000;
/** src/app/exit_code.h. */
const internalError = 70;

test('the daemon leaves though a camera hangs, and names it', async (t) => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-hang-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const camera = 'front-door';
  const daemon = await startDaemon({
    suite: 'component',
    name: 'hung-camera-daemon',
    config: testConfig(),
    env: { LD_PRELOAD: preloaded('hang.c', directory), HANGING_PIPELINE: camera },
  });
  t.after(() => daemon.kill());
  const host = await ViewerHost.start();
  t.after(() => host.stop());
  const viewer = host.open({ url: daemon.link, camera });
  await viewer.waitFor('state', { where: ({ session, state }) => session && state === 'live' });

  process.kill(/** @type {number} */ (daemon.pid), 'SIGTERM');
  const { code, signal } = await withLimit(daemon.exited, endLimitMs, 'the end of the daemon');

  assert.deepEqual([code, signal], [internalError, null]);
  await daemon.waitForLog(/error fanlight: camera 'front-door' did not end within 5 s; leaving without it/);
});
