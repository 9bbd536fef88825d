// SPDX-License-Identifier: Apache-2.0
// Whether the lab's boxes are what they are called, by coturn's discovery of NATs (RFC 5780).

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { suite } from '../support/paths.mjs';
import { Coturn, discover } from './coturn.mjs';
import { Lab } from './lab.mjs';

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
async function passes(lab, bytes) {
  const ipAndIcmp = 28;
  const packet = ['-c', '1', '-W', '2', '-M', 'do', '-s', String(bytes - ipAndIcmp)];
  return (await lab.host('viewer').run('ping', ...packet, lab.host('web').address)).isGood;
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
    const asks = async (/** @type {string[]} */ ...flags) =>
      (await lab.host('viewer').run('timeout', '8', 'turnutils_uclient', ...flags, '-m', '1', '-n', '1', '-y', coturn.address)).output;
    assert.match(await asks('-t'), /Total connect time/, 'over TCP');
    assert.doesNotMatch(await asks(), /Total connect time/, 'over UDP');
  });

  test('has a way that takes no larger packets than it is to take', async (t) => {
    const lab = await Lab.start({ viewer: { boxes: ['port-restricted'], mtu: 1280 } });
    t.after(() => lab.stop());
    assert.ok(await passes(lab, 1280));
    assert.ok(!(await passes(lab, 1281)));
  });

  test('lets in with IPv6 only what was asked for', async (t) => {
    const lab = await Lab.start({ camera: { boxes: ['firewall'], families: [6] }, viewer: { families: [6] } });
    t.after(() => lab.stop());
    const reaches = async (/** @type {'camera' | 'viewer'} */ from, /** @type {'camera' | 'viewer'} */ to) =>
      (await lab.host(from).run('ping', '-c', '1', '-W', '1', lab.host(to).address)).isGood;
    assert.ok(await reaches('camera', 'viewer'));
    assert.ok(!(await reaches('viewer', 'camera')));
  });
});
