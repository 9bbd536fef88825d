#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Builds the page into OUTDIR, the files that outputs.txt lists.
//
//   node build.mjs OUTDIR [--depfile FILE --target NAME]   bundles
//   node build.mjs --dist                                  bundles into the tarball that meson is making
//   node build.mjs --check                                 checks the types, of the tests too
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';

const here = path.dirname(fileURLToPath(import.meta.url));
// What all browsers that the page supports understand; README.md has the list.
const kTargets = ['chrome94', 'firefox115', 'safari16.4'];

/** Made smaller, not copied. */
const kStyleSheets = ['viewer.css', 'embed.css'];

/** Not of the page: what is in it, which the package installs beside its documents. */
const kBundledPackages = 'bundled-packages.json';

function stop(message) {
  console.error(`web-viewer: ${message}`);
  process.exit(1);
}

function checkTypes() {
  const compiler = createRequire(import.meta.url).resolve('typescript/package.json');
  for (const project of ['.', 'test']) {
    const { status } = spawnSync(process.execPath, [
      path.join(path.dirname(compiler), 'bin/tsc'), '--project', path.join(here, project),
    ], { stdio: 'inherit' });
    if (status !== 0) process.exit(status ?? 1);
  }
}

async function bundle(outdir) {
  const esbuild = await import('esbuild');
  const { metafile } = await esbuild.build({
    absWorkingDir: here,
    entryPoints: [
      { in: 'src/main.ts', out: 'viewer' },
      { in: 'src/embed/entry.ts', out: 'fanlight-camera' },
      { in: 'src/embed/embed-page.ts', out: 'embed' },
      ...kStyleSheets.map((name) => `static/${name}`),
    ],
    outdir: path.resolve(outdir),
    bundle: true,
    minify: true,
    format: 'esm',
    target: kTargets,
    legalComments: 'none',
    metafile: true,
    logLevel: 'warning',
  });
  return Object.keys(metafile.inputs);
}

/** What of npm's packages is in the bundles: for whoever has to know what the daemon carries. @param {string[]} inputs */
async function bundledPackages(inputs) {
  const folders = new Set(inputs.map((name) => name.match(/^.*node_modules\/(?:@[^/]+\/)?[^/]+/)?.[0]).filter(Boolean));
  const described = [...folders].sort().map(async (folder) => {
    const { name, version, license } = JSON.parse(await readFile(path.join(here, folder, 'package.json'), 'utf8'));
    return { name, version, license };
  });
  return Promise.all(described);
}

async function build(outdir) {
  const outputs = (await readFile(path.join(here, 'outputs.txt'), 'utf8')).trim().split('\n');
  await mkdir(outdir, { recursive: true });
  const inputs = await bundle(outdir);
  const packages = JSON.stringify(await bundledPackages(inputs), null, 1);
  await writeFile(path.join(outdir, kBundledPackages), `${packages}\n`);
  const copied = outputs.filter((name) => existsSync(path.join(here, 'static', name)) && !kStyleSheets.includes(name));
  await Promise.all(copied.map((name) => copyFile(path.join(here, 'static', name), path.join(outdir, name))));
  const missing = outputs.filter((name) => !existsSync(path.join(outdir, name)));
  if (missing.length > 0) stop(`outputs.txt lists '${missing.join("', '")}', which nothing makes`);
  const ways = ['build.mjs', 'outputs.txt', 'tsconfig.json', 'package-lock.json'];
  return [...inputs, ...copied.map((name) => `static/${name}`), ...ways];
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { check: { type: 'boolean' }, dist: { type: 'boolean' }, depfile: { type: 'string' }, target: { type: 'string' } },
});
if (positionals.length !== (values.check || values.dist ? 0 : 1)) stop('usage: build.mjs OUTDIR | --dist | --check');
if (!existsSync(path.join(here, 'node_modules/esbuild'))) stop("node_modules is missing: run 'npm ci' in web-viewer/");

if (values.check) {
  checkTypes();
} else if (values.dist) {
  const root = process.env.MESON_DIST_ROOT;
  if (!root) stop("'--dist' is for 'meson dist', which names the tarball's folder in MESON_DIST_ROOT");
  await build(path.join(root, 'web-viewer/built'));
} else {
  const inputs = await build(positionals[0]);
  if (values.depfile) {
    const names = inputs.map((name) => path.resolve(here, name).replaceAll(' ', '\\ '));
    await writeFile(values.depfile, `${values.target}: ${names.join(' ')}\n`);
  }
}
