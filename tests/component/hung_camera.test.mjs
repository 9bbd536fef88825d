// SPDX-License-Identifier: Apache-2.0
// The end of a daemon of which a part does not let go: it leaves in time all the same, and says because of whom.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { withLimit } from '../support/events.mjs';
import { tokenOf } from '../support/sign_in.mjs';
import { preloaded } from './preloaded.mjs';

/** The product's limit, 5 s, with room for a loaded machine; it would wait for ever otherwise. */
const endLimitMs = 20_000;
/** src/app/exit_code.h. */
const internalError = 70;

/** A daemon in which what stops that pipeline does not return. @param {import('node:test').TestContext} t @param {string} pipeline */
async function startHanging(t, pipeline) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-hang-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const daemon = await startDaemon({
    suite: 'component',
    name: `hung-${pipeline}-daemon`,
    config: testConfig(),
    env: { LD_PRELOAD: preloaded('hang.c', directory), HANGING_PIPELINE: pipeline },
  });
  t.after(() => daemon.kill());
  return daemon;
}

/** @param {import('../support/daemon.mjs').Daemon} daemon */
async function assertLeaves(daemon) {
  process.kill(/** @type {number} */ (daemon.pid), 'SIGTERM');
  const { code, signal } = await withLimit(daemon.exited, endLimitMs, 'the end of the daemon');
  assert.deepEqual([code, signal], [internalError, null]);
}

test('the daemon leaves though a camera hangs, and names it', async (t) => {
  const camera = 'front-door';
  const daemon = await startHanging(t, camera);
  const host = await ViewerHost.start();
  t.after(() => host.stop());
  const viewer = host.open({ url: daemon.link, camera });
  await viewer.waitFor('state', { where: ({ session, state }) => session && state === 'live' });

  await assertLeaves(daemon);

  await daemon.waitForLog(/error fanlight: camera 'front-door' did not end within 5 s; leaving without it/);
});

test('the daemon leaves though a still hangs, which it told of before, and refuses others at once', async (t) => {
  const daemon = await startHanging(t, 'still');
  const ask = () =>
    fetch(`${daemon.url}/api/v1/cameras/front-door/snapshot.jpg`, {
      headers: { authorization: `Bearer ${tokenOf(daemon.link)}` },
    });
  const first = ask().catch(() => {});
  await daemon.waitForLog(/a state change on 'stills' has not returned for 5 s/);
  const second = await ask();
  assert.deepEqual([second.status, await second.text()], [503, 'no picture can be made a JPEG file: one before has not ended\n']);

  await assertLeaves(daemon);

  await daemon.waitForLog(/error fanlight: making a still did not end within 5 s; leaving without it/);
  await first;
});
