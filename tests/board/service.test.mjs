// SPDX-License-Identifier: Apache-2.0
// The package, installed by apt in a Debian with systemd: the service, its sandbox, and what starts it anew.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { debianPackage } from '../support/debian_package.mjs';
import { DebianGuest, diskFor } from './debian_guest.mjs';

const suite = 'board';

/** Under emulation: 1280x720 encoded in software is a few pictures a second. */
const pictureLimitMs = 180_000;
/** What systemd's own judge may give at most, in tenths: tests/board has it printed. */
const worstExposure = 17;

/** systemd's start, the daemon's, and the page's own patience, under emulation. */
const backLimitMs = 120_000;
const removeLimitMs = 120_000;

/** For anybody to have, so that nothing but the sandbox withholds it. */
const openToAll = [
  'chmod 666 /dev/vda /dev/ttyS0 /dev/kmsg',
  'mkdir -p /home/somebody && echo mine >/home/somebody/file',
  'echo mine >/tmp/others',
  'install -m 600 -o nobody /etc/hostname /var/lib/secret',
  'mkdir -p /var/lib/anybody && chmod 777 /var/lib/anybody',
].join('; ');

/** Says of each thing whether what runs as the service may have it. */
const sandboxProbe = `
b=/usr/lib/board/busybox
try() { name=$1; shift; if "$@" >/dev/null 2>&1; then echo "$name: yes"; else echo "$name: no"; fi; }
opens() { true <"$1"; }
try 'opens a camera' opens /dev/video0
try 'writes its state' $b touch $STATE_DIRECTORY/mine
try 'reads a disk' $b dd if=/dev/vda of=/dev/null bs=512 count=1
try 'opens a console' opens /dev/ttyS0
try 'opens the kernel log' opens /dev/kmsg
try 'makes a device' $b mknod $STATE_DIRECTORY/null c 1 3
try 'reads what is at home' $b cat /home/somebody/file
try 'reads the temporary files of others' $b cat /tmp/others
try 'reads the secrets of others' $b cat /var/lib/secret
try 'writes where all may' $b touch /var/lib/anybody/mine
try 'writes programs' $b touch /usr/bin/mine
try 'writes the configuration' $b touch /etc/fanlight/mine
try 'runs a program' /bin/true
for folder in $STATE_DIRECTORY $CACHE_DIRECTORY /tmp /var/tmp /dev/shm; do
  $b cp $b $folder/sh && $b chmod 700 $folder/sh
  try "runs a program of its own making from $folder" $folder/sh -c true
  $b rm -f $folder/sh
done
try 'sees other processes' $b ls /proc/1
try 'becomes root' $b su -c true
try 'makes a namespace' $b unshare -U true
$b rm -f $STATE_DIRECTORY/mine
`;

describe('the package on a Debian with systemd', { timeout: 900_000 }, () => {
  const file = debianPackage();
  /** @type {DebianGuest} */
  let guest;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {ViewerPage} */
  let viewer;
  let said = '';

  /**
   * Another process serves, and the page that was open shows the picture again.
   * @param {import('node:test').TestContext} t
   * @param {(pid: string) => Promise<unknown>} harm
   */
  async function comesBack(t, harm) {
    const pid = await guest.property('MainPID');
    const from = viewer.signaling.lines.length;
    const at = performance.now();
    await harm(pid);
    await viewer.waitForMessage('answer', (message) => message.type === 'answer', { timeout: backLimitMs, from });
    await viewer.frames(1, pictureLimitMs);
    t.diagnostic(`${((performance.now() - at) / 1000).toFixed(1)} s until the picture is back`);
    assert.notEqual(await guest.property('MainPID'), pid);
  }

  before(async () => {
    guest = await DebianGuest.boot(await diskFor(file));
    await guest.plugCameras();
    browser = await launchBrowser({ args: ['--ignore-certificate-errors'] });
  });
  after(async () => {
    await browser?.close();
    await guest?.close();
  });

  test('is installed by apt, and ends by printing the link', async (t) => {
    said = await guest.install(file);
    t.diagnostic(said.match(/^For 'installation'.*$/m)?.[0] ?? 'no word of the link');
    assert.match(said, /^Open: https:\/\/10\.79\.0\.2:8443\/#token=\S+$/m);
  });

  test('runs at once, and at the next boot', async (t) => {
    assert.equal(await guest.property('ActiveState'), 'active');
    assert.equal(await guest.property('UnitFileState'), 'enabled');
    t.diagnostic(await guest.property('StatusText'));
    assert.match(await guest.property('StatusText'), /^0 viewers; cameras: 'vivid' asleep$/);
  });

  test('shows the camera by the link that was printed', async () => {
    const [, link] = said.match(/^Open: (\S+)$/m) ?? [];
    viewer = await ViewerPage.open(browser, link, { suite, name: 'service' });
    await viewer.firstFrame(pictureLimitMs);
    await viewer.frames(3, pictureLimitMs);
    await viewer.screenshot('service');
    await guest.run(`until systemctl show -P StatusText fanlight | grep -qx "1 viewer; cameras: 'vivid' live"; do :; done`);
    assert.equal(await guest.run(`journalctl -b --output=cat | grep -c -F '${link.split('#token=')[1]}' || true`), '0');
  });

  test('is judged well by systemd', async (t) => {
    const verdict = await guest.run(`systemd-analyze security --no-pager --threshold=${worstExposure} fanlight`);
    t.diagnostic(verdict.split('\n').at(-1)?.trim() ?? '');
  });

  test('opens cameras and its state in its sandbox, and nothing else', async (t) => {
    await guest.run(openToAll);
    const found = (await guest.runInSandbox(sandboxProbe)).split('\n');
    t.diagnostic(found.join(', '));
    const [camera, state, ...others] = found;
    assert.deepEqual([camera, state], ['opens a camera: yes', 'writes its state: yes']);
    assert.equal(others.length, 19);
    assert.deepEqual(others.filter((one) => !one.endsWith(': no')), []);
  });

  test('comes back under the same page when it is killed', async (t) => {
    await comesBack(t, async (pid) => guest.run(`kill -KILL ${pid}`));
  });

  test('comes back when it stands still: the watchdog ends it', async (t) => {
    await comesBack(t, async (pid) => guest.run(`kill -STOP ${pid}`));
    assert.match(await guest.run('journalctl -u fanlight --output=cat'), /Watchdog timeout \(limit 10s\)/);
  });

  test('tells the journal what happens to which camera', async () => {
    const from = viewer.signaling.lines.length;
    await guest.unplugCamera();
    const { index } = await viewer.waitForCamera('away', { timeout: backLimitMs, from });
    await guest.replugCamera();
    await viewer.waitForCamera('live', { timeout: backLimitMs, from: index + 1 });
    const events = await guest.run('journalctl -u fanlight FANLIGHT_CAMERA=vivid --output=json --output-fields=FANLIGHT_EVENT,PRIORITY');
    const told = events.split('\n').map((line) => JSON.parse(line));
    assert.deepEqual(
      told.slice(-2).map((event) => [event.FANLIGHT_EVENT, event.PRIORITY]),
      [['camera-away', '4'], ['camera-back', '6']],
    );
  });

  test('leaves nothing behind when it is purged', async () => {
    await guest.run('apt-get purge -y fanlight', { timeout: removeLimitMs });
    const left = await guest.run('ls -d /etc/fanlight /var/lib/fanlight /var/lib/private/fanlight /var/cache/fanlight /var/cache/private/fanlight 2>/dev/null || true');
    assert.equal(left, '');
  });
});
