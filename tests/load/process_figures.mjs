// SPDX-License-Identifier: Apache-2.0
// What a running process costs: CPU, wake-ups, memory, threads, descriptors.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** USER_HZ, which Linux fixes at 100 for /proc whatever the kernel's own tick is. */
const millisecondsPerTick = 10;

/** Where the unified hierarchy is mounted: alone, or beside the old ones. */
const cgroupRoots = ['/sys/fs/cgroup', '/sys/fs/cgroup/unified'];

/** @param {number} pid @param {string} name */
const read = (pid, name) => readFileSync(`/proc/${pid}/${name}`, 'utf8');

/** @param {string} text @param {string} name */
const kilobytes = (text, name) => Number(text.match(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm'))?.[1]);

/** User and system time of all its threads, also of those that have ended. @param {number} pid */
function cpuOfProc(pid) {
  // The name, in parentheses, may hold spaces.
  const fields = read(pid, 'stat').replace(/^.*\) /s, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) * millisecondsPerTick;
}

/** @param {string} group */
const cpuOfGroup = (group) =>
  Number(readFileSync(path.join(group, 'cpu.stat'), 'utf8').match(/^usage_usec (\d+)/m)?.[1]) / 1000;

/** The CPU time of one process: by a control group of its own where one can be made, else by /proc in steps of 10 ms. */
export class CpuMeter {
  #pid;
  /** @type {string | undefined} */
  #group;

  /** @param {number} pid */
  constructor(pid) {
    this.#pid = pid;
    this.#group = this.#makeGroup();
  }

  #makeGroup() {
    const root = cgroupRoots.find((one) => existsSync(path.join(one, 'cgroup.controllers')));
    if (!root) return undefined;
    const group = path.join(root, `fanlight-${this.#pid}`);
    try {
      mkdirSync(group);
      writeFileSync(path.join(group, 'cgroup.procs'), String(this.#pid));
      return group;
    } catch {
      this.#remove(group);
      return undefined;
    }
  }

  get method() {
    return this.#group ? 'cgroup' : '/proc/PID/stat';
  }

  /** Milliseconds so far. */
  read() {
    return this.#group ? cpuOfGroup(this.#group) : cpuOfProc(this.#pid);
  }

  /** Once the process is gone. */
  close() {
    if (this.#group) this.#remove(this.#group);
    this.#group = undefined;
  }

  /** @param {string} group */
  #remove(group) {
    try {
      rmdirSync(group);
    } catch {
      // Never made, or the process is still in it: a group without processes costs nothing.
    }
  }
}

/**
 * @typedef {{ pss: number, anonymous: number, rss: number, threads: number, descriptors: number }} ProcessFigures memory in kB
 * @param {number} pid
 * @returns {ProcessFigures}
 */
export function processFigures(pid) {
  const memory = read(pid, 'smaps_rollup');
  return {
    pss: kilobytes(memory, 'Pss'),
    // Of the PSS what is no file's: heap and stacks. The rest is code, whose share falls when others run the same.
    anonymous: kilobytes(memory, 'Pss_Anon'),
    rss: kilobytes(memory, 'Rss'),
    threads: readdirSync(`/proc/${pid}/task`).length,
    descriptors: readdirSync(`/proc/${pid}/fd`).length,
  };
}

/**
 * How often its threads went to sleep of their own accord so far, which is once for each time that they were woken.
 * @param {number} pid
 * @returns {Map<string, { name: string, count: number }>} by the thread's id, since several may have one name
 */
export function voluntarySwitches(pid) {
  const switches = new Map();
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    const file = `/proc/${pid}/task/${task}/status`;
    if (!existsSync(file)) continue;
    const status = readFileSync(file, 'utf8');
    const field = (/** @type {string} */ name) => /** @type {string[]} */ (status.match(new RegExp(`^${name}:\\s+(.*)$`, 'm')))[1];
    switches.set(task, { name: field('Name'), count: Number(field('voluntary_ctxt_switches')) });
  }
  return switches;
}

/** How many threads have each name. @param {number} pid @returns {Map<string, number>} */
export function threadNames(pid) {
  const names = new Map();
  for (const task of readdirSync(`/proc/${pid}/task`)) {
    // A thread may end while the list is read.
    const file = `/proc/${pid}/task/${task}/comm`;
    if (!existsSync(file)) continue;
    const name = readFileSync(file, 'utf8').trim();
    names.set(name, (names.get(name) ?? 0) + 1);
  }
  return names;
}
