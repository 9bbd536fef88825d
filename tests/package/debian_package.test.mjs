// SPDX-License-Identifier: Apache-2.0
// The Debian package, as tools/package makes it: what it holds, and what Debian's own critic says of it.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { before, test } from 'node:test';
import { debianPackage } from '../support/debian_package.mjs';

let file = '';

before(() => {
  file = debianPackage();
});

test('the package has the daemon, its units and its rules', () => {
  const listing = execFileSync('dpkg-deb', ['--contents', file], { encoding: 'utf8' });
  for (const name of [/ \.\/usr\/bin\/fanlight$/m, /\/systemd\/system\/fanlight\.service$/m, /\/systemd\/system\/fanlight-import\.service$/m,
    /^-rwxr-xr-x .* \.\/usr\/libexec\/fanlight\/import$/m, /\/udev\/rules\.d\/60-fanlight\.rules$/m])
    assert.match(listing, name);
});

test('no file of its configuration is one that dpkg asks about', () => {
  assert.ok(!execFileSync('dpkg-deb', ['--info', file], { encoding: 'utf8' }).includes('conffiles'));
  assert.match(execFileSync('dpkg-deb', ['--contents', file], { encoding: 'utf8' }), / \.\/etc\/fanlight\/fanlight\.d\/$/m);
});

test('lintian finds no error and nothing to warn of', () => {
  const { status, stdout } = spawnSync('lintian', ['--fail-on', 'error,warning', '--allow-root', file], { encoding: 'utf8' });
  assert.equal(status, 0, stdout);
});
