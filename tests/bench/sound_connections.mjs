// SPDX-License-Identifier: Apache-2.0
// A page in Chromium whose sound goes both ways: to Fanlight, or to webrtcbin's defaults.

import { startDaemon, testConfig } from '../support/daemon.mjs';
import { suite } from './device.mjs';
import { PlainWebrtcbin } from './plain_webrtcbin.mjs';
import { Probe } from './probe.mjs';

/** The null sinks of the sound server. */
export const cables = { microphone: 'microphone', speaker: 'speaker' };
/** A device between them. */
export const hall = {
  id: 'hall', microphone: 'pulse', microphone_device: `${cables.microphone}.monitor`, speaker: 'pulse', speaker_device: cables.speaker,
};
const camera = { id: 'front-door', source: 'test', width: 320, height: 180, framerate: 10, bitrate: 300_000 };

/**
 * @typedef {object} Connection
 * @property {import('playwright-core').Page} page
 * @property {string} peer what gives its peer connection there
 * @property {() => Promise<void>} listen
 * @property {() => Promise<void>} talk
 * @property {() => Promise<void>} end
 */

/**
 * @param {import('playwright-core').Browser} browser @param {import('../support/sound_server.mjs').SoundServer} server
 * @param {{ voice_processing: boolean }} settings beside the defaults, but for `duplex`
 * @returns {Promise<Connection>}
 */
export async function connectFanlight(browser, server, settings) {
  const audio = { ...hall, duplex: 'full', ...settings };
  const daemon = await startDaemon({
    suite, env: server.env, config: testConfig({ log: { level: 'warning' }, camera: [camera], audio: [audio] }),
  });
  const probe = await Probe.open(browser, daemon.link);
  await probe.openSignaling();
  await probe.connect(camera.id);
  return {
    page: probe.page,
    peer: 'probe.peer()',
    listen: () => probe.command('listen', { on: true }),
    talk: () => probe.command('talk', { on: true }),
    end: async () => {
      await probe.close();
      await daemon.stop();
    },
  };
}

/** @param {import('playwright-core').Browser} browser @param {import('../support/sound_server.mjs').SoundServer} server @returns {Promise<Connection>} */
export async function connectPlain(browser, server) {
  const plain = new PlainWebrtcbin(server, { microphone: `${cables.microphone}.monitor`, speaker: cables.speaker });
  const context = await browser.newContext();
  const page = await context.newPage();
  // Worklets want a secure context, which a page of this machine's own is.
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '' }));
  await page.goto('http://localhost/');
  await plain.connect(page);
  return {
    page,
    peer: 'plainPeer',
    listen: () => Promise.resolve(),
    talk: () => Promise.resolve(),
    end: async () => {
      await context.close();
      await plain.stop();
    },
  };
}
