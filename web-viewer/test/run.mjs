// SPDX-License-Identifier: Apache-2.0
// Bundles the tests and runs them with node's own runner; arguments choose files by name.
import { spawnSync } from 'node:child_process';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const here = path.dirname(fileURLToPath(import.meta.url));
const wanted = process.argv.slice(2);
const tests = (await readdir(here))
  .filter((name) => name.endsWith('.test.ts') && (wanted.length === 0 || wanted.some((word) => name.includes(word))));
const outdir = await mkdtemp(path.join(os.tmpdir(), 'fanlight-viewer-test-'));
try {
  await build({
    absWorkingDir: here,
    entryPoints: tests,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node18',
    sourcemap: 'inline',
    define: {
      FIXTURES: JSON.stringify(path.resolve(here, '../../tests/fixtures')),
      PAGE: JSON.stringify(path.resolve(here, '..')),
    },
    logLevel: 'warning',
  });
  const files = tests.map((name) => path.join(outdir, name.replace(/\.ts$/, '.mjs')));
  const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...files], { stdio: 'inherit' });
  process.exitCode = files.length > 0 ? (status ?? 1) : 1;
} finally {
  await rm(outdir, { recursive: true });
}
