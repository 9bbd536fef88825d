// SPDX-License-Identifier: Apache-2.0
// What fails around the daemon: the picture goes on, and the journal has one line when it begins and one when it is over.

import assert from 'node:assert/strict';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { describe, test } from 'node:test';
import { withLimit } from '../support/events.mjs';
import { limitMs, ServiceStage } from './service_stage.mjs';

const suiteLimitMs = 1_200_000;
/** The service's control group. */
const memory = '/sys/fs/cgroup/system.slice/fanlight.service';

describe('what is around the service', { timeout: suiteLimitMs }, () => {
  const stage = new ServiceStage(suiteLimitMs);

  /**
   * @param {import('node:test').TestContext} t
   * @param {{ harm: string, told?: RegExp, meanwhile?: () => Promise<unknown>, notice?: string, help?: string, over?: RegExp }} fault
   *        lines of shell for the guest, and of its journal; what the page tells its owner; without `help`, `meanwhile`
   *        has helped
   */
  async function fails(t, { harm, told, notice, meanwhile = async () => {}, help, over }) {
    const { guest, viewer } = stage;
    const [from, pid, peers] = [guest.log.lines.length, await guest.property('MainPID'), await viewer.peerCount()];
    await guest.run(harm, { timeout: limitMs });
    if (told) await stage.journal(t, [told], from);
    await meanwhile();
    const notices = viewer.page.locator('.notice');
    if (notice) await notices.filter({ hasText: notice }).waitFor({ timeout: limitMs });
    await viewer.frames(15, limitMs);
    if (help) await guest.run(help, { timeout: limitMs });
    if (over) await stage.journal(t, [over], from);
    if (notice) await notices.waitFor({ state: 'detached', timeout: limitMs });
    await viewer.frames(15, limitMs);
    assert.equal(await guest.property('MainPID'), pid, 'the same process');
    assert.equal(await viewer.peerCount(), peers, 'the same peer connection');
    const patterns = [told, over].filter((pattern) => pattern !== undefined);
    const events = guest.log.lines.slice(from).filter((line) => patterns.some((pattern) => pattern.test(line)));
    assert.equal(events.length, patterns.length, `each change is told once:\n${events.join('\n')}`);
  }

  test('a disk that is full keeps nobody from watching, and who lets somebody in is told', async (t) => {
    await fails(t, {
      harm: 'dd if=/dev/zero of=/filler bs=1M 2>/dev/null; test -s /filler',
      told: /the disk of '\/var\/lib\/fanlight' is full/,
      notice: 'The device cannot write to its disk.',
      meanwhile: async () => {
        const said = await stage.guest.run('fanlight token create --name late 2>&1 && exit 1; true');
        t.diagnostic(`token create: ${said}`);
        assert.match(said, /No space left on device/);
      },
      help: 'rm /filler',
      over: /the disk can be written again/,
    });
  });

  test('a disk that becomes read-only keeps nobody from watching, and who lets somebody in is told', async (t) => {
    await fails(t, {
      // As the kernel does after errors, whoever has files open for writing.
      harm: 'echo u >/proc/sysrq-trigger; until grep -q "^[^ ]* / ext4 ro" /proc/mounts; do :; done',
      notice: 'The device cannot write to its disk.',
      meanwhile: async () => {
        // The journal itself is on that disk.
        const status = 'systemctl show -P StatusText fanlight';
        await stage.guest.run(`until ${status} | grep -q "the disk of '/var/lib/fanlight' is read-only"; do :; done`);
        t.diagnostic(await stage.guest.run(status));
        const said = await stage.guest.run('fanlight token create --name late 2>&1 && exit 1; true');
        t.diagnostic(`token create: ${said}`);
        assert.match(said, /Read-only file system/);
      },
      help: 'mount -o remount,rw /',
      over: /the disk can be written again/,
    });
  });

  test('a service that starts on a disk that is read-only shows the picture to those who had a link before', async (t) => {
    const { guest, viewer } = stage;
    await guest.run('echo u >/proc/sysrq-trigger; until grep -q "^[^ ]* / ext4 ro" /proc/mounts; do :; done');
    t.after(() => guest.run('mount -o remount,rw /'));
    await guest.run('systemctl restart fanlight');
    await viewer.frames(15, limitMs);
    assert.equal(await guest.property('ActiveState'), 'active');
  });

  test('a clock that is set ten years forward and back changes no picture', async (t) => {
    await fails(t, {
      harm: 'date -s "+10 years"',
      told: /the clock was set forward by 3\d{8} s/,
      help: 'date -s "10 years ago"',
      over: /the clock was set back by 3\d{8} s/,
    });
  });

  test('memory that is short keeps others out, and nobody who is in', async (t) => {
    await fails(t, {
      // There is no swap, so that what is over the limit stays there, and whoever asks for more is made to wait: sooner or
      // later for so long that the watchdog ends it, which is why the limit goes as soon as it is told of.
      harm: `has=$(cat ${memory}/memory.current); systemctl set-property --runtime fanlight MemoryHigh=$((has * 9 / 10))`,
      told: /memory is short: \d+ % of the time something waits for it/,
      meanwhile: async () => {
        await stage.guest.run('systemctl set-property --runtime fanlight MemoryHigh=infinity');
        t.diagnostic(await stage.guest.run('systemctl show -P StatusText fanlight'));
      },
      notice: 'The device is short of memory.',
      over: /there is enough memory again/,
    });
  });

  test('a name server that never answers is asked nothing, and holds up no picture', async (t) => {
    const { guest, viewer } = stage;
    const server = createSocket('udp4').bind(53, guest.testAddress);
    t.after(() => server.close());
    let questions = 0;
    server.on('message', () => (questions += 1));
    await once(server, 'listening');
    const before = await guest.run('cat /etc/resolv.conf 2>/dev/null || true');
    t.after(() => guest.write('/etc/resolv.conf', `${before}\n`));
    await guest.write('/etc/resolv.conf', `nameserver ${guest.testAddress}\noptions timeout:1 attempts:1\n`);
    const asked = once(server, 'message');
    await guest.run('getent hosts camera.example && exit 1; true');
    await withLimit(asked, limitMs, 'the question of a program that asks one');
    questions = 0;

    await guest.run('systemctl restart fanlight');
    await viewer.frames(15, limitMs);

    assert.equal(questions, 0);
  });

  test('a start without a network ends in a picture once there is one', async (t) => {
    const { guest, viewer } = stage;
    const from = guest.log.lines.length;
    await guest.run('/host/bin/busybox ip link set eth0 down && systemctl restart fanlight');
    const pid = await guest.property('MainPID');
    // The one before it saw the same while it was being stopped.
    await stage.journal(t, [new RegExp(`\\[${pid}\\]: .*there is no network: no interface is up and has an address`)], from);
    assert.equal(await guest.property('ActiveState'), 'active');
    const at = performance.now();
    await guest.run('/host/bin/busybox ip link set eth0 up');
    await stage.journal(t, [/there is a network again/], from);
    await viewer.frames(1, limitMs);
    t.diagnostic(`a picture ${((performance.now() - at) / 1000).toFixed(1)} s after the network is there`);
    const ofIt = guest.log.lines.slice(from).filter((line) => line.includes(`[${pid}]`) && /there is (no|a) network/.test(line));
    assert.equal(ofIt.length, 2, `each change is told once:\n${ofIt.join('\n')}`);
  });
});
