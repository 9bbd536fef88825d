// SPDX-License-Identifier: Apache-2.0
// A tarball, unpacked where there is no node and no npm: the page that the daemon carries is the one that npm builds here.

import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { buildDirectory, repository } from '../support/paths.mjs';

const outputs = readFileSync(path.join(repository, 'web-viewer/outputs.txt'), 'utf8').trim().split('\n');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'fanlight-package-'));
const made = path.join(buildDirectory, 'meson-dist');
let source = '';

/** The PATH without what runs JavaScript. */
function pathWithoutNode() {
  const folder = path.join(scratch, 'bin');
  mkdirSync(folder);
  for (const place of (process.env.PATH ?? '').split(':').filter((one) => existsSync(one)))
    for (const name of readdirSync(place))
      if (!/^(node|nodejs|npm|npx)$/.test(name) && !existsSync(path.join(folder, name)))
        symlinkSync(path.join(place, name), path.join(folder, name));
  return folder;
}

before(() => {
  // What is not committed yet is not in it, and no reason to make none.
  execFileSync('meson', ['dist', '-C', buildDirectory, '--no-tests', '--allow-dirty', '--formats', 'gztar'], { stdio: 'pipe' });
  const [tarball] = readdirSync(made).filter((name) => name.endsWith('.tar.gz'));
  execFileSync('tar', ['-xzf', path.join(made, tarball), '-C', scratch]);
  source = path.join(scratch, tarball.replace('.tar.gz', ''));
});
after(() => {
  rmSync(scratch, { recursive: true, force: true });
  rmSync(made, { recursive: true, force: true });
});

test('a tarball has every file of the page, as npm builds it', () => {
  assert.deepEqual(readdirSync(path.join(source, 'web-viewer/built')).sort(), [...outputs].sort());
  for (const name of outputs) {
    const carried = readFileSync(path.join(source, 'web-viewer/built', name));
    assert.ok(carried.equals(readFileSync(path.join(buildDirectory, 'web-viewer', name))), name);
  }
});

test('what is built from it without node and npm carries that very page', () => {
  const env = { ...process.env, PATH: pathWithoutNode() };
  assert.equal(spawnSync('node', ['--version'], { env }).error?.message, 'spawnSync node ENOENT');
  execFileSync('meson', ['setup', 'build', '-Dtests=false'], { cwd: source, env, stdio: 'pipe' });
  execFileSync('ninja', ['-C', 'build', 'src/page-resource.c'], { cwd: source, env, stdio: 'pipe' });

  // The whole of what the linker puts into the daemon for its page.
  const [carried, here] = [path.join(source, 'build'), buildDirectory].map((folder) => readFileSync(path.join(folder, 'src/page-resource.c')));
  assert.ok(carried.length > 100_000 && carried.equals(here));
});

test('a checkout says that it carries none', () => {
  const { status, stdout } = spawnSync('meson', ['setup', path.join(scratch, 'wrong'), repository, '-Dpage=carried', '-Dtests=false'], { encoding: 'utf8' });
  assert.notEqual(status, 0);
  assert.match(stdout, /web-viewer\/built is missing, which only a tarball/);
});
