// SPDX-License-Identifier: Apache-2.0
// Each rung of the ladder (systemd/README.md, "How it heals") from a fault of its own, in a Debian with systemd, under one
// viewer in Chromium who stays.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { oneCamera, oneCameraUnderAnotherNumber } from '../board/machine.mjs';
import { preloaded } from '../component/preloaded.mjs';
import { limitMs, ServiceStage } from './service_stage.mjs';

/** Until a machine that was restarted takes commands, and serves. */
const restartLimitMs = 240_000;
/** What systemd does itself: start limits, the daemon's own start, the page's pause between two tries. */
const suiteLimitMs = 1_800_000;

/** Faults that are put in front of a library; each is ordered, or held, by a file that the service sees. */
const orders = '/run/fanlight';
/** Where no driver can be made to hang: a file system that does, which the preloaded library asks. */
const hungFolder = '/mnt/hung';
const hungFileSystem = fileURLToPath(new URL('hung_file_system.c', import.meta.url));
const allowMachine = fileURLToPath(new URL('../../systemd/examples/fanlight.service.d/restart-machine.conf', import.meta.url));

/** @param {string} control of vivid's @param {number} value */
const setControl = (control, value) => `v4l2-ctl -d /dev/video0 -c ${control}=${value}`;

describe('the ladder, rung by rung', { timeout: suiteLimitMs }, () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-ladder-'));
  const stage = new ServiceStage(suiteLimitMs, async (guest) => {
    const libraries = ['hang.c', 'stall.c'].map((source) => `/host${preloaded(source, directory)}`);
    const hung = path.join(directory, 'hung-file-system');
    execFileSync('cc', ['-O2', '-static', '-o', hung, hungFileSystem]);
    await guest.run(`mkdir -p /usr/lib/board ${hungFolder} && cp ${libraries.join(' ')} /host${hung} /usr/lib/board/`);
    await guest.dropIn('faults', `[Service]
Environment=LD_PRELOAD=/usr/lib/board/hang.so:/usr/lib/board/stall.so
Environment=HANGING_PIPELINE=porch HANG_WHILE=${orders}/hang HANG_ON=${hungFolder}/driver STALL_ENCODER=${orders}/stall
`);
  });
  after(() => rmSync(directory, { recursive: true, force: true }));

  /**
   * Looks on while a fault comes and is healed; what the journal says of it is printed.
   * @param {import('node:test').TestContext} t
   * @param {{ harm: () => Promise<unknown>, told: RegExp[], help?: () => Promise<unknown>, over: RegExp[] }} fault
   *        `told`: lines of the journal before `help` puts an end to the fault; `over`: those after it
   */
  async function isHealed(t, { harm, told, help = async () => {}, over }) {
    const { guest, viewer } = stage;
    const from = guest.log.lines.length;
    const at = performance.now();
    const seconds = (/** @type {number} */ since) => ((performance.now() - since) / 1000).toFixed(1);
    await harm();
    await stage.journal(t, told, from);
    const helpedAt = performance.now();
    await help();
    const shown = viewer.frames(1, limitMs).then(() => [seconds(at), seconds(helpedAt)]);
    await stage.journal(t, over, from);
    const [sinceHarm, sinceHelp] = await shown;
    t.diagnostic(`a new picture ${sinceHarm} s after the fault came, ${sinceHelp} s after its cause was over`);
    const events = guest.log.lines.slice(from).filter((line) => told.concat(over).some((pattern) => pattern.test(line)));
    assert.equal(events.length, told.length + over.length, `each change is told once:\n${events.join('\n')}`);
  }

  test('a camera that is pulled out and comes back under another number gets a new pipeline', async (t) => {
    const { guest } = stage;
    await isHealed(t, {
      harm: () => guest.replugCameras(oneCameraUnderAnotherNumber),
      told: [/'porch' is away/],
      over: [/'porch' is back/],
    });
    await guest.replugCameras(oneCamera);
    await stage.viewer.frames(5, limitMs);
  });

  test('a camera whose driver says that it is disconnected gets a new pipeline once it is there again', async (t) => {
    const { guest } = stage;
    await isHealed(t, {
      harm: () => guest.run(setControl('disconnect', 1)),
      told: [/'porch' is away/],
      help: async () => {
        await guest.unplugCamera();
        await guest.replugCamera();
      },
      over: [/'porch' is back/],
    });
  });

  test('a camera that stops giving pictures gets a new pipeline', async (t) => {
    const { guest } = stage;
    await isHealed(t, {
      harm: () => guest.run(setControl('percentage_of_dropped_buffers', 100)),
      told: [/'porch' is away: the camera stopped giving pictures/],
      help: () => guest.run(setControl('percentage_of_dropped_buffers', 0)),
      over: [/'porch' is back/],
    });
  });

  test('a camera that repeats one picture gets a new pipeline', async (t) => {
    const { guest } = stage;
    await isHealed(t, {
      harm: () => guest.run(setControl('osd_text_mode', 2)),
      told: [/'porch' gives one and the same picture/],
      help: () => guest.run(setControl('osd_text_mode', 0)),
      over: [/'porch' gives new pictures again/],
    });
  });

  test('an encoder that stalls is made anew', async (t) => {
    const { guest } = stage;
    await isHealed(t, {
      harm: () => guest.run(`touch ${orders}/stall`),
      told: [/'porch': the encoder gives nothing/],
      over: [/'porch': the encoder works again/],
    });
  });

  test('a state change that does not return is left to a new process', async (t) => {
    const { guest } = stage;
    const pid = await guest.property('MainPID');
    await isHealed(t, {
      harm: async () => {
        await guest.run(`touch ${orders}/hang`);
        await guest.unplugCamera();
      },
      told: [/a state change on 'cam:porch' has not returned for 5 s/, /for 2\d s: leaving it to a new process/],
      help: async () => {
        await guest.run(`rm ${orders}/hang`);
        await guest.replugCamera();
      },
      over: [/Scheduled restart job/],
    });
    assert.notEqual(await guest.property('MainPID'), pid);
    t.diagnostic(await guest.run(`cat ${orders}/restarts`));
  });

  /** From now on who hangs does so in the kernel. */
  const hangInKernel = () =>
    stage.guest.run(`modprobe fuse && systemd-run --unit=hung /usr/lib/board/hung-file-system ${hungFolder} && until mountpoint -q ${hungFolder}; do :; done`);

  test('a thread that hangs in the kernel keeps its process from ending, and the next one serves beside it', async (t) => {
    const { guest } = stage;
    await hangInKernel();
    const pid = await guest.property('MainPID');
    await isHealed(t, {
      harm: async () => {
        await guest.run(`touch ${orders}/hang`);
        await guest.unplugCamera();
      },
      told: [/a state change on 'cam:porch' has not returned for 5 s/, /for \d+ s: leaving it to a new process/],
      help: async () => {
        await guest.run(`rm ${orders}/hang`);
        await guest.replugCamera();
      },
      over: [/still around after final SIGKILL/, /Scheduled restart job/],
    });
    assert.match(await guest.run(`cat /proc/${pid}/status`), /^State:\tZ/m, 'its first thread has ended');
    assert.match(await guest.run(`cat /proc/${pid}/task/*/status`), /^State:\tD/m, 'and another has not');
    await guest.run(`systemctl stop hung && umount ${hungFolder} && until ! [ -e /proc/${pid} ]; do :; done`);
  });

  test('what three processes did not mend is left to the machine, once in six hours', async (t) => {
    const { guest, viewer } = stage;
    await hangInKernel();
    await guest.dropIn('restart-machine', readFileSync(allowMachine, 'utf8'));
    // As if three processes had left: it is their count that is looked at, not their patience.
    const recordThree = `for i in 1 2 3; do echo "$(cut -d. -f1 /proc/uptime) process cam:porch"; done >${orders}/restarts`;
    const hang = async () => {
      await guest.run(`${recordThree} && systemctl restart fanlight`);
      await viewer.frames(5, limitMs);
      await guest.run(`touch ${orders}/hang`);
      await guest.unplugCamera();
    };
    await hang();
    const { line } = await guest.log.waitFor(/asking for a restart of the machine/, { timeout: limitMs });
    t.diagnostic(line);
    const at = performance.now();
    await guest.restarted(restartLimitMs);
    await guest.plugCameras();
    await viewer.frames(5, restartLimitMs);
    t.diagnostic(`a picture ${((performance.now() - at) / 1000).toFixed(1)} s after the machine was asked for`);

    const from = guest.log.lines.length;
    await hang();
    const refused = await guest.log.waitFor(/restarted less than 6 hours ago; Fanlight goes on without that/, { timeout: limitMs, from });
    t.diagnostic(refused.line);
    await guest.run(`rm -f ${orders}/hang`);
    await guest.replugCamera();
    await viewer.frames(1, limitMs);
    assert.match(await guest.run(`cat ${orders}/restarts`), /^(\d+ process cam:porch\n){3}\d+ machine cam:porch$/, 'the next process knows of it');
  });
});
