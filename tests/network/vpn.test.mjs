// SPDX-License-Identifier: Apache-2.0
// A VPN is the road home of many: it needs no setting.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Stage, wayOf } from './stage.mjs';
import { Vpn } from './vpn.mjs';

/** Two NATs that let nobody through to one another. */
/** @type {Parameters<typeof import('./lab.mjs').Lab.start>[0]} */
const topology = { camera: { boxes: ['symmetric'] }, viewer: { boxes: ['symmetric'] } };

test('a VPN with an MTU of 1280 that is the only road leads to the picture, with no setting', async (t) => {
  const stage = await Stage.start('vpn', topology, { tls: '0.0.0.0:8443' });
  t.after(() => stage.stop());
  const vpn = await Vpn.start(stage.lab);
  t.after(() => vpn.stop());
  const from = performance.now();
  const viewer = await stage.open(`https://${vpn.address('camera')}:8443/${new URL(stage.link).hash}`);
  t.after(() => viewer.close());
  await viewer.frames(1);
  t.diagnostic(`first picture after ${(performance.now() - from).toFixed(0)} ms`);
  await viewer.frames(60);
  // A browser names no address of its VPN to a page that may not use the microphone; the device sees where it comes from.
  assert.deepEqual(await wayOf(viewer), { browser: 'nat', device: 'host', transport: 'udp' });
  const { packetsLost, freezeCount } = await viewer.videoStats();
  assert.deepEqual({ packetsLost, freezeCount }, { packetsLost: 0, freezeCount: 0 }, 'no packet is too large');
});
