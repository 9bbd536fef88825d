// SPDX-License-Identifier: Apache-2.0
// What sound costs the daemon, beside the same viewers without it: with the settings as they are without any, on null
// sinks of a sound server. One of the viewers is Chromium, who talks where one does; nobody who talks listens.

import { CpuMeter, processFigures, threadNames } from '../load/process_figures.mjs';
import { ViewerHost } from '../load/viewer_host.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startDaemon } from '../support/daemon.mjs';
import { nullSink, SoundServer } from '../support/sound_server.mjs';
import { chirpEveryMs } from './cable.mjs';
import { camera, config, pass, suite } from './device.mjs';
import { EarAndMouth } from './ear_and_mouth.mjs';
import { median } from './figures.mjs';
import { Probe } from './probe.mjs';
import { cables, hall } from './sound_connections.mjs';

const mebibyte = 1024;
/** What is not counted after everything has begun. */
const settleMs = 3000;
const listen = { type: 'command', id: 'listen', name: 'listen', arguments: { session: '{session}', on: true } };

/** @typedef {{ listening: number, talks: boolean }} Sound of the viewers */

/**
 * @param {{ browser: import('playwright-core').Browser, server: SoundServer, viewers: number, seconds: number }} all
 * @param {Sound} sound
 */
async function sample({ browser, server, viewers, seconds }, { listening, talks }) {
  const daemon = await startDaemon({ suite, env: server.env, config: { ...config(viewers), audio: [hall] } });
  const pid = /** @type {number} */ (daemon.pid);
  const meter = new CpuMeter(pid);
  const host = await ViewerHost.start();
  try {
    const probe = await Probe.open(browser, daemon.link);
    await probe.openSignaling();
    await probe.connect(camera.id);
    for (let i = 1; i < viewers; i++) {
      const says = i <= listening ? [listen] : [];
      const viewer = host.open({ url: daemon.link, camera: camera.id, media: 'all', says });
      await viewer.waitFor('packet');
      if (i <= listening) await viewer.waitFor('control', { where: ({ type, ok }) => type === 'result' && ok });
    }
    if (listening === viewers) await probe.command('listen', { on: true });
    if (talks) {
      await probe.command('talk', { on: true });
      await (await EarAndMouth.at(probe.page, 'probe.peer()')).say([chirpEveryMs]);
    }
    await pass(settleMs);
    const before = meter.read();
    const began = performance.now();
    await pass(seconds * 1000);
    const cpu = (meter.read() - before) / ((performance.now() - began) / 1000);
    const figures = { cpu, ...processFigures(pid), names: Object.fromEntries(threadNames(pid)), method: meter.method };
    await probe.close();
    return figures;
  } finally {
    await host.stop();
    await daemon.stop();
    meter.close();
  }
}

/**
 * @param {{ viewers: number, runs: number, seconds: number }} options
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
export async function measureSoundCost({ viewers, runs, seconds }) {
  const server = await SoundServer.start({ suite, name: 'sound-server', modules: Object.values(cables).map(nullSink) });
  const browser = await launchBrowser({ args: ['--autoplay-policy=no-user-gesture-required'] });
  /** @type {Record<string, Sound>} */
  const steps = {
    'sound off': { listening: 0, talks: false },
    'one listens': { listening: 1, talks: false },
    'all listen': { listening: viewers, talks: false },
    'one talks': { listening: 0, talks: true },
    'one talks, the others listen': { listening: viewers - 1, talks: true },
  };
  /** @type {Record<string, Awaited<ReturnType<typeof sample>>[]>} */
  const results = Object.fromEntries(Object.keys(steps).map((name) => [name, []]));
  try {
    for (let run = 0; run < runs; run++) {
      for (const [name, sound] of Object.entries(steps)) {
        results[name].push(await sample({ browser, server, viewers, seconds }, sound));
      }
    }
  } finally {
    await browser.close();
    await server.stop();
  }
  const of = (/** @type {string} */ name, /** @type {'cpu' | 'pss' | 'threads'} */ what) => median(results[name].map((one) => one[what]));
  const more = (/** @type {string} */ name, /** @type {'cpu' | 'pss' | 'threads'} */ what) => of(name, what) - of('sound off', what);
  return {
    name: 'sound-cost',
    title: `The daemon with ${viewers} viewers at 720p30 and 2 Mb/s, in ${runs} runs of ${seconds} s in turn; CPU by ${results['sound off'][0].method}`,
    figures: Object.keys(steps).map((name) => ({
      what: name,
      value: of(name, 'cpu'),
      unit: 'ms/s',
      note: [
        `${(of(name, 'pss') / mebibyte).toFixed(1)} MB PSS, ${of(name, 'threads')} threads`,
        ...(name === 'sound off' ? [`${((of(name, 'threads')) / viewers).toFixed(1)} a viewer`]
          : [`${more(name, 'cpu').toFixed(1)} ms/s, ${(more(name, 'pss') / mebibyte).toFixed(1)} MB and ${more(name, 'threads')} threads more than without`]),
      ].join('; '),
    })),
    raw: results,
  };
}
