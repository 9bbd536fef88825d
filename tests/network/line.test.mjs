// SPDX-License-Identifier: Apache-2.0
// Whether the lab's lines are as bad as they are to be, and no worse.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { LoggedProcess } from '../support/process.mjs';
import { Lab } from './lab.mjs';

/** What ping(8) says of so many packets, one each ten milliseconds. @param {Lab} lab @param {number} count */
async function ping(lab, count) {
  const { output } = await lab.host('viewer').run('ping', '-q', '-c', String(count), '-i', '0.01', '-W', '2', lab.host('web').address);
  const [, received] = /(\d+) received/.exec(output) ?? assert.fail(output);
  const [, least, mean, most, deviation] = /= ([\d.]+)\/([\d.]+)\/([\d.]+)\/([\d.]+) ms/.exec(output)?.map(Number) ?? [];
  return { lost: count - Number(received), least, mean, most, deviation };
}

describe('a line of the lab', { concurrency: true }, () => {
  /** @param {import('node:test').TestContext} t @param {import('./line.mjs').Specs} line */
  async function start(t, line) {
    const lab = await Lab.start({ viewer: { boxes: ['port-restricted'], line } });
    t.after(() => lab.stop());
    return lab;
  }

  test('is late by what it is to be, each way', async (t) => {
    const lab = await start(t, { inwards: { delay: 20 }, outwards: { delay: 40 } });
    const { least, mean, lost } = await ping(lab, 100);
    t.diagnostic(`60 ms wanted: ${least} ms at least, ${mean} ms on average`);
    assert.equal(lost, 0);
    assert.ok(least >= 60);
  });

  test('loses the share that it is to lose', async (t) => {
    const lab = await start(t, { inwards: { loss: 10 } });
    const { lost } = await ping(lab, 400);
    t.diagnostic(`40 of 400 wanted: ${lost}`);
    assert.ok(lost > 15 && lost < 70);
  });

  test('loses as many in bursts', async (t) => {
    const lab = await start(t, { inwards: { loss: 10, burst: 5 } });
    const { lost } = await ping(lab, 400);
    t.diagnostic(`40 of 400 wanted: ${lost}`);
    assert.ok(lost > 5 && lost < 110);
  });

  test('lets through no more than its rate, and has a queue of what it is to have', async (t) => {
    const lab = await start(t, { outwards: { rate: 400, queue: 100 } });
    const server = new LoggedProcess('iperf3', [...lab.host('web').prefix, 'iperf3', '--server', '--one-off', '--forceflush']);
    t.after(() => server.kill());
    await server.log.waitFor(/Server listening/);
    const sender = new LoggedProcess('iperf3', [
      ...lab.host('viewer').prefix, 'iperf3', '--client', lab.host('web').address, '--udp', '--bitrate', '800K', '--length', '958', '--time', '4', '--forceflush',
    ]);
    t.after(() => sender.kill());
    await sender.log.waitFor(/0.00-1.00 /);
    const { mean } = await ping(lab, 60);
    const { match: [, rate] } = await sender.log.waitFor(/([\d.]+) Kbits\/sec .*receiver/);
    t.diagnostic(`400 kbit/s and 100 ms wanted: ${rate} kbit/s, ${mean} ms`);
    // Of what iperf3 counts, which is without the headers of UDP, IP and Ethernet.
    assert.ok(Number(rate) > 340 && Number(rate) < 410);
    assert.ok(mean > 80 && mean < 150);
  });

  test('can be made another one while it is used', async (t) => {
    const lab = await start(t, {});
    assert.equal((await ping(lab, 50)).lost, 0);
    await lab.line('viewer').change({ inwards: { loss: 100 } });
    assert.equal((await ping(lab, 50)).lost, 50);
    await lab.line('viewer').change({ inwards: { delay: 30 } });
    assert.ok((await ping(lab, 50)).least >= 30);
  });
});
