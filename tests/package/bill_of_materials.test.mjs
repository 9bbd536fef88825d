// SPDX-License-Identifier: Apache-2.0
// What tools/package says is in the package and what it uses, beside what the linker and the bundler did.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';
import { build } from 'esbuild';
import { debianPackage } from '../support/debian_package.mjs';
import { repository } from '../support/paths.mjs';

const page = path.join(repository, 'web-viewer');
const scratch = mkdtempSync(path.join(os.tmpdir(), 'fanlight-bill-'));
let deb = '';
/** @type {any} */
let bill;

/** @param {string} program @param {string[]} options */
const run = (program, ...options) => execFileSync(program, options, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } });

/** The components of one use. @param {string} use */
const of = (use) => bill.components.filter((/** @type {any} */ one) => one.properties.some((/** @type {any} */ its) => its.name === 'fanlight:use' && its.value === use));

/** @param {any[]} components */
const names = (components) => components.map((one) => one.name).sort();

before(() => {
  deb = debianPackage();
  bill = JSON.parse(readFileSync(deb.replace(/\.deb$/, '.cdx.json'), 'utf8'));
  execFileSync('dpkg-deb', ['-x', deb, scratch]);
});
after(() => rmSync(scratch, { recursive: true, force: true }));

/** Compiled from the schema that CycloneDX publishes. */
function validator() {
  const schemas = path.join(path.dirname(createRequire(import.meta.url).resolve('@cyclonedx/cyclonedx-library/package.json')), 'res/schema');
  const schema = (/** @type {string} */ name) => JSON.parse(readFileSync(path.join(schemas, `${name}.SNAPSHOT.schema.json`), 'utf8'));
  // Addresses and mail of other alphabets, which a bill of ours has none of.
  const ajv = new Ajv({ strict: false, allErrors: true, formats: { 'iri-reference': true, 'idn-email': true } });
  addFormats.default(ajv);
  // It names the others by their files.
  for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) ajv.addSchema(schema(name), `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`);
  return ajv.compile(schema('bom-1.6'));
}

test('it is one by the schema that CycloneDX publishes', () => {
  const isValid = validator();
  assert.ok(isValid(bill), JSON.stringify(isValid.errors));
  assert.ok(!isValid({ ...bill, components: [{ name: 'nothing' }] }));
});

test('it is of this very package', () => {
  const { name, version, hashes } = bill.metadata.component;
  assert.deepEqual([name, version], ['fanlight', run('dpkg-deb', '-f', deb, 'Version').trim()]);
  assert.deepEqual(hashes, [{ alg: 'SHA-256', content: createHash('sha256').update(readFileSync(deb)).digest('hex') }]);
});

test('it has every library that the program is linked to, and the packages that dpkg-shlibdeps found', () => {
  const needed = [...run('readelf', '-d', path.join(scratch, 'usr/bin/fanlight')).matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, soname]) => soname);
  assert.ok(needed.length > 10);
  const told = of('linked').flatMap((/** @type {any} */ one) => one.properties).filter((/** @type {any} */ its) => its.name === 'fanlight:soname');
  assert.deepEqual(told.map((/** @type {any} */ its) => its.value).sort(), needed.sort());

  const depends = run('dpkg-deb', '-f', deb, 'Depends').split(',').map((one) => one.trim().split(' ')[0]);
  const required = names(bill.components.filter((/** @type {any} */ one) => one.scope === 'required' && one.purl.startsWith('pkg:deb/')));
  assert.deepEqual(depends.filter((name) => !required.includes(name)), []);
});

test('it knows the version of everything that was there to build with, and most licences', () => {
  const buildinfo = readFileSync(path.join(path.dirname(deb), readdirSync(path.dirname(deb)).find((name) => name.endsWith('.buildinfo')) ?? ''), 'utf8');
  for (const { name, version } of [...of('linked'), ...of('compiled in')]) assert.ok(buildinfo.includes(` ${name} (= ${version})`), `${name} ${version}`);
  const licensed = bill.components.filter((/** @type {any} */ one) => one.licenses);
  assert.ok(licensed.length > bill.components.length / 2, names(licensed).join());
});

test('it has the headers that are compiled in', () => {
  assert.deepEqual(names(of('compiled in')), ['libcli11-dev', 'libexpected-dev']);
});

test('it has the npm packages that esbuild puts into the page, as the lock file has them', async () => {
  const { metafile } = await build({
    absWorkingDir: page, entryPoints: ['src/main.ts', 'src/embed/entry.ts', 'src/embed/embed-page.ts'],
    bundle: true, write: false, metafile: true, format: 'esm', outdir: scratch, logLevel: 'silent',
  });
  const folders = new Set(Object.keys(metafile.inputs).map((name) => name.match(/^node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0] ?? ''));
  folders.delete('');
  const locked = JSON.parse(readFileSync(path.join(page, 'package-lock.json'), 'utf8')).packages;
  const expected = [...folders].map((folder) => `${folder.slice('node_modules/'.length)} ${locked[folder].version} ${locked[folder].license}`);
  assert.ok(expected.length > 3);
  const told = of('bundled into the page').map((/** @type {any} */ one) => `${one.name} ${one.version} ${one.licenses[0].license.id}`);
  assert.deepEqual(told.sort(), expected.sort());
});

test('the licences of what is bundled are in the package', () => {
  const text = readFileSync(path.join(scratch, 'usr/share/doc/fanlight/copyright'), 'utf8');
  for (const { name } of of('bundled into the page')) assert.ok(new RegExp(`[(, ]${name}[,)]`).test(text), name);
  for (const words of [/^License: BSD-3-clause$/m, /^License: Expat$/m, /Redistributions in binary form/, /Permission is hereby granted/]) assert.match(text, words);
});
