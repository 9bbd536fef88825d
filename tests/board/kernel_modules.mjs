// SPDX-License-Identifier: Apache-2.0
// Kernel modules that Debian brings as source: built against the headers of the guest's kernel, with the host's compiler.

import { execFile } from 'node:child_process';
import { copyFile, mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** v4l2loopback: what one program writes into a camera of it, another one reads out, in any format. */
const sourcePackages = ['v4l2loopback-dkms'];

/** Out of the kernel's own source: what the kernel is built without. vimc is a camera of libcamera's. */
const kernelSources = [{ folder: 'drivers/media/test-drivers/vimc', option: 'CONFIG_VIDEO_VIMC' }];

/** A GPIO chip whose lines a test pulls, and the interrupts that it has no hardware for: both are missing, so that they become one module. */
const chip = { name: 'gpio-sim', files: ['drivers/gpio/gpio-sim.c', 'drivers/gpio/gpiolib.h', 'kernel/irq/irq_sim.c'] };

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
  const folders = await takeFromKernel(headers.name, scratch);
  for (const name of sourcePackages) {
    const source = await findFile(sources, (file) => file.startsWith(`${name.replace('-dkms', '')}-`));
    if (!source) throw new Error(`'${name}' brings no source`);
    folders.push(source);
  }
  for (const source of folders) {
    await run('make', ['-s', '-C', build, `M=${source}`, 'modules']);
    const module = await findFile(source, (file) => file.endsWith('.ko'));
    if (!module) throw new Error(`'${source}' was built into no module`);
    await copyFile(module, path.join(target, path.basename(module)));
  }
}

/**
 * The folders of `kernelSources`, of the source of the same version, ready to be built as modules.
 * @param {string} headers the package of the kernel's headers
 * @param {string} scratch
 */
async function takeFromKernel(headers, scratch) {
  const { stdout: uris } = await run('apt-get', ['download', '--print-uris', headers]);
  const version = decodeURIComponent(uris.match(/ \S+?_([^_]+)_\S+\.deb /)?.[1] ?? '');
  const name = `linux-source-${version.match(/^\d+\.\d+/)?.[0]}`;
  await run('apt-get', ['download', `${name}=${version}`], { cwd: scratch });
  const deb = await findFile(scratch, (file) => file.startsWith(`${name}_`));
  if (!deb) throw new Error(`apt downloaded no '${name}' ${version}`);
  const target = path.join(scratch, 'kernel');
  await mkdir(target);
  // All of it would be 1.4 GB.
  const unpack = 'dpkg-deb --fsys-tarfile "$1" | tar -xO "./usr/src/$2.tar.xz" | tar -xJ -C "$3" --strip-components=1 "$@"';
  const wanted = [...kernelSources.map(({ folder }) => folder), ...chip.files].map((file) => `${name}/${file}`);
  await run('sh', ['-c', unpack.replace('"$@"', wanted.join(' ')), 'unpack', deb, name, target]);
  for (const { folder, option } of kernelSources) {
    const makefile = path.join(target, folder, 'Makefile');
    await writeFile(makefile, (await readFile(makefile, 'utf8')).replaceAll(`$(${option})`, 'm'));
  }
  return [...kernelSources.map(({ folder }) => path.join(target, folder)), await gatherChip(target)];
}

/** @param {string} kernel its unpacked source @returns {Promise<string>} the folder of the module */
async function gatherChip(kernel) {
  const folder = path.join(kernel, chip.name);
  await mkdir(folder);
  const [driver, header, interrupts] = chip.files.map((file) => path.join(kernel, file));
  await copyFile(header, path.join(folder, path.basename(header)));
  // A module's object cannot have the name of one of its parts.
  await copyFile(driver, path.join(folder, 'chip.c'));
  // What modules are not given is said by what they are.
  const text = (await readFile(interrupts, 'utf8')).replace('irq_to_desc(irqnum)', 'irq_data_to_desc(irq_get_irq_data(irqnum))');
  await writeFile(path.join(folder, 'irq_sim.c'), text);
  await writeFile(path.join(folder, 'Makefile'), `obj-m := ${chip.name}.o\n${chip.name}-objs := chip.o irq_sim.o\n`);
  return folder;
}
