// SPDX-License-Identifier: Apache-2.0
// Whether the lab's boxes are what they are called, by coturn's discovery of NATs (RFC 5780).

import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { Coturn, discover } from './coturn.mjs';
import { Lab } from './lab.mjs';

const suite = 'network';
/** @typedef {import('./boxes.mjs').Kind} Kind */

/** @type {[Kind[], Awaited<ReturnType<typeof discover>>][]} */
const behaviors = [
  [['full-cone'], { mapping: 'Endpoint Independent', filtering: 'Endpoint Independent' }],
  [['port-restricted'], { mapping: 'Endpoint Independent', filtering: 'Address and Port Dependent' }],
  [['symmetric'], { mapping: 'Address and Port Dependent', filtering: 'Address and Port Dependent' }],
  [['full-cone', 'port-restricted'], { mapping: 'Endpoint Independent', filtering: 'Address and Port Dependent' }],
  [['symmetric', 'full-cone'], { mapping: 'Address and Port Dependent', filtering: 'Address and Port Dependent' }],
];

/** Whether a packet of that size, which must not be divided, comes to the server and back. @param {Lab} lab @param {number} bytes */
function passes(lab, bytes) {
  const { prefix: [program, ...rest] } = lab.host('viewer');
  const ipAndIcmp = 28;
  return spawnSync(program, [...rest, 'ping', '-c', '1', '-W', '2', '-M', 'do', '-s', String(bytes - ipAndIcmp), lab.host('web').address]).status === 0;
}

// Most of their time they wait for what does not come.
describe('a box of the lab', { concurrency: true }, () => {
  for (const [i, [boxes, expected]] of behaviors.entries()) {
    test(`maps and filters as it is called: ${boxes.join(', then ')}`, async (t) => {
      const lab = await Lab.start({ viewer: { boxes } });
      t.after(() => lab.stop());
      const coturn = await Coturn.start(lab, { suite, name: `boxes-coturn-${i + 1}` });
      t.after(() => coturn.stop());
      assert.deepEqual(await discover(lab.host('viewer'), coturn.address), expected);
    });
  }

  test('lets no UDP through where it is to let none, and TCP all the same', async (t) => {
    const lab = await Lab.start({ viewer: { boxes: ['no-udp'] } });
    t.after(() => lab.stop());
    const coturn = await Coturn.start(lab, { suite, name: 'boxes-coturn' });
    t.after(() => coturn.stop());
    const { prefix: [program, ...rest] } = lab.host('viewer');
    const asks = (/** @type {string[]} */ ...flags) => {
      const argv = [...rest, 'turnutils_uclient', ...flags, '-m', '1', '-n', '1', '-y', coturn.address];
      return spawnSync(program, argv, { encoding: 'utf8', timeout: 8000 }).stdout;
    };
    assert.match(asks('-t'), /Total connect time/, 'over TCP');
    assert.doesNotMatch(asks(), /Total connect time/, 'over UDP');
  });

  test('has a way that takes no larger packets than it is to take', async (t) => {
    const lab = await Lab.start({ viewer: { boxes: ['port-restricted'], mtu: 1280 } });
    t.after(() => lab.stop());
    assert.ok(passes(lab, 1280));
    assert.ok(!passes(lab, 1281));
  });

  test('lets in with IPv6 only what was asked for', async (t) => {
    const lab = await Lab.start({ camera: { boxes: ['firewall'] }, viewer: {}, family: 6 });
    t.after(() => lab.stop());
    const reaches = (/** @type {'camera' | 'viewer'} */ from, /** @type {'camera' | 'viewer'} */ to) => {
      const { prefix: [program, ...rest] } = lab.host(from);
      return spawnSync(program, [...rest, 'ping', '-c', '1', '-W', '1', lab.host(to).address]).status === 0;
    };
    assert.ok(reaches('camera', 'viewer'));
    assert.ok(!reaches('viewer', 'camera'));
  });
});
