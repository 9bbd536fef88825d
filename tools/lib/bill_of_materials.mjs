#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Writes what is in a package of ours and what it uses beside it, as CycloneDX 1.6 (ECMA-424).
//
//   bill_of_materials.mjs FILE.deb
//
// On the machine that built the package: versions are those of its .buildinfo, else those that are installed here; licences
// are in Debian's own words.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const kProgram = 'usr/bin/fanlight';
const kBundledPackages = 'usr/share/doc/fanlight/bundled-packages.json';

function stop(message) {
  console.error(`bill_of_materials: ${message}`);
  process.exit(1);
}

function run(program, ...args) {
  // English, and one form of it.
  return execFileSync(program, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Nothing where dpkg knows nothing of it. */
function dpkgQuery(...args) {
  try {
    return run('dpkg-query', ...args);
  } catch {
    return '';
  }
}

/** The names in a field such as Depends, the first of each choice. @param {string} field */
const namesIn = (field) => field.split(',').map((one) => one.trim().split(/[\s|(:]/)[0]).filter(Boolean);

/** What was installed when the package was built, by name. @param {string} deb */
function installedThen(deb) {
  const [name, version, architecture] = path.basename(deb, '.deb').split('_');
  const file = path.join(path.dirname(deb), `${name}_${version}_${architecture}.buildinfo`);
  if (!existsSync(file)) return { versions: new Map(), date: undefined };
  const text = readFileSync(file, 'utf8');
  const [, list] = text.match(/^Installed-Build-Depends:\n((?: .*\n)*)/m) ?? [];
  const versions = new Map([...(list ?? '').matchAll(/^ (\S+?)(?::\S+)? \(= (\S+)\)/gm)].map(([, one, its]) => [one, its]));
  const [, date] = text.match(/^Build-Date: (.*)$/m) ?? [];
  return { versions, date: date && new Date(date).toISOString() };
}

/** The licences of a Debian package's files, as its copyright file has them where a program can read that. */
function licencesOf(name) {
  const file = `/usr/share/doc/${name}/copyright`;
  if (!existsSync(file)) return undefined;
  const stanzas = readFileSync(file, 'utf8').split(/\n\s*\n/);
  if (!/^Format:/.test(stanzas[0])) return undefined;
  const all = stanzas.find((stanza) => /^Files:\s*\*\s*$/m.test(stanza));
  const [, words] = all?.match(/^License:[ \t]*(\S.*)$/m) ?? [];
  return words && [{ license: { name: words.trim() } }];
}

/** @param {string} name @param {string} use how the daemon has it @param {{ versions: Map<string, string>, distro: string, architecture: string }} known */
function debianComponent(name, use, { versions, distro, architecture }, extra = {}) {
  const version = versions.get(name) ?? (dpkgQuery('-W', '-f', '${Version}', name) || undefined);
  const purl = `pkg:deb/debian/${encodeURIComponent(name)}${version ? `@${encodeURIComponent(version)}` : ''}?arch=${architecture}&distro=${distro}`;
  const properties = [{ name: 'fanlight:use', value: use }, ...(extra.properties ?? [])];
  return { type: 'library', 'bom-ref': purl, name, version, scope: extra.scope ?? 'required', licenses: licencesOf(name), purl, properties };
}

/**
 * The shared libraries that a program names, by the package that has them.
 * @param {string} program
 * @param {(name: string) => boolean} isLikely tells the package that was linked from one with the same library for another
 *   architecture
 */
function linked(program, isLikely) {
  const sonames = [...run('readelf', '-d', program).matchAll(/\(NEEDED\).*\[(.*)\]/g)].map(([, soname]) => soname);
  const packages = new Map();
  for (const soname of sonames) {
    const owners = [...dpkgQuery('-S', `*/${soname}`).matchAll(/^([a-z0-9][^:,\s]*)/gm)].map(([, name]) => name);
    const name = owners.find(isLikely);
    if (!name) stop(`'${soname}', which '${kProgram}' needs, is of no package that '${kProgram}' depends on`);
    packages.set(name, [...(packages.get(name) ?? []), soname]);
  }
  return packages;
}

/** Libraries to build with that have no shared part: they are compiled in. @param {string[]} names */
const compiledIn = (names) => names.filter((name) => /^lib.*-dev$/.test(name) && !/\.so$/m.test(dpkgQuery('-L', name)));

/** What the build asks for; its recipe stands beside this file. */
function buildDependencies() {
  const [, list] = readFileSync(new URL('../../debian/control', import.meta.url), 'utf8').match(/^Build-Depends:\n((?: .*\n)*)/m) ?? [];
  return namesIn(list ?? '');
}

/** @param {string} root of the unpacked package */
function npmComponents(root) {
  return JSON.parse(readFileSync(path.join(root, kBundledPackages), 'utf8')).map(({ name, version, license }) => {
    const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
    return {
      type: 'library', 'bom-ref': purl, name, version, scope: 'required', licenses: [{ license: { id: license } }], purl,
      properties: [{ name: 'fanlight:use', value: 'bundled into the page' }],
    };
  });
}

/** @param {string} deb @param {string} root where it is unpacked */
function componentsOf(deb, root) {
  const field = (name) => run('dpkg-deb', '-f', deb, name).trim();
  const { versions, date } = installedThen(deb);
  const { ID, VERSION_ID } = Object.fromEntries([...readFileSync('/etc/os-release', 'utf8').matchAll(/^(\w+)="?(.*?)"?$/gm)].map(([, key, value]) => [key, value]));
  const known = { versions, distro: [ID, VERSION_ID].filter(Boolean).join('-'), architecture: field('Architecture') };
  const depends = namesIn(field('Depends'));
  const libraries = linked(path.join(root, kProgram), (name) => depends.includes(name));
  const others = depends.filter((name) => !libraries.has(name));
  return {
    date,
    field,
    components: [
      ...[...libraries].map(([name, sonames]) => debianComponent(name, 'linked', known, {
        properties: sonames.map((value) => ({ name: 'fanlight:soname', value })),
      })),
      ...compiledIn(buildDependencies()).map((name) => debianComponent(name, 'compiled in', known)),
      ...others.map((name) => debianComponent(name, 'loaded or run', known)),
      ...namesIn(field('Recommends')).map((name) => debianComponent(name, 'used where it is there', known, { scope: 'optional' })),
      ...npmComponents(root),
    ],
  };
}

const [deb] = process.argv.slice(2);
if (!deb?.endsWith('.deb') || !existsSync(deb)) stop(`no package '${deb ?? ''}'`);
const root = mkdtempSync(path.join(os.tmpdir(), 'fanlight-bill-'));
try {
  run('dpkg-deb', '-x', deb, root);
  const { date, field, components } = componentsOf(deb, root);
  const content = createHash('sha256').update(readFileSync(deb)).digest('hex');
  const ours = `pkg:deb/fanlight/fanlight@${encodeURIComponent(field('Version'))}?arch=${field('Architecture')}`;
  const bill = {
    $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
    bomFormat: 'CycloneDX',
    specVersion: '1.6',
    version: 1,
    metadata: {
      timestamp: date,
      component: {
        type: 'application', 'bom-ref': ours, name: 'fanlight', version: field('Version'), purl: ours,
        licenses: [{ license: { id: 'Apache-2.0' } }], hashes: [{ alg: 'SHA-256', content }],
      },
    },
    components,
    dependencies: [{ ref: ours, dependsOn: components.map((one) => one['bom-ref']) }, ...components.map((one) => ({ ref: one['bom-ref'] }))],
  };
  writeFileSync(deb.replace(/\.deb$/, '.cdx.json'), `${JSON.stringify(bill, null, 1)}\n`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
