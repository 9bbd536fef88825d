// SPDX-License-Identifier: Apache-2.0
// The codec against the golden messages, which the daemon's tests read too.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byeReasons, decode, errorCodes, talkEnds, talkStates } from '../src/core/signaling-messages';
import { golden, without, type Invalid, type Valid } from './golden';

describe('a message of the device', () => {
  for (const { name, message, ignored } of golden<Valid>('valid', 'toViewer')) {
    test(`is read: ${name}`, () => {
      assert.deepEqual(decode(JSON.stringify(message)), { ok: true, message: without(message, ignored) });
    });
  }

  for (const { name, raw, code } of golden<Invalid>('invalid', 'toViewer')) {
    test(`is refused: ${name}`, () => {
      const decoded = decode(raw);

      assert.equal(decoded.ok, false);
      assert.equal(!decoded.ok && decoded.code, code);
      assert.notEqual(!decoded.ok && decoded.detail, '');
    });
  }

  test('may bring what a command gives back', () => {
    const message = { type: 'result', id: '1', ok: true, value: { id: 't1', token: 'a.b.c' } };

    assert.deepEqual(decode(JSON.stringify(message)), { ok: true, message });
  });

  test('may not borrow its type from an object prototype', () => {
    assert.deepEqual(decode('{"type":"toString"}'), {
      ok: false, code: 'unknown-type', detail: "message type 'toString' is unknown",
    });
  });
});

describe('the golden messages', () => {
  test('hold every state of a turn to talk, and why it ends', () => {
    const turns = golden<Valid>('valid', 'toViewer').map(({ message }) => message).filter(({ type }) => type === 'talk');

    assert.deepEqual([...new Set(turns.map(({ state }) => state))].sort(), [...talkStates].sort());
    assert.deepEqual(turns.flatMap(({ reason }) => reason ?? []).sort(), [...talkEnds].sort());
  });

  test('hold every error code and every reason of a bye', () => {
    const messages = golden<Valid>('valid', 'toViewer').map(({ message }) => message);
    const codes = messages.filter(({ type }) => type === 'error').map(({ code }) => code);
    const reasons = messages.filter(({ type }) => type === 'bye').map(({ reason }) => reason);

    assert.deepEqual([...new Set(codes)].sort(), [...errorCodes].sort());
    assert.deepEqual([...new Set(reasons)].sort(), [...byeReasons].sort());
  });
});
