// SPDX-License-Identifier: Apache-2.0
// What is wrong with the device is known as long as the device says so, to whom it says so.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DeviceTroubles } from '../src/core/device-troubles';
import { LinkBench } from './fakes';

function bench(...atWelcome: string[]) {
  const there = new LinkBench();
  const { clock, link } = there;
  const troubles = new DeviceTroubles(link);
  const greet = (...present: string[]) => there.greet(present.length > 0 ? { troubles: present } : {});
  link.open();
  greet(...atWelcome);
  return { clock, channel: there.channel, troubles, greet };
}

describe('the device’s troubles', () => {
  test('are those of the welcome', () => {
    assert.deepEqual(bench('memory').troubles.present, ['memory']);
  });

  test('are none where the welcome says nothing of them', () => {
    assert.deepEqual(bench().troubles.present, []);
  });

  test('follow each change, and say that there was one', () => {
    const { channel, troubles } = bench();
    let changes = 0;
    troubles.onChange(() => (changes += 1));

    channel.deliver({ type: 'device', troubles: ['disk', 'memory'] });
    assert.deepEqual(troubles.present, ['disk', 'memory']);
    channel.deliver({ type: 'device', troubles: [] });
    assert.deepEqual(troubles.present, []);
    assert.equal(changes, 2);
  });

  test('that only a newer device knows are passed over', () => {
    const { channel, troubles } = bench();
    channel.deliver({ type: 'device', troubles: ['flood', 'disk'] });

    assert.deepEqual(troubles.present, ['disk']);
  });

  test('stay while the device cannot be reached, until it tells anew', async () => {
    const { clock, channel, troubles, greet } = bench('disk');
    channel.lose();
    await clock.advance(1000);
    assert.deepEqual(troubles.present, ['disk']);
    greet();

    assert.deepEqual(troubles.present, []);
  });

  test('are forgotten for somebody else', () => {
    const { troubles } = bench('disk');
    troubles.forget();

    assert.deepEqual(troubles.present, []);
  });
});
