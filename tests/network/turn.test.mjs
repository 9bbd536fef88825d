// SPDX-License-Identifier: Apache-2.0
// What a TURN server is trusted with: to carry where nothing else is to, and to know those whom the device has sent.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { askForRelay } from './coturn.mjs';
import { camera, Stage, wayOf } from './stage.mjs';

const mostCameras = 16;

/** @typedef {{ urls: string[], username: string, credential: string }} Server */

/** The one that relays, as the page was told of it. @param {import('../support/browser.mjs').ViewerPage} viewer @param {string} type @param {number} [from] */
async function told(viewer, type, from = 0) {
  const { message, index } = await viewer.waitForMessage(type, (one) => one.type === type, { from });
  return { relay: /** @type {Server} */ (message.iceServers.find((/** @type {Server} */ { urls }) => urls[0].startsWith('turn:'))), index };
}

describe('a TURN server', () => {
  test('is the only way where it is to be that: no packet goes between the two ends', async (t) => {
    const stage = await Stage.start('relay-only', {}, { help: 'turn', ice: { policy: 'relay' } });
    t.after(() => stage.stop());
    const [camera, viewer] = [stage.lab.host('camera'), stage.lab.host('viewer')];
    const between = await Promise.all([camera.countPackets(viewer.address), viewer.countPackets(camera.address)]);
    const toServer = await camera.countPackets(stage.lab.host('turn').address);
    const { ms, ...way } = await stage.look();
    assert.deepEqual(way, { browser: 'host', device: 'relay', transport: 'udp' });
    assert.deepEqual(await Promise.all(between.map((count) => count())), [0, 0], 'packets to and from the other end');
    await stage.servers.coturn.log.waitFor(/refreshed, .*lifetime=0$/);
    t.diagnostic(`first picture after ${ms.toFixed(0)} ms; ${await toServer()} packets between camera and server`);
    assert.ok(await toServer() > 60);
  });

  test('is told of by credentials that end, which are renewed in time, and nobody else can use', async (t) => {
    const stage = await Stage.start('credentials', {}, { help: 'turn', ice: { policy: 'relay' }, server: { lifetime: '15s' } });
    t.after(() => stage.stop());
    const viewer = await stage.open();
    t.after(() => viewer.close());
    await viewer.frames(1);
    const { relay, index } = await told(viewer, 'welcome');
    const judge = async (/** @type {{ username: string, credential: string }} */ shown) =>
      (await askForRelay(stage.lab.host('viewer'), stage.servers.coturn, shown, [])).allocation;
    assert.equal(await judge(relay), 'granted');
    const { relay: next } = await told(viewer, 'ice', index);
    assert.notEqual(next.username, relay.username);
    assert.equal(await judge({ ...next, username: relay.username }), 401, "another's name");
    // Its clock alone says when it has ended.
    while (await judge(relay) === 'granted') assert.ok(Date.now() < (Number(relay.username.split(':')[0]) + 2) * 1000, 'it never ends');
    assert.equal(await judge((await told(viewer, 'ice', viewer.signaling.lines.length)).relay), 'granted', 'what the page was sent last');
    assert.equal((await wayOf(viewer)).device, 'relay', 'who is there stays');
  });

  test('carries a wall of as many cameras as a device may have', async (t) => {
    const cameras = Array.from({ length: mostCameras }, (_, place) => ({ ...camera, id: `camera-${place}`, name: `Camera ${place}`, width: 160, height: 90, framerate: 5, bitrate: 100_000 }));
    const stage = await Stage.start('relayed-wall', { viewer: { families: [4, 6] } }, { help: 'turn', ice: { policy: 'relay' }, cameras });
    t.after(() => stage.stop());
    const wall = new URL(stage.link);
    wall.search = '';
    const from = performance.now();
    const viewer = await stage.open(wall.href);
    t.after(() => viewer.close());
    const { relay } = await told(viewer, 'welcome');
    await viewer.page.getByText(`${mostCameras} of ${mostCameras} cameras are live`).waitFor({ state: 'attached', timeout: 60_000 });
    await viewer.screenshot('relayed-wall');
    const { lines } = stage.servers.coturn.log;
    const of = (/** @type {RegExp} */ outcome) => lines.filter((line) => line.includes(relay.username) && outcome.test(line)).length;
    t.diagnostic(`all live after ${((performance.now() - from) / 1000).toFixed(1)} s, by ${of(/ALLOCATE processed, success/)} allocations; ${of(/error 486/)} refused`);
    assert.equal(of(/error 486/), 0);
    assert.deepEqual(viewer.signaling.lines.filter((line) => /"type":"(error|bye)"/.test(line)), [], 'each session is the first');
  });
});
