// SPDX-License-Identifier: Apache-2.0
// The daemon as the bench runs it.

import { startDaemon, testConfig } from '../support/daemon.mjs';

export const suite = 'bench';

/** A moving picture without a still part, so that the encoder uses the whole of its bitrate. */
export const camera = {
  id: 'front-door',
  source: 'test',
  pattern: 'zone-plate',
  width: 1280,
  height: 720,
  framerate: 30,
  bitrate: 2_000_000,
};

/** @param {number} viewers */
export const config = (viewers) =>
  testConfig({
    // All viewers here come from one address.
    http: { listen: ['127.0.0.1:0'], connections_per_address: viewers + 10 },
    limits: { viewers: viewers + 1, viewers_per_source: viewers + 1 },
    log: { level: 'warning' },
    camera: [camera],
  });

/**
 * @param {{ viewers?: number, env?: NodeJS.ProcessEnv, name?: string }} [options]
 * @returns {Promise<import('../support/daemon.mjs').Daemon>}
 */
export const startDevice = ({ viewers = 10, env, name } = {}) => startDaemon({ suite, name, config: config(viewers), env });

/**
 * Lets time pass, which is what a measurement is made of.
 * @param {number} forMs
 */
export function pass(forMs) {
  // lint: allow nothing_sleeps: a figure per second needs seconds
  return new Promise((resolve) => setTimeout(resolve, forMs));
}
