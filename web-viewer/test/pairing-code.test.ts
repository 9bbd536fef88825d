// SPDX-License-Identifier: Apache-2.0
// A pairing code, typed and pasted in every way that people do.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { formatPairingCode, formattedCursor, isWholePairingCode } from '../src/core/pairing-code';

describe('a pairing code', () => {
  test('is shown in groups of four, however it is typed', () => {
    for (const typed of ['k7qfm2xd', 'K7QF-M2XD', ' k7qf m2xd\n', 'K7QF–M2XD', 'k7q-f-m2xd-and more']) {
      assert.equal(formatPairingCode(typed), 'K7QF-M2XD', typed);
    }
  });

  test('gets its hyphen with the letter behind it, so that both can be deleted', () => {
    assert.equal(formatPairingCode('k7qf'), 'K7QF');
    assert.equal(formatPairingCode('k7qfm'), 'K7QF-M');
  });

  test('is whole with eight letters', () => {
    assert.equal(isWholePairingCode('K7QF-M2XD'), true);
    assert.equal(isWholePairingCode('K7QF-M2X'), false);
  });

  test('keeps the cursor behind the letter that was typed', () => {
    assert.equal(formattedCursor('k7q', 3), 3);
    assert.equal(formattedCursor('k7qfm', 5), 6);
    assert.equal(formattedCursor('K7xQF-M', 3), 3);
    assert.equal(formattedCursor('K7QF-M2XDmore', 13), 9);
  });
});
