// SPDX-License-Identifier: Apache-2.0
// Whether media's own way still leads to the device.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kProbeTimeout, PathProbe } from '../src/core/path-probe';
import type { ViewerMessage } from '../src/core/signaling-messages';
import { commandFixtures } from './golden';

function begin({ isOpen = true } = {}) {
  const sent: ViewerMessage[] = [];
  const probe = new PathProbe('s', (message) => isOpen && sent.push(message) > 0);
  return { sent, probe };
}

describe('the way of media', () => {
  test('is asked about by the command that the device knows, once until it answers', () => {
    const { sent, probe } = begin();
    probe.ask(0);
    probe.ask(500);

    assert.deepEqual(sent, [{ type: 'command', id: 'ping-s-1', name: 'ping' }]);
    assert.ok(commandFixtures().some(({ name }) => name === 'ping'));
    assert.equal(probe.state(kProbeTimeout), 'asked');
  });

  test('is silent where no answer comes in time', () => {
    const { probe } = begin();
    probe.ask(100);

    assert.equal(probe.state(101 + kProbeTimeout), 'silent');
  });

  test('is one where an answer comes, whatever it says, and however late', () => {
    for (const ok of [true, false]) {
      const { probe } = begin();
      probe.ask(0);
      probe.take({ type: 'result', id: 'ping-s-1', ...(ok ? { ok } : { ok, error: { code: 'unknown-command', message: '' } }) }, 100);
      assert.equal(probe.state(9999), 'heard');
    }
  });

  test('is not known by the answer to something else, nor after a new picture', () => {
    const { probe } = begin();
    probe.ask(0);
    probe.take({ type: 'result', id: 'talk-s-1', ok: true }, 1);
    assert.equal(probe.state(1), 'asked');
    probe.forget();
    probe.take({ type: 'result', id: 'ping-s-1', ok: true }, 1);

    assert.equal(probe.state(1), 'unknown');
  });

  test('is asked about again when an answer is old, and is one until that stays out', () => {
    const { sent, probe } = begin();
    probe.ask(0);
    probe.take({ type: 'result', id: 'ping-s-1', ok: true }, 100);
    probe.ask(2000);
    assert.equal(sent.length, 1);
    probe.ask(2100);
    assert.equal(sent.length, 2);
    assert.equal(probe.state(2100 + kProbeTimeout), 'heard');

    assert.equal(probe.state(2101 + kProbeTimeout), 'silent');
  });

  test('is not known where it cannot be asked', () => {
    const { probe } = begin({ isOpen: false });
    probe.ask(0);

    assert.equal(probe.state(9999), 'unknown');
  });
});
