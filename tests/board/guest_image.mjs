// SPDX-License-Identifier: Apache-2.0
// The guest's kernel and initramfs: Debian's own generic kernel, a few of its modules, busybox, and our init.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { chmod, copyFile, cp, mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildDirectory } from '../support/paths.mjs';
import { keep } from './kept.mjs';
import { buildModules } from './kernel_modules.mjs';

const run = promisify(execFile);

const initScript = fileURLToPath(new URL('init', import.meta.url));
const obeyScript = fileURLToPath(new URL('obey', import.meta.url));
const modulesScript = fileURLToPath(new URL('kernel_modules.mjs', import.meta.url));
const imagesDirectory = path.join(buildDirectory, 'board');

// What init loads for its root and network, and what tests load: cameras, a sound and a graphics card without hardware,
// file systems of programs, what mounts a card as boards do, a copy of the disk for an image, keys and lines. The cloud kernels of
// Debian have no V4L2.
const modules = ['virtio_pci', '9pnet_virtio', '9p', 'virtio_net', 'virtio_blk', 'crc32c_generic', 'ext4', 'fuse', 'vivid', 'snd_aloop', 'vgem',
  'loop', 'vfat', 'nls_cp437', 'nls_ascii', 'overlay', 'uinput', 'evdev', 'configfs'];

/** @typedef {{ kernel: string, initramfs: string, description: string }} GuestImage */

/**
 * The image, from the cache where neither the kernel package nor anything of ours has changed.
 * @returns {Promise<GuestImage>}
 */
export async function guestImage() {
  const kernelPackage = await currentKernelPackage();
  const hash = createHash('sha256').update(modules.join());
  for (const file of [initScript, obeyScript, modulesScript]) hash.update(await readFile(file));
  const ours = hash.digest('hex').slice(0, 12);
  const directory = path.join(imagesDirectory, `${kernelPackage.file.replace(/\.deb$/, '')}-${ours}`);
  await keep(directory, /^linux-image-/, (scratch) => buildImage(kernelPackage.name, scratch));

  return {
    kernel: path.join(directory, 'vmlinuz'),
    initramfs: path.join(directory, 'initramfs.gz'),
    description: kernelPackage.file,
  };
}

/**
 * The plugin registry of this host's GStreamer, made before the guest starts: under emulation a scan takes seconds.
 * GStreamer itself checks it against the plugins, and scans again those that look at the guest's own devices.
 * @returns {Promise<string>}
 */
export async function gstreamerRegistry() {
  const file = path.join(imagesDirectory, 'gstreamer-registry.bin');
  await mkdir(imagesDirectory, { recursive: true });
  await run('gst-inspect-1.0', ['fakesink'], { env: { ...process.env, GST_REGISTRY: file } });
  return file;
}

/**
 * The generic kernel that the metapackage names now.
 * @returns {Promise<{ name: string, file: string }>} `file` carries the version
 */
async function currentKernelPackage() {
  const { stdout: depends } = await run('apt-cache', ['depends', 'linux-image-amd64']);
  const name = depends.match(/Depends: (linux-image-\S+-amd64)$/m)?.[1];
  if (!name) throw new Error(`'linux-image-amd64' names no kernel package: ${depends.trim() || 'apt knows it not'}`);
  const { stdout: uris } = await run('apt-get', ['download', '--print-uris', name]);
  const file = uris.match(/' (\S+\.deb) /)?.[1];
  if (!file) throw new Error(`apt says nowhere to download '${name}' from: ${uris.trim()}`);
  return { name, file };
}

/**
 * @param {string} name of the kernel package
 * @param {string} scratch
 */
async function buildImage(name, scratch) {
  await run('apt-get', ['download', name], { cwd: scratch });
  const deb = (await readdir(scratch)).find((file) => file.endsWith('.deb'));
  if (!deb) throw new Error(`apt downloaded no package '${name}'`);
  const tree = path.join(scratch, 'tree');
  await run('dpkg-deb', ['-x', path.join(scratch, deb), tree]);
  const image = path.join(scratch, 'image');
  await mkdir(image);
  const [kernel] = (await readdir(path.join(tree, 'boot'))).filter((file) => file.startsWith('vmlinuz-'));
  await copyFile(path.join(tree, 'boot', kernel), path.join(image, 'vmlinuz'));
  const root = path.join(scratch, 'root');
  const version = kernel.replace('vmlinuz-', '');
  const built = path.join(root, 'lib', 'modules', version, 'extra');
  const making = path.join(scratch, 'modules');
  await mkdir(making);
  await buildModules(name, making, built);
  await fillRoot(root, tree, version);
  const pack = 'find . -print0 | cpio --null --quiet -o -H newc | gzip -1 >"$1"';
  await run('sh', ['-c', pack, 'pack', path.join(image, 'initramfs.gz')], { cwd: root });
  return image;
}

/**
 * @param {string} root the initramfs to be
 * @param {string} tree the unpacked kernel package
 * @param {string} version of the kernel
 */
async function fillRoot(root, tree, version) {
  await mkdir(path.join(root, 'bin'), { recursive: true });
  await copyFile('/bin/busybox', path.join(root, 'bin', 'busybox'));
  await copyFile(initScript, path.join(root, 'init'));
  await chmod(path.join(root, 'init'), 0o755);
  await copyFile(obeyScript, path.join(root, 'obey'));

  const [from] = [path.join(tree, 'lib'), path.join(tree, 'usr/lib')]
    .map((lib) => path.join(lib, 'modules', version))
    .filter(existsSync);
  const to = path.join(root, 'lib', 'modules', version);
  await mkdir(to, { recursive: true });
  await run('depmod', ['-b', path.resolve(from, '../../..'), version]);
  for (const file of await moduleFiles(from)) {
    await cp(path.join(from, file), path.join(to, file));
    // Plain modules: whether busybox can load a packed one depends on how it was built.
    if (file.endsWith('.xz')) await run('busybox', ['unxz', path.join(to, file)]);
  }
  for (const list of ['modules.order', 'modules.builtin', 'modules.builtin.modinfo']) {
    await copyFile(path.join(from, list), path.join(to, list));
  }
  await run('depmod', ['-b', root, version]);
}

/**
 * The modules that the guest needs, with all that they depend on.
 * @param {string} directory of the kernel's modules
 * @returns {Promise<Set<string>>} paths in there
 */
async function moduleFiles(directory) {
  const dependencies = await readFile(path.join(directory, 'modules.dep'), 'utf8');
  const builtin = await readFile(path.join(directory, 'modules.builtin'), 'utf8');
  const files = new Set();
  for (const module of modules) {
    const file = new RegExp(`^(\\S*/${module.replaceAll('_', '[-_]')}\\.ko\\S*):(.*)$`, 'm');
    const found = dependencies.match(file);
    if (found) [found[1], ...found[2].trim().split(/\s+/)].filter(Boolean).forEach((each) => files.add(each));
    else if (!new RegExp(`/${module.replaceAll('_', '[-_]')}\\.ko$`, 'm').test(builtin)) {
      throw new Error(`the kernel in '${directory}' has no module '${module}'`);
    }
  }
  return files;
}
