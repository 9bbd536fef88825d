// SPDX-License-Identifier: Apache-2.0
// From the daemon's start to the first RTP packet at a viewer that has been waiting for it.

import { ViewerHost } from '../load/viewer_host.mjs';
import { daemonDirectory, ownerToken, startDaemon } from '../support/daemon.mjs';
import { freePort } from '../support/free_port.mjs';
import { camera, config, suite } from './device.mjs';
import { median, quantile } from './figures.mjs';

const budgetMs = 300;

/** @param {ViewerHost} host */
async function run(host) {
  const port = await freePort();
  const directory = daemonDirectory();
  const url = `http://127.0.0.1:${port}/#token=${ownerToken(directory)}`;
  const viewer = host.open({ url, camera: camera.id, untilServed: true });
  await viewer.waitFor('waiting');
  const began = performance.timeOrigin + performance.now();
  const daemon = await startDaemon({ suite, config: { ...config(1), http: { listen: [`127.0.0.1:${port}`] } }, directory });
  try {
    await viewer.waitFor('packet');
    const after = (/** @type {import('../load/viewer.mjs').ViewerEvent} */ event) =>
      (viewer.find(event)?.at ?? Number.NaN) - began;
    return { welcome: after('welcome'), answered: after('answered'), connected: after('connected'), packet: after('packet') };
  } finally {
    viewer.forget();
    await daemon.stop();
  }
}

/**
 * @param {{ runs: number }} options
 * @returns {Promise<import('./report.mjs').Measurement>}
 */
export async function measureStart({ runs }) {
  const host = await ViewerHost.start();
  const results = [];
  try {
    for (let i = 0; i < runs; i++) results.push(await run(host));
  } finally {
    await host.stop();
  }
  const packets = results.map(({ packet }) => packet);
  const steps = (/** @type {const} */ (['welcome', 'answered', 'connected']))
    .map((name) => `${name} ${median(results.map((one) => one[name])).toFixed(0)}`)
    .join(', ');
  return {
    name: 'start',
    title: `Daemon's start to the first RTP packet at a waiting viewer (libdatachannel), ${runs} runs`,
    figures: [
      { what: 'start to first RTP, median', value: median(packets), unit: 'ms', budget: budgetMs, note: steps },
      { what: 'start to first RTP, p95', value: quantile(packets, 0.95), unit: 'ms' },
    ],
    raw: results,
  };
}
