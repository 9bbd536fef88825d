// SPDX-License-Identifier: Apache-2.0
// Whether coturn, set up as our example has it, is a door to nothing but the public internet.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { suite } from '../support/paths.mjs';
import { askForRelay, Coturn, credentials } from './coturn.mjs';
import { Lab } from './lab.mjs';

const firstRelayPort = 49_152;
const quota = 192;
const allowed = { 4: ['1.1.1.1', '9.255.255.255', '11.0.0.0', '172.15.255.255', '172.32.0.0', '223.255.255.255'], 6: ['2001:200::1', '2400::1', '2606:4700::1', '3ffe::1'] };
/** Of each range the first, the last and one between. */
const forbidden = {
  4: [
    '0.0.0.0', '0.0.0.1', '0.255.255.255', '10.0.0.0', '10.1.2.3', '10.255.255.255', '100.64.0.0', '100.100.100.100', '100.127.255.255',
    '127.0.0.0', '127.0.0.1', '127.255.255.255', '168.63.129.16', '169.254.0.0', '169.254.169.254', '169.254.255.255', '172.16.0.0', '172.17.0.1', '172.31.255.255',
    '192.0.0.0', '192.0.0.255', '192.0.2.1', '192.88.99.1', '192.168.0.0', '192.168.1.1', '192.168.255.255', '198.18.0.0', '198.19.255.255',
    '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.250', '240.0.0.1', '255.255.255.255',
  ],
  6: [
    '::', '::1', '::a00:1', '::ffff:0:0', '::ffff:127.0.0.1', '::ffff:10.0.0.0', '::ffff:192.168.1.0', '::ffff:8.8.8.8', '::100', '::1:0', '::1:0:0',
    '64:ff9b::7f00:1', '64:ff9b::', '64:ff9b:1::1', '100::1', '2001::1', '2001:1ff::1', '2001:db8::1', '2002:7f00:1::', '2002:a00:1::1', '3fff::1', '3fff:fff::1',
    '5f00::1', 'fc00::', 'fc00::1', 'fd12:3456:789a::1', 'fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff', 'fe80::', 'fe80::1', 'febf::1', 'fec0::1', 'feff::1', 'ff02::1',
    'ff05::2', 'ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff',
  ],
};

describe('coturn by our example', () => {
  /** @type {Lab} */
  let lab;
  /** @type {Coturn} */
  let coturn;
  before(async () => {
    lab = await Lab.start({ viewer: { families: [4, 6] } });
    coturn = await Coturn.startByExample(lab, { suite, name: 'example-coturn' });
  });
  after(async () => {
    await coturn?.stop();
    await lab?.stop();
  });

  for (const family of /** @type {const} */ ([4, 6])) {
    test(`relays to the public internet and nowhere else with IPv${family}`, async () => {
      const { allocation, peers } = await askForRelay(lab.host('viewer'), coturn, credentials(), [...allowed[family], ...forbidden[family]]);
      assert.equal(allocation, 'granted');
      assert.deepEqual(peers, Object.fromEntries([...allowed[family].map((peer) => [peer, 'granted']), ...forbidden[family].map((peer) => [peer, 403])]));
    });
  }

  test('knows nobody without a credential, by a wrong one, by one of another name, and by one that has ended', async () => {
    const good = credentials();
    const judge = async (/** @type {{ username: string, credential: string }} */ shown) =>
      (await askForRelay(lab.host('viewer'), coturn, shown, ['1.1.1.1'])).allocation;
    assert.equal(await judge(good), 'granted');
    assert.equal(await judge({ username: 'nobody', credential: 'x' }), 401);
    assert.equal(await judge({ ...good, credential: credentials('another').credential }), 401);
    assert.equal(await judge({ ...good, username: credentials('another').username }), 401);
    assert.equal(await judge({ ...good, username: good.username.replace(/^\d+/, (end) => String(Number(end) + 60)) }), 401, 'made to last longer');
    assert.equal(await judge(credentials('late', -1)), 401);
  });

  test('gives one credential no more than its share', async () => {
    const shown = credentials('greedy');
    const { allocations } = await askForRelay(lab.host('viewer'), coturn, shown, [], { count: quota + 1 });
    assert.deepEqual(allocations, [...Array(quota).fill('granted'), 486]);
    assert.equal((await askForRelay(lab.host('viewer'), coturn, credentials('modest'), [])).allocation, 'granted', 'others have theirs');
  });

  test('listens at its ports alone, and tells nobody which coturn it is', async () => {
    const { output } = await lab.host('turn').run('ss', '-Hlntu');
    const bound = output.trim().split('\n').map((line) => line.trim().split(/\s+/)).map(([transport, , , , local]) => ({ transport, port: Number(local.split(':').at(-1)) }));
    // What is relayed has ports of its own.
    const others = bound.filter(({ transport, port }) => transport !== 'udp' || port < firstRelayPort);
    assert.deepEqual([...new Set(others.map(({ transport, port }) => `${transport} ${port}`))].sort(), ['tcp 3478', 'tcp 443', 'udp 3478', 'udp 443']);
    const { software } = await askForRelay(lab.host('viewer'), coturn, credentials(), []);
    assert.doesNotMatch(software, /\d/);
  });
});
