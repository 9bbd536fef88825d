// SPDX-License-Identifier: Apache-2.0
// What the build makes: the listed files, and nothing that the page's content security policy would stop.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, describe, test } from 'node:test';

/** Put in by run.mjs. */
declare const PAGE: string;

const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-page-'));
after(() => rmSync(folder, { recursive: true }));

function build(page: string, ...args: string[]) {
  return spawnSync(process.execPath, [path.join(page, 'build.mjs'), ...args], { encoding: 'utf8' });
}

describe('the build', () => {
  const out = path.join(folder, 'out');
  const depfile = path.join(folder, 'out.d');
  const built = build(PAGE, out, '--depfile', depfile, '--target', 'web-viewer/index.html');
  const listed = readFileSync(path.join(PAGE, 'outputs.txt'), 'utf8').trim().split('\n');

  test('makes the listed files and no others', () => {
    assert.equal(built.stderr, '');
    assert.deepEqual(readdirSync(out).sort(), [...listed].sort());
  });

  test('names every source in the depfile', () => {
    const names = readFileSync(depfile, 'utf8');
    assert.ok(names.startsWith('web-viewer/index.html: '));
    for (const source of ['src/main.ts', 'src/core/viewer.ts', 'static/index.html', 'static/icon.svg', 'build.mjs']) {
      assert.ok(names.includes(path.join(PAGE, source)), source);
    }
  });

  test('puts no script and no style into the page itself', () => {
    const page = readFileSync(path.join(out, 'index.html'), 'utf8');
    assert.doesNotMatch(page, /<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)[^>]*>/);
  });

  test('names no address of anybody else', () => {
    for (const name of listed) {
      const text = readFileSync(path.join(out, name), 'utf8');
      const addresses = [...text.matchAll(/\b(?:https?|wss?):\/\/[a-z0-9.-]+/gi)].map(([address]) => address);
      const foreign = addresses.filter((address) => address !== 'http://www.w3.org');
      assert.deepEqual(foreign, [], name);
    }
  });

  test('says what to run where the packages are missing', () => {
    const bare = path.join(folder, 'bare');
    cpSync(path.join(PAGE, 'build.mjs'), path.join(bare, 'build.mjs'));
    const { status, stderr } = build(bare, out);

    assert.equal(status, 1);
    assert.match(stderr, /npm ci/);
  });

  test('says who may ask for a tarball’s', () => {
    const { status, stderr } = build(PAGE, '--dist');

    assert.equal(status, 1);
    assert.match(stderr, /MESON_DIST_ROOT/);
  });

  test('explains itself where it is called wrongly', () => {
    const { status, stderr } = build(PAGE);

    assert.equal(status, 1);
    assert.match(stderr, /usage/);
  });
});
