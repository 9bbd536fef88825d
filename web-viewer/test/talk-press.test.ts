// SPDX-License-Identifier: Apache-2.0
// Held, the button talks; pressed shortly, it goes on until the next press.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { TalkPress } from '../src/core/talk-press';
import { FakeClock } from './fakes';

function bench() {
  const clock = new FakeClock();
  const talk = {
    isOn: false,
    start: () => void (talk.isOn = true),
    stop: () => void (talk.isOn = false),
  };
  return { clock, talk, press: new TalkPress(talk, clock) };
}

describe('the button to talk', () => {
  test('talks while it is held', async () => {
    const { clock, talk, press } = bench();
    press.down();
    assert.equal(talk.isOn, true);
    await clock.advance(400);
    press.up();

    assert.equal(talk.isOn, false);
  });

  test('goes on after a short press, until the next', async () => {
    const { clock, talk, press } = bench();
    press.down();
    await clock.advance(399);
    press.up();
    assert.equal(talk.isOn, true);
    await clock.advance(60_000);
    press.down();
    press.up();

    assert.equal(talk.isOn, false);
  });

  test('does not go on where a short press ends by itself, as where the window is left', () => {
    const { talk, press } = bench();
    press.down();
    press.release();

    assert.equal(talk.isOn, false);
  });

  test('goes on without being held when the window is left', () => {
    const { talk, press } = bench();
    press.down();
    press.up();
    press.release();

    assert.equal(talk.isOn, true);
  });

  test('is held by one hand only', async () => {
    const { clock, talk, press } = bench();
    press.down();
    await clock.advance(1000);
    press.down();
    press.up();

    assert.equal(talk.isOn, false);
  });

  test('is switched on and off by the keyboard', () => {
    const { talk, press } = bench();
    press.toggle();
    assert.equal(talk.isOn, true);
    press.toggle();
    assert.equal(talk.isOn, false);
  });

  test('begins anew after it was ended by the device', async () => {
    const { clock, talk, press } = bench();
    press.down();
    await clock.advance(1000);
    talk.isOn = false;
    press.up();
    press.down();

    assert.equal(talk.isOn, true);
  });
});
