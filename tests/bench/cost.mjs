// SPDX-License-Identifier: Apache-2.0
// What viewers cost the daemon, and what it costs when they have left.

import { CpuMeter, processFigures, threadNames, voluntarySwitches } from '../load/process_figures.mjs';
import { ViewerHost } from '../load/viewer_host.mjs';
import { camera, pass, startDevice } from './device.mjs';
import { slope } from './figures.mjs';

/** @typedef {'video' | 'all'} Media */

const mebibyte = 1024;
/** What is not counted after a viewer has come or left. */
const settleMs = 3000;
/** For each further viewer: ms of CPU a second, MB. */
const budget = { cpu: 4, memory: { video: 1.0, all: 1.7 }, idleCpu: 0.5, idleMemory: 25 };

/** @param {CpuMeter} meter @param {number} pid @param {number} seconds */
async function sample(meter, pid, seconds) {
  const before = meter.read();
  const began = performance.now();
  await pass(seconds * 1000);
  const cpu = (meter.read() - before) / ((performance.now() - began) / 1000);
  return { cpu, ...processFigures(pid) };
}

/**
 * Wake-ups a second of each thread that is there at the end.
 * @param {ReturnType<typeof voluntarySwitches>} before @param {ReturnType<typeof voluntarySwitches>} after @param {number} seconds
 */
const wakeUps = (before, after, seconds) =>
  [...after].map(([task, { name, count }]) => ({ name, perSecond: (count - (before.get(task)?.count ?? 0)) / seconds }));

/** @param {import('../load/viewer_host.mjs').RemoteViewer[]} viewers */
const gone = (viewers) => viewers.forEach((viewer) => {
  viewer.bye();
  viewer.forget();
});

/**
 * One daemon, more and more viewers.
 * @param {Media} media @param {{ counts: number[], seconds: number }} options
 */
async function ladder(media, { counts, seconds }) {
  const daemon = await startDevice({ viewers: Math.max(...counts) });
  const pid = /** @type {number} */ (daemon.pid);
  const meter = new CpuMeter(pid);
  const host = await ViewerHost.start();
  /** @type {import('../load/viewer_host.mjs').RemoteViewer[]} */
  const viewers = [];
  try {
    const steps = [];
    for (const count of counts) {
      while (viewers.length < count) {
        const viewer = host.open({ url: daemon.link, camera: camera.id, media });
        viewers.push(viewer);
        await viewer.waitFor('packet');
      }
      await pass(settleMs);
      const before = await host.figures();
      const figures = await sample(meter, pid, seconds);
      const after = await host.figures();
      const bytes = [...after].map(([id, { bytes: now }]) => now - (before.get(id)?.bytes ?? 0));
      const rate = count && bytes.reduce((sum, one) => sum + one, 0) / count / seconds / 125_000;
      steps.push({ viewers: count, ...figures, megabits: rate, names: Object.fromEntries(threadNames(pid)) });
    }
    gone(viewers);
    return { steps, method: meter.method };
  } finally {
    await host.stop();
    await daemon.stop();
    meter.close();
  }
}

/** @param {Media} media @param {Awaited<ReturnType<typeof ladder>>} result @returns {import('./report.mjs').Figure[]} */
function rows(media, { steps }) {
  const what = media === 'video' ? 'video only' : 'all m-lines';
  // From the first viewer on: with it come capture and encoder, which are not a viewer's.
  const watched = steps.filter(({ viewers }) => viewers > 0);
  const further = (/** @type {(step: typeof steps[0]) => number} */ of) =>
    slope(watched.map((step) => [step.viewers, of(step)]));
  const levels = steps.map((step) => ({
    what: `${what}, ${step.viewers} viewers, CPU`,
    value: step.cpu,
    unit: 'ms/s',
    note: `${(step.pss / mebibyte).toFixed(1)} MB PSS, ${step.threads} threads, ${step.descriptors} descriptors`,
  }));
  const rate = watched.at(-1)?.megabits ?? 0;
  return [
    ...levels,
    {
      what: `${what}, each further viewer, CPU`,
      value: further(({ cpu }) => cpu),
      unit: 'ms/s',
      budget: media === 'video' ? budget.cpu : undefined,
      note: `at ${rate.toFixed(2)} Mb/s of RTP`,
    },
    { what: `${what}, each further viewer, PSS`, value: further(({ pss }) => pss) / mebibyte, unit: 'MB', budget: budget.memory[media] },
    { what: `${what}, each further viewer, threads`, value: further(({ threads }) => threads), unit: '' },
  ];
}

/**
 * @param {{ counts: number[], seconds: number }} options
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
export async function measureViewers(options) {
  const video = await ladder('video', options);
  const all = await ladder('all', options);
  return {
    name: 'viewers',
    title:
      'Cost of viewers: libdatachannel peers in a process of their own, which send receiver reports and no transport-wide\n' +
      `feedback (TWCC); CPU by ${video.method}; the receiving side of the loopback is billed to the sender`,
    figures: [...rows('video', video), ...rows('all', all)],
    raw: { video, all },
  };
}

/**
 * @param {{ viewers: number, afterSeconds: number, seconds: number }} options
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
export async function measureIdle({ viewers: count, afterSeconds, seconds }) {
  const daemon = await startDevice({ viewers: count });
  const pid = /** @type {number} */ (daemon.pid);
  const meter = new CpuMeter(pid);
  const host = await ViewerHost.start();
  try {
    await pass(settleMs);
    const fresh = await sample(meter, pid, seconds);
    // Hears of the camera's states, and is no viewer.
    const listener = host.open({ url: daemon.link, camera: camera.id, until: 'welcome' });
    await listener.waitFor('welcome');
    const viewers = [];
    for (let i = 0; i < count; i++) {
      viewers.push(host.open({ url: daemon.link, camera: camera.id, media: 'all' }));
      await viewers[i].waitFor('packet');
    }
    gone(viewers);
    await listener.waitFor('state', { where: ({ session, state }) => !session && state === 'idle' });
    await pass(afterSeconds * 1000);
    const before = voluntarySwitches(pid);
    const idle = await sample(meter, pid, seconds);
    const woken = wakeUps(before, voluntarySwitches(pid), seconds);
    return {
      name: 'idle',
      title: `Idle, ${afterSeconds} s after the camera stopped behind the last of ${count} viewers`,
      figures: [
        { what: 'CPU', value: idle.cpu / 10, unit: '% of a core', budget: budget.idleCpu },
        {
          what: 'wake-ups (voluntary context switches of all threads)',
          value: woken.reduce((sum, { perSecond }) => sum + perSecond, 0),
          unit: '/s',
          note: woken.filter(({ perSecond }) => perSecond > 0).map(({ name, perSecond }) => `${name} ${perSecond.toFixed(2)}`).join(', '),
        },
        {
          what: 'PSS',
          value: idle.pss / mebibyte,
          unit: 'MB',
          budget: budget.idleMemory,
          note: `${(fresh.pss / mebibyte).toFixed(1)} MB before the first viewer`,
        },
        { what: 'threads', value: idle.threads, unit: '', note: `${fresh.threads} before the first viewer` },
        { what: 'descriptors', value: idle.descriptors, unit: '', note: `${fresh.descriptors} before the first viewer` },
      ],
      raw: { fresh, idle, woken, names: Object.fromEntries(threadNames(pid)), method: meter.method },
    };
  } finally {
    await host.stop();
    await daemon.stop();
    meter.close();
  }
}
