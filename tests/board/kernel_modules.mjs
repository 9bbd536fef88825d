// SPDX-License-Identifier: Apache-2.0
// Kernel modules that Debian brings as source: built against the headers of the guest's kernel, with the host's compiler.

import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** v4l2loopback: what one program writes into a camera of it, another one reads out, in any format. */
const sourcePackages = ['v4l2loopback-dkms'];

/** Of the same make as the kernel package. @param {string} kernelPackage "linux-image-6.1.0-1-amd64" */
async function headerPackages(kernelPackage) {
  const name = kernelPackage.replace('linux-image-', 'linux-headers-');
  const { stdout } = await run('apt-cache', ['depends', name]);
  const needed = [...stdout.matchAll(/Depends: (linux-(?:headers|kbuild)-\S+)$/gm)].map((match) => match[1]);
  return { name, packages: [name, ...needed] };
}

/** @param {string} folder @param {(file: string) => boolean} isMeant */
async function findFile(folder, isMeant) {
  const name = (await readdir(folder)).find(isMeant);
  return name && path.join(folder, name);
}

/**
 * @param {string} kernelPackage
 * @param {string} scratch an empty folder, which stays full
 * @param {string} target where the modules go
 */
export async function buildModules(kernelPackage, scratch, target) {
  const headers = await headerPackages(kernelPackage);
  await run('apt-get', ['download', ...headers.packages, ...sourcePackages], { cwd: scratch });
  const tree = path.join(scratch, 'tree');
  for (const file of await readdir(scratch)) {
    if (file.endsWith('.deb')) await run('dpkg-deb', ['-x', path.join(scratch, file), tree]);
  }
  const sources = path.join(tree, 'usr/src');
  const build = path.join(sources, headers.name);
  // It includes the other half of the headers by the path where a package manager would have put it.
  const makefile = path.join(build, 'Makefile');
  await writeFile(makefile, (await readFile(makefile, 'utf8')).replaceAll('/usr/src/', `${sources}/`));
  await mkdir(target, { recursive: true });
  for (const name of sourcePackages) {
    const source = await findFile(sources, (file) => file.startsWith(`${name.replace('-dkms', '')}-`));
    if (!source) throw new Error(`'${name}' brings no source`);
    await run('make', ['-s', '-C', build, `M=${source}`, 'modules']);
    const module = await findFile(source, (file) => file.endsWith('.ko'));
    if (!module) throw new Error(`'${name}' was built into no module`);
    await copyFile(module, path.join(target, path.basename(module)));
  }
}
