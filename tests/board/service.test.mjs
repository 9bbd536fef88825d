// SPDX-License-Identifier: Apache-2.0
// The package, installed by apt from a repository in a Debian with systemd: the service, its sandbox, what starts it anew, what
// an upgrade keeps, and what comes by the boot partition.

import assert from 'node:assert/strict';
import { X509Certificate } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import tls from 'node:tls';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { makeCertificate } from '../support/certificate.mjs';
import { debianPackage } from '../support/debian_package.mjs';
import { FolderServer } from '../support/folder_server.mjs';
import { installationLines, release, repacked } from '../support/release.mjs';
import { request } from '../support/requests.mjs';
import { mustNotBeSeen, pemLines, tokenMustNotBeSeen } from '../support/secrets.mjs';
import { DebianGuest, diskFor } from './debian_guest.mjs';

const suite = 'board';

/** Under emulation: 1280x720 encoded in software is a few pictures a second. */
const pictureLimitMs = 180_000;
/** What systemd's own judge may give each unit at most, in tenths: what they have. */
const worstExposures = { fanlight: 13, 'fanlight-import': 5, 'fanlight-reboot': 13 };

/** systemd's start, the daemon's, and the page's own patience, under emulation. */
const backLimitMs = 120_000;
const removeLimitMs = 120_000;

const configuration = '/etc/fanlight/fanlight.toml';
const boot = '/boot/firmware';
const errorsFile = `${boot}/fanlight.toml.errors.txt`;
const imported = '/etc/fanlight/fanlight.d/boot.toml';
const examples = '/usr/share/doc/fanlight/examples';

/** All files of the disk, and what is called Fanlight's in memory. */
const listing = "{ find / -xdev; find /run /dev/shm -path '*fanlight*'; } | sort";

/** What apt, dpkg and the journal keep of every package; systemd of every service that has a user of its own. */
const keptOfAll = [/^\/var\/(lib|cache)\/apt\//, /^\/var\/log\//, /^\/var\/lib\/dpkg\/(?!.*fanlight)/, /^\/(var\/)?tmp\/(?!.*fanlight)/,
  /^\/var\/(lib|cache)\/private$/];

/** What a person has put there, by the three lines or as the examples say, and takes away again. */
const ofThePerson = ['/etc/apt/*/fanlight.*', '/etc/systemd/*.d', '/etc/systemd/system/fanlight.service.d', '/etc/avahi/services/fanlight.service',
  '/etc/ssl/fanlight', '/etc/fanlight/turn-secret', '/home/somebody', '/var/lib/secret', '/var/lib/anybody', '/boot/firmware'];

/** For anybody to have, so that nothing but the sandbox withholds it. */
const openToAll = [
  'chmod 666 /dev/vda /dev/ttyS0 /dev/kmsg',
  'mkdir -p /home/somebody && echo mine >/home/somebody/file',
  'echo mine >/tmp/others',
  'install -m 600 -o nobody /etc/hostname /var/lib/secret',
  'mkdir -p /var/lib/anybody && chmod 777 /var/lib/anybody',
].join('; ');

/** Where the nodes are of each class of devices that the unit allows. */
const deviceNodes = {
  'char-video4linux': '/dev/video*',
  'char-media': '/dev/media*',
  'char-alsa': '/dev/snd',
  'char-drm': '/dev/dri',
  'char-dma_heap': '/dev/dma_heap',
};

/** Says of each thing whether what runs as the service may have it. @param {string[]} devices */
const sandboxProbe = (devices) => `
b=/usr/lib/board/busybox
try() { name=$1; shift; if "$@" >/dev/null 2>&1; then echo "$name: yes"; else echo "$name: no"; fi; }
opens() { true <"$1"; }
uses() { true 3<>"$1"; }
for device in ${devices.join(' ')}; do try "uses $device" uses $device; done
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
for folder in $STATE_DIRECTORY $CACHE_DIRECTORY $RUNTIME_DIRECTORY /tmp /var/tmp /dev/shm; do
  if $b cp $b $folder/sh && $b chmod 700 $folder/sh; then
    try "runs a program of its own making from $folder" $folder/sh -c true
  else
    echo "runs a program of its own making from $folder: could not write it"
  fi
  $b rm -f $folder/sh
done
try 'sees other processes' $b ls /proc/1
try 'becomes root' $b su -c true
try 'makes a namespace' $b unshare -U $b true
$b rm -f $STATE_DIRECTORY/mine $STATE_DIRECTORY/null /var/lib/anybody/mine /usr/bin/mine /etc/fanlight/mine
`;

