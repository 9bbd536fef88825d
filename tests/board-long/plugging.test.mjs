// SPDX-License-Identifier: Apache-2.0
// A camera that is out and in a hundred times, and one that is away for ten minutes, under the service and its watchdog.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
// lint: allow nothing_sleeps: that nothing happens in ten minutes is what is looked for
import { setTimeout as wait } from 'node:timers/promises';
import { plugAgainAndAgain } from '../board/plugging.mjs';
import { limitMs, ServiceStage } from './service_stage.mjs';

const times = 100;
const awayMs = 600_000;
const suiteLimitMs = 2_400_000;

describe('the service and a camera that comes and goes', { timeout: suiteLimitMs }, () => {
  const stage = new ServiceStage(suiteLimitMs);

  test(`has its picture back each of ${times} times`, async (t) => {
    const { guest, viewer } = stage;
    await plugAgainAndAgain(t, { guest, viewer, pid: await guest.property('MainPID'), times });
  });

  test('is not ended by its watchdog while the camera is away for ten minutes', async (t) => {
    const { guest, viewer } = stage;
    const [pid, from] = [await guest.property('MainPID'), guest.log.lines.length];
    await guest.unplugCamera();
    await stage.journal(t, [/'porch' is away/], from);
    await wait(awayMs);
    assert.equal(await guest.property('MainPID'), pid);
    assert.equal(await guest.property('NRestarts'), '0');
    const said = guest.log.lines.slice(from).filter((line) => line.includes(`fanlight[${pid}]`));
    t.diagnostic(`${said.length} line(s) in the journal: ${said.join('; ')}`);
    await guest.replugCamera();
    await stage.journal(t, [/'porch' is back/], from);
    await viewer.frames(5, limitMs);
  });

  test('holds no device once nobody watches', async (t) => {
    const { guest, viewer } = stage;
    const pid = await guest.property('MainPID');
    const devices = () => guest.run(`ls -l /proc/${pid}/fd | grep -o '/dev/[vm].*' || true`);
    t.diagnostic(`open while somebody watches: ${await devices()}`);
    assert.match(await devices(), /\/dev\/video0/);
    await viewer.close();
    await guest.run(`until systemctl show -P StatusText fanlight | grep -qx "0 viewers; cameras: 'porch' asleep"; do :; done`);
    // Stopped is what is told first; the device is let go of behind that, on the camera's thread.
    await guest.run(`while ls -l /proc/${pid}/fd | grep -q /dev/video; do :; done`);
    assert.equal(await devices(), '');
  });
});
