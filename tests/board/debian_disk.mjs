// SPDX-License-Identifier: Apache-2.0
// A disk with the Debian of this host on it, systemd and all, as small as it is installed: what a board would boot from.

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cp, mkdir, readFile, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { buildDirectory } from '../support/paths.mjs';
import { keep } from './kept.mjs';

const run = promisify(execFile);

const services = fileURLToPath(new URL('disk/', import.meta.url));
const obeyScript = fileURLToPath(new URL('obey', import.meta.url));
const disksDirectory = path.join(buildDirectory, 'board');

/** What makes it a system that boots, and what the tests type in it. */
const systemPackages = ['systemd-sysv', 'udev', 'dbus', 'kmod', 'procps', 'v4l-utils', 'sudo', 'wget', 'avahi-daemon'];

/** Room for what a test writes. */
const diskSize = '2G';

/** What a system without a person in front of it has no use for; the daily timers would work under the tests. */
const masked = ['getty@tty1.service', 'serial-getty@ttyS0.service', 'apt-daily.timer', 'apt-daily-upgrade.timer', 'fstrim.timer',
  'e2scrub_all.timer', 'systemd-firstboot.service'];

/**
 * The disk, from the cache where it has these packages and nothing of ours has changed.
 * @param {string[]} packages besides the system's own, by name
 * @returns {Promise<string>} its image
 */
export async function debianDisk(packages) {
  const sources = await debianSources();
  const hash = createHash('sha256').update(JSON.stringify([sources, packages, systemPackages, masked, diskSize]));
  for (const file of [obeyScript, fileURLToPath(import.meta.url)]) hash.update(await readFile(file));
  for (const name of (await readdir(services)).sort()) hash.update(await readFile(path.join(services, name)));
  const image = path.join(disksDirectory, `debian-${hash.digest('hex').slice(0, 12)}.img`);
  await keep(image, /^debian-.*\.img$/, (scratch) => build(scratch, sources, packages));
  return image;
}

/**
 * Where this host has its Debian from.
 * @returns {Promise<string[]>} as sources.list(5) has them
 */
async function debianSources() {
  const format = 'deb $(REPO_URI) $(RELEASE) $(COMPONENT)';
  const { stdout } = await run('apt-get', ['indextargets', '--format', format, 'Created-By: Packages', 'Origin: Debian']);
  return [...new Set(stdout.trim().split('\n'))].sort();
}

/** How this host's apt fetches: through a proxy, or without looking at dates. */
async function fetching() {
  const { stdout } = await run('apt-config', ['dump', 'Acquire']);
  return stdout.split('\n').filter((line) => /^Acquire::(?!IndexTargets|CompressionTypes|Languages|cdrom|Changelogs)\S* ".+"/.test(line));
}

/**
 * @param {string} scratch
 * @param {string[]} sources
 * @param {string[]} packages
 */
async function build(scratch, sources, packages) {
  const root = path.join(scratch, 'root');
  const list = path.join(scratch, 'sources.list');
  await writeFile(list, `${sources.join('\n')}\n`);
  const options = [...(await fetching()), 'Apt::Install-Recommends "false";'].map((option) => `--aptopt=${option}`);
  const include = `--include=${[...systemPackages, ...packages].join(',')}`;
  const documents = ['doc', 'man', 'locale', 'info'].map((name) => `--dpkgopt=path-exclude=/usr/share/${name}/*`);
  documents.push('--dpkgopt=path-include=/usr/share/doc/fanlight/*');
  await run('mmdebstrap', ['--variant=minbase', include, ...options, ...documents, '', root, list]);
  await addOurs(root);
  const image = path.join(scratch, 'disk.img');
  await run('mke2fs', ['-q', '-t', 'ext4', '-d', root, image, diskSize]);
  return image;
}

/** @param {string} root of the disk to be */
async function addOurs(root) {
  await mkdir(path.join(root, 'host'), { recursive: true });
  await mkdir(path.join(root, 'usr/lib/modules'), { recursive: true });
  await cp(obeyScript, path.join(root, 'usr/local/lib/obey'));
  await writeFile(path.join(root, 'etc/hostname'), 'board\n');
  await writeFile(path.join(root, 'etc/hosts'), '127.0.0.1 localhost\n127.0.1.1 board\n');
  // Its network leads to the test and nowhere else, and what the package needs is here.
  await rm(path.join(root, 'etc/apt/sources.list'), { force: true });
  await rm(path.join(root, 'etc/apt/sources.list.d'), { recursive: true });
  await mkdir(path.join(root, 'etc/apt/sources.list.d'));
  const units = path.join(root, 'etc/systemd/system');
  const wanted = path.join(units, 'multi-user.target.wants');
  await mkdir(wanted, { recursive: true });
  for (const name of await readdir(services)) {
    await cp(path.join(services, name), path.join(units, name));
    await symlink(`../${name}`, path.join(wanted, name));
  }
  for (const name of masked) await symlink('/dev/null', path.join(units, name));
}
