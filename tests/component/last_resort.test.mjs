// SPDX-License-Identifier: Apache-2.0
// What the daemon leaves to another process, where somebody is there to start one: a state change that never returns.

import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { withLimit } from '../support/events.mjs';
import { Scraper } from '../support/metrics.mjs';
import { preloaded } from './preloaded.mjs';

/** 5 s until a camera that nobody watches is stopped, 20 s of patience, and room for a loaded machine. */
const endLimitMs = 60_000;
/** src/app/exit_code.h. */
const again = 75;
const camera = 'front-door';

/**
 * A daemon whose camera hangs when its only viewer leaves.
 * @param {import('node:test').TestContext} t
 * @param {{ name: string, before?: string, mayRestartMachine?: boolean }} service what earlier processes left; whether the machine is theirs
 */
async function hang(t, { name, before, mayRestartMachine = false }) {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-last-'));
  t.after(() => rmSync(directory, { recursive: true, force: true }));
  const runtime = path.join(directory, 'run');
  mkdirSync(runtime);
  const record = path.join(runtime, 'restarts');
  if (before) writeFileSync(record, before);
  const daemon = await startDaemon({
    suite: 'component',
    name,
    config: testConfig(),
    env: {
      LD_PRELOAD: preloaded('hang.c', directory),
      HANGING_PIPELINE: camera,
      // Nobody hears what it tells there, but it is supervised.
      NOTIFY_SOCKET: path.join(directory, 'notify'),
      RUNTIME_DIRECTORY: runtime,
      ...(mayRestartMachine && { FANLIGHT_MAY_RESTART_MACHINE: 'yes' }),
    },
  });
  t.after(() => daemon.kill());
  const host = await ViewerHost.start();
  t.after(() => host.stop());
  const viewer = host.open({ url: daemon.link, camera });
  await viewer.waitFor('state', { where: ({ session, state }) => session && state === 'live' });
  viewer.bye();
  await daemon.waitForLog(/error fanlight: a state change on 'cam:front-door' has not returned for 5 s/, { timeout: endLimitMs });
  const metrics = await new Scraper(daemon).scrape();
  assert.equal(metrics.value('fanlight_trouble', { event: 'worker-stuck' }), 1);
  const { code, signal } = await withLimit(daemon.exited, endLimitMs, 'the end of the daemon');
  assert.equal(signal, null);
  return { code, daemon, runtime, taken: readFileSync(record, 'utf8') };
}

// Both wait for most of their time.
describe('a daemon that cannot heal itself', { concurrency: true }, () => {
  test('a state change that never returns is left to a new process', async (t) => {
    const { code, daemon, taken } = await hang(t, { name: 'last-resort-process' });
    assert.equal(code, again);
    await daemon.waitForLog(/error fanlight: a state change on 'cam:front-door' has not returned for 2\d s: leaving it to a new process/);
    assert.match(taken, /^\d+ process cam:front-door\n$/);
  });

  test('where three processes did not help, and that is allowed, it is left to the machine', async (t) => {
    const now = Math.floor(os.uptime());
    const before = [3, 2, 1].map((ago) => `${now - ago} process cam:front-door\n`).join('');
    const { code, daemon, runtime, taken } = await hang(t, { name: 'last-resort-machine', before, mayRestartMachine: true });
    assert.equal(code, again);
    await daemon.waitForLog(/new processes did not help: asking for a restart of the machine/);
    assert.match(taken, /\d+ machine cam:front-door\n$/);
    // What systemd/fanlight-reboot.path waits for.
    assert.match(readFileSync(path.join(runtime, 'machine-wanted'), 'utf8'), /^a state change on 'cam:front-door' has not returned\n$/);
  });
});
