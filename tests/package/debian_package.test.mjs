// SPDX-License-Identifier: Apache-2.0
// The Debian package, as tools/package makes it: what it holds, and what Debian's own critic says of it.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import path from 'node:path';
import { before, test } from 'node:test';
import { debianPackage } from '../support/debian_package.mjs';
import { repository } from '../support/paths.mjs';

let file = '';

before(() => {
  file = debianPackage();
});

test('the package has the daemon, its units and its rules, and examples', () => {
  const listing = execFileSync('dpkg-deb', ['--contents', file], { encoding: 'utf8' });
  for (const name of [/ \.\/usr\/bin\/fanlight$/m, /\/systemd\/system\/fanlight\.service$/m, /\/systemd\/system\/fanlight-import\.service$/m,
    /^-rwxr-xr-x .* \.\/usr\/libexec\/fanlight\/import$/m, /\/udev\/rules\.d\/60-fanlight\.rules$/m, /\/examples\/avahi\/fanlight\.service$/m])
    assert.match(listing, name);
});

test('no file of its configuration is one that dpkg asks about', () => {
  assert.ok(!execFileSync('dpkg-deb', ['--info', file], { encoding: 'utf8' }).includes('conffiles'));
  assert.match(execFileSync('dpkg-deb', ['--contents', file], { encoding: 'utf8' }), / \.\/etc\/fanlight\/fanlight\.d\/$/m);
});

test('apt takes the example that has upgrades come by themselves', () => {
  const example = path.join(repository, 'systemd/examples/apt.conf.d/52fanlight-upgrades');
  const dump = execFileSync('apt-config', ['--config-file', example, 'dump', '--format', '%f %v%n', 'Unattended-Upgrade'], { encoding: 'utf8' });
  assert.ok(dump.includes('Unattended-Upgrade::Origins-Pattern:: origin=Fanlight,codename=${distro_codename}\n'), dump);
});

test('lintian finds no error and nothing to warn of', () => {
  const { status, stdout } = spawnSync('lintian', ['--fail-on', 'error,warning', '--allow-root', file], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});