describe('the package on a Debian with systemd', { timeout: 900_000 }, () => {
  const file = debianPackage();
  const scratch = mkdtempSync(path.join(os.tmpdir(), 'fanlight-service-'));
  /** @type {DebianGuest} */
  let guest;
  /** @type {FolderServer} */
  let server;
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

  /** Makes the repository, or adds the package to it. @param {string} deb @returns {string} what was printed */
  function publish(deb) {
    const codename = readFileSync('/etc/os-release', 'utf8').match(/^VERSION_CODENAME=(\S+)$/m)?.[1] ?? '';
    const { status, stdout, stderr } = release('--url', server.url, '--codename', codename, '--out', path.join(scratch, 'repository'),
      '--key-folder', path.join(scratch, 'keys'), deb);
    assert.equal(status, 0, stderr);
    return stdout;
  }

  /** What the device shows on a port of its. @param {number} port @returns {Promise<string>} the certificate's fingerprint */
  function certificateOn(port) {
    return new Promise((resolve, reject) => {
      const socket = tls.connect({ host: guest.address, port, rejectUnauthorized: false }, () => {
        resolve(socket.getPeerCertificate().fingerprint256);
        socket.destroy();
      });
      socket.on('error', reject);
    });
  }

  /** What is asked with that token, or without. @param {string} [token] @returns {Promise<number>} the answer's status */
  async function mayWatch(token) {
    const headers = token ? { authorization: `Bearer ${token}` } : undefined;
    return (await request(`https://${guest.address}:8443/api/v1/cameras`, 'GET', undefined, headers)).status;
  }

  /** What was printed at the first installation. */
  const link = () => said.match(/^Open: (\S+)$/m)?.[1] ?? '';
  const token = () => link().split('#token=')[1];

  before(async () => {
    guest = await DebianGuest.boot(await diskFor(file));
    server = await FolderServer.start(path.join(scratch, 'repository'), guest.testAddress);
    await guest.plugCameras();
    browser = await launchBrowser({ args: ['--ignore-certificate-errors'] });
  });
  after(async () => {
    await browser?.close();
    await server?.close();
    await guest?.close();
    rmSync(scratch, { recursive: true, force: true });
  });

  test('put into an image, it brings the list of plugins along, and no owner', async (t) => {
    // A chroot as the makers of images have: the same disk with nothing of it changed, where no systemd runs.
    const image = '/run/image';
    await guest.run(`modprobe overlay && mkdir -p ${image}/upper ${image}/work ${image}/root`);
    await guest.run(`mount -t overlay -o lowerdir=/,upperdir=${image}/upper,workdir=${image}/work overlay ${image}/root`);
    await guest.run(`for folder in dev proc; do mount --bind /$folder ${image}/root/$folder; done; cp '/host${file}' ${image}/root/fanlight.deb`);
    const at = performance.now();
    const put = await guest.install([`DEBIAN_FRONTEND=noninteractive chroot ${image}/root dpkg -i /fanlight.deb`]);
    t.diagnostic(`${((performance.now() - at) / 1000).toFixed(1)} s`);
    assert.doesNotMatch(put, /Open: |could not be listed/);
    const made = await guest.run(`cd ${image}/upper && find var/cache/fanlight var/lib/fanlight var/lib/private/fanlight -type f 2>/dev/null || true`);
    assert.equal(made, 'var/cache/fanlight/gstreamer.bin');
    await guest.run(`umount ${image}/root/dev ${image}/root/proc ${image}/root && rm -r ${image}`);
  });

  test('is installed by the three lines that the repository prints, and ends by printing the link', async (t) => {
    await guest.run(`${listing} >/run/board.before`);
    const lines = installationLines(publish(file));
    assert.equal(lines.length, 3);
    said = await guest.install(lines);
    t.diagnostic(said.match(/^For 'installation'.*$/m)?.[0] ?? 'no word of the link');
    assert.match(said, /^Open: https:\/\/10\.79\.0\.2:8443\/#token=\S+$/m);
    tokenMustNotBeSeen(token());
  });

  test('runs at once, and at the next boot', async (t) => {
    assert.equal(await guest.property('ActiveState'), 'active');
    assert.equal(await guest.property('UnitFileState'), 'enabled');
    t.diagnostic(await guest.property('StatusText'));
    assert.match(await guest.property('StatusText'), /^0 viewers; cameras: 'vivid' asleep$/);
  });

  test('shows the camera by the link that was printed', async () => {
    viewer = await ViewerPage.open(browser, link(), { suite, name: 'service' });
    await viewer.firstFrame(pictureLimitMs);
    await viewer.frames(3, pictureLimitMs);
    await viewer.screenshot('service');
    await guest.run(`until systemctl show -P StatusText fanlight | grep -qx "1 viewer; cameras: 'vivid' live"; do :; done`);
    assert.equal(await guest.run(`journalctl -b --output=cat | grep -c -F '${token()}' || true`), '0');
  });

  test('is judged well by systemd, and so are what imports and what restarts the machine', async (t) => {
    for (const [unit, worst] of Object.entries(worstExposures)) {
      const verdict = await guest.run(`systemd-analyze security --no-pager --threshold=${worst} ${unit}`);
      t.diagnostic(verdict.split('\n').at(-1)?.trim() ?? '');
    }
  });

  /**
   * The nodes of every class that the unit allows, as far as this kernel has any.
   * @param {import('node:test').TestContext} t
   */
  async function allowedDevices(t) {
    await guest.run('modprobe snd-aloop && modprobe vgem && udevadm settle');
    const allowed = (await guest.property('DeviceAllow')).split('\n');
    // ProtectClock adds the clocks, to be read.
    const expected = [...Object.keys(deviceNodes).map((name) => `${name} rw`), 'char-rtc r'];
    assert.deepEqual(allowed.sort(), expected.sort());
    const found = [];
    for (const [name, nodes] of Object.entries(deviceNodes)) {
      const ofIt = await guest.run(`find ${nodes} -type c 2>/dev/null | sort`);
      if (ofIt) found.push(...ofIt.split('\n'));
      else t.diagnostic(`not shown: '${name}', of which this kernel has none`);
      // Debian's kernel for PCs is built without them.
      assert.ok(ofIt || name === 'char-dma_heap', `'${name}' has no nodes`);
    }
    return found;
  }

  test('opens cameras, sound and graphics cards and its state in its sandbox, and nothing else', async (t) => {
    await guest.run(openToAll);
    const devices = await allowedDevices(t);
    const script = sandboxProbe(devices);
    const found = (await guest.runInSandbox(script)).split('\n');
    t.diagnostic(found.join(', '));
    const may = [...devices.map((device) => `uses ${device}`), 'writes its state'];
    assert.deepEqual(found.slice(0, may.length), may.map((one) => `${one}: yes`));
    const others = found.slice(may.length);
    assert.equal(others.length, 20);
    assert.deepEqual(others.filter((one) => !one.endsWith(': no')), []);

    // Each no was the sandbox's.
    const outside = (await guest.runAsRoot(script)).split('\n');
    assert.deepEqual(outside, found.map((one) => one.replace(/: no$/, ': yes')));
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

  test('is upgraded without a question, and keeps an edited configuration, links and the certificate', async (t) => {
    // What is shown takes most of the emulated processor.
    await viewer.close();
    const version = '0.2.0~deb12';
    publish(repacked(file, { Version: version }, scratch, { 'usr/share/fanlight/fanlight.toml': '# of the new version\n' }));
    await guest.run(`sed -i 's/^tls_listen = .*/tls_listen = ["[::]:8443", "[::]:8444"]/' ${configuration}`);
    const edited = await guest.run(`cat ${configuration}`);
    const certificate = await certificateOn(8443);

    const at = performance.now();
    await guest.install(['apt-get update', 'apt-get upgrade -y']);
    t.diagnostic(`${((performance.now() - at) / 1000).toFixed(1)} s`);
    assert.equal(await guest.run("dpkg-query -W -f '${Version} ${db:Status-Status}' fanlight"), `${version} installed`);
    // What it runs is the file that is there now.
    assert.equal(await guest.run('readlink /proc/$(systemctl show -P MainPID fanlight)/exe'), '/usr/bin/fanlight');
    assert.equal(await guest.run(`cat ${configuration}; ls -A /etc/fanlight`), `${edited}\nfanlight.d\nfanlight.toml`);
    assert.deepEqual([await certificateOn(8443), await certificateOn(8444)], [certificate, certificate]);
    assert.deepEqual([await mayWatch(token()), await mayWatch()], [200, 401]);
    // Else the service would look at every plugin again.
    const [folder, list] = (await guest.run('stat -L -c %u /var/cache/fanlight /var/cache/fanlight/gstreamer.bin')).split('\n');
    assert.equal(list, folder);
  });

  test('shows the camera by the same link afterwards', async () => {
    viewer = await ViewerPage.open(browser, link(), { suite, name: 'service-upgraded' });
    await viewer.firstFrame(pictureLimitMs);
    await viewer.close();
  });

  test('takes a new bitrate by systemctl reload, under the page that is open, and refuses what is broken', async () => {
    const file = '/etc/fanlight/fanlight.d/porch.toml';
    const porch = (/** @type {string} */ rest) =>
      `[[camera]]\nid = "porch"\nsource = "v4l2"\nwidth = 320\nheight = 180\nframerate = 15\n${rest}\n`;
    await guest.write(file, porch('bitrate = 1_000_000'));
    await guest.run('systemctl restart fanlight');
    viewer = await ViewerPage.open(browser, link(), { suite, name: 'service-reload' });
    await viewer.firstFrame(pictureLimitMs);
    const [pid, peers] = [await guest.property('MainPID'), await viewer.peerCount()];
    const from = guest.log.lines.length;

    await guest.write(file, porch('bitrate = 300_000'));
    await guest.run('systemctl reload fanlight');
    await guest.log.waitFor(/'bitrate' of \[\[camera\]\] 'porch' is 300_000 now, and was 1_000_000$/, { from });
    await viewer.frames(3, pictureLimitMs);
    assert.deepEqual([await guest.property('MainPID'), await viewer.peerCount()], [pid, peers]);

    await guest.write(file, porch('bitrate = 200_000\nwidht = 640'));
    await assert.rejects(guest.run('systemctl reload fanlight'), /Job for fanlight\.service failed/);
    await guest.log.waitFor(/porch\.toml:8: unknown key 'widht'.* did you mean 'width'\?$/, { from });
    await guest.log.waitFor(/the service goes on with the configuration that it has$/, { from });
    await viewer.frames(3, pictureLimitMs);
    assert.deepEqual([await guest.property('MainPID'), await viewer.peerCount()], [pid, peers]);

    // Only from what counts is this a change.
    await guest.write(file, porch('bitrate = 400_000'));
    await guest.run('systemctl reload fanlight');
    await guest.log.waitFor(/'bitrate' of \[\[camera\]\] 'porch' is 400_000 now, and was 300_000$/, { from });
    await viewer.close();
    await guest.run(`rm ${file} && systemctl restart fanlight`);
  });

  /** What the importing unit said at its last run. */
  const importSaid = () => guest.run('journalctl --sync && journalctl --output=cat _SYSTEMD_INVOCATION_ID=$(systemctl show -P InvocationID fanlight-import)');

  /** Whether a start of the service writes the file, told by a date that no clock would give it. @param {string} file */
  async function isWrittenByStart(file) {
    await guest.run(`touch -d 2020-02-02T02:02:02Z ${file} && systemctl restart fanlight`);
    return (await guest.run(`stat -c %Y ${file}`)) !== String(Date.UTC(2020, 1, 2, 2, 2, 2) / 1000);
  }

  test('a file on the boot partition, which is FAT, is imported once, and the service runs with it', async () => {
    await guest.run('truncate -s 64M /var/tmp/card && /host/bin/busybox mkdosfs /var/tmp/card');
    await guest.run(`mkdir -p ${boot} && modprobe loop && mount -t vfat -o loop /var/tmp/card ${boot}`);
    await guest.write(`${boot}/fanlight.toml`, '[http]\r\ntls_listen = ["[::]:8443", "[::]:8445"]\r\n');
    await guest.run('systemctl restart fanlight');
    assert.equal(await guest.run(`ls ${boot}`), 'fanlight.toml.imported');
    assert.equal(await guest.run("stat -c '%a %U %n' /etc/fanlight/fanlight.d/*"), `644 root ${imported}`);
    assert.ok(await certificateOn(8445));
    await assert.rejects(certificateOn(8444), { code: 'ECONNREFUSED' });
  });

  test('a broken one stays where it is, with the reasons beside it, and the old configuration counts', async () => {
    await guest.write(`${boot}/fanlight.toml`, '[http]\ntls_lisen = ["[::]:8446"]\n');
    await guest.run('systemctl restart fanlight');
    assert.equal(await guest.run(`ls ${boot}`), 'fanlight.toml\nfanlight.toml.errors.txt\nfanlight.toml.imported');
    const errors = await guest.run(`cat ${errorsFile}`);
    assert.match(errors, /^fanlight\.toml was not imported\. The device keeps the configuration that it had\.$/m);
    assert.match(errors, /^fanlight\.toml:2: unknown key 'tls_lisen'.* did you mean 'tls_listen'\?$/m);
    assert.equal(await guest.run('systemctl is-failed fanlight-import'), 'failed');
    assert.equal(await guest.property('ActiveState'), 'active');
    assert.ok(await certificateOn(8445));
  });

  test('the reasons are written again where they are others, and only there', async () => {
    assert.equal(await isWrittenByStart(errorsFile), false);
    await guest.run(`sed -i s/lisen/lissen/ ${boot}/fanlight.toml`);
    assert.equal(await isWrittenByStart(errorsFile), true);
    assert.match(await guest.run(`cat ${errorsFile}`), /unknown key 'tls_lissen'/);
  });

  test('a mended one takes the place of what the card brought before', async () => {
    // Left by a card that was pulled while the reasons were written.
    await guest.run(`echo half >${errorsFile}.new`);
    await guest.run(`sed -i s/lissen/listen/ ${boot}/fanlight.toml && systemctl restart fanlight`);
    assert.equal(await guest.run(`ls ${boot}`), 'fanlight.toml.imported');
    assert.ok(await certificateOn(8446));
  });

  test('from a read-only boot partition it is imported at each start, which is said, and written once', async () => {
    await guest.write(`${boot}/fanlight.toml`, '[http]\ntls_listen = ["[::]:8443", "[::]:8447"]\n');
    await guest.run(`mount -o remount,ro ${boot} && systemctl restart fanlight`);
    assert.ok(await certificateOn(8447));
    assert.match(await importSaid(), /'\/boot\/firmware\/fanlight\.toml' cannot be renamed: it will be imported again/);
    assert.equal(await guest.run('systemctl show -P Result fanlight-import'), 'success');
    assert.equal(await isWrittenByStart(imported), false);
  });

  test('a broken one there has its reasons in the journal, and the service starts', async () => {
    await guest.run(`mount -o remount,rw ${boot} && echo broken >${boot}/fanlight.toml && mount -o remount,ro ${boot}`);
    await guest.run('systemctl restart fanlight');
    const said = await importSaid();
    assert.match(said, /^fanlight\.toml:1: /m);
    assert.match(said, /'\/boot\/firmware\/fanlight\.toml\.errors\.txt' cannot be written/);
    assert.ok(await certificateOn(8447));
    await guest.run(`umount ${boot} && rm /var/tmp/card ${imported}`);
  });

  test('every example is one that systemd takes, and does what it says', async () => {
    const given = makeCertificate('given', scratch, 'porch.example');
    mustNotBeSeen(...pemLines(readFileSync(given.key, 'utf8')));
    await guest.write('/etc/ssl/fanlight/cert.pem', readFileSync(given.certificate, 'utf8'));
    await guest.write('/etc/ssl/fanlight/key.pem', readFileSync(given.key, 'utf8'));
    const credentials = '/run/credentials/fanlight.service';
    await guest.write('/etc/fanlight/turn-secret', 'the-secret-of-the-relay\n');
    mustNotBeSeen('the-secret-of-the-relay');
    await guest.write('/etc/fanlight/fanlight.d/given.toml', [
      '[http]', `certificate = "${credentials}/cert.pem"`, `key = "${credentials}/key.pem"`,
      '[[ice_server]]', 'id = "relay"', 'urls = ["turn:turn.example.org"]', `secret = "${credentials}/turn-secret"`, '',
    ].join('\n'));
    await guest.run(`chmod 600 /etc/ssl/fanlight/key.pem /etc/fanlight/turn-secret; cp -r ${examples}/*.d /etc/systemd/ && mv /etc/systemd/fanlight.service.d /etc/systemd/system/`);
    assert.equal(await guest.run('systemd-analyze verify --man=no fanlight.service fanlight-import.service'), '');

    await guest.run('systemctl daemon-reload && systemctl restart fanlight systemd-journald');
    assert.equal(await guest.property('TasksMax'), '1200');
    assert.equal(await guest.property('MemoryMax'), String(256 * 1024 * 1024));
    assert.match(await guest.property('IPAddressAllow'), /192\.168\.0\.0\/16/);
    assert.equal(await certificateOn(8443), new X509Certificate(readFileSync(given.certificate)).fingerprint256);
    assert.doesNotMatch(await guest.run('journalctl -b -u fanlight --output=cat'), /'relay' is not used/);
    // Its command has none of what the service was handed.
    await guest.run('systemctl reload fanlight');
    assert.equal(await guest.run('systemctl show -P RuntimeWatchdogUSec'), '15s');
    assert.match(await guest.run('journalctl -u systemd-journald --output=cat | tail -n 20'), /Runtime Journal \(\S+\) is \S+, max 32\.0M/);
    await guest.run('rm /etc/fanlight/fanlight.d/given.toml');
  });

  test('computers around it find it by avahi, where that has our file', async () => {
    await guest.run(`cp ${examples}/avahi/fanlight.service /etc/avahi/services/`);
    const announced = 'Service "Fanlight on board".* successfully established';
    await guest.run(`timeout 50 sh -c 'until journalctl -u avahi-daemon --output=cat | grep -q "$1"; do :; done' wait '${announced}'`);
  });

  test('leaves nothing behind when it is purged, and takes nothing away that is not its own', async () => {
    /** What the disk has more of than before the installation. */
    const added = async () => {
      const lines = await guest.run(`${listing} | comm -13 /run/board.before -`);
      return lines.split('\n').filter((file) => !keptOfAll.some((kept) => kept.test(file)));
    };
    await guest.run(`rm -rf ${ofThePerson.join(' ')}; rmdir --ignore-fail-on-non-empty /etc/ssl; systemctl daemon-reload`);
    await guest.run('cd /etc/fanlight && touch notes.txt && cd fanlight.d && touch owner.toml boot.toml boot.toml.new');
    await guest.run('mkdir -p /var/lib/fanlight-reboot && touch /var/lib/fanlight-reboot/restarted');
    const all = await added();
    for (const file of ['/usr/bin/fanlight', '/etc/fanlight/fanlight.d/owner.toml', '/var/lib/private/fanlight', '/var/lib/fanlight-reboot/restarted', '/run/fanlight'])
      assert.ok(all.includes(file), `${file} is not seen in:\n${all.join('\n')}`);

    await guest.run('apt-get purge -y fanlight', { timeout: removeLimitMs });
    assert.deepEqual(await added(), ['/etc/fanlight', '/etc/fanlight/notes.txt']);
  });
});
