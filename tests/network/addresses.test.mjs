// SPDX-License-Identifier: Apache-2.0
// Which of its addresses the device is reached at, and whom it tells of them.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { forwardedPorts } from './boxes.mjs';
import { Stage } from './stage.mjs';
import { Vpn } from './vpn.mjs';

/** The device's candidates, as the page was told them. @param {import('../support/browser.mjs').ViewerPage} viewer */
function candidatesOf(viewer) {
  return viewer.signaling.lines.filter((line) => line.startsWith('< ')).map((line) => JSON.parse(line.slice(2)))
    .filter(({ type, candidate }) => type === 'candidate' && candidate).map(({ candidate }) => {
      const [, , , , address, port, , type] = candidate.split(' ');
      return { address, port: Number(port), type };
    });
}

describe('a device', () => {
  test('is reached by a port that its router forwards, from behind any NAT, with no server', async (t) => {
    const stage = await Stage.start('forwarded', { camera: { boxes: ['forwarding'] }, viewer: { boxes: ['symmetric'] } }, {
      ice: { ports: forwardedPorts, advertise: ['home.example.org'], hide_local_addresses: true },
    });
    t.after(() => stage.stop());
    const { ms, ...way } = await stage.look();
    t.diagnostic(`first picture after ${ms.toFixed(0)} ms`);
    assert.deepEqual(way, { browser: 'nat', device: 'nat', transport: 'udp' });
    const viewer = await stage.open();
    t.after(() => viewer.close());
    await viewer.frames(1);
    const candidates = candidatesOf(viewer);
    assert.deepEqual(candidates.map(({ address, type }) => `${type} ${address}`), ['srflx 5.45.0.40'], 'and no address of its own network');
    const [first, last] = forwardedPorts.split('-').map(Number);
    assert.ok(candidates.every(({ port }) => port >= first && port <= last));
  });

  test('keeps media off an interface, but for who came by that', async (t) => {
    const stage = await Stage.start('excluded', {}, { ice: { exclude_interfaces: ['vpn0'] }, tls: '0.0.0.0:8443' });
    t.after(() => stage.stop());
    const vpn = await Vpn.start(stage.lab);
    t.after(() => vpn.stop());
    const told = async (/** @type {string} */ link) => {
      const viewer = await stage.open(link);
      try {
        await viewer.frames(1);
        return candidatesOf(viewer).map(({ address }) => address).filter((address) => !address.includes(':'));
      } finally {
        await viewer.close();
      }
    };
    const camera = stage.lab.host('camera');
    const { hash } = new URL(stage.link);
    assert.deepEqual(await told(`https://${camera.address}:8443/${hash}`), [camera.address]);
    assert.deepEqual((await told(`https://${vpn.address('camera')}:8443/${hash}`)).sort(), [vpn.address('camera'), camera.address].sort());
  });
});
