// SPDX-License-Identifier: Apache-2.0
// The microphone is open for as long as somebody talks, and a moment longer.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kKeepFor, Microphone } from '../src/core/microphone';
import { FakeCapture, FakeClock, FakeDeviceMemory, last, settle } from './fakes';

function bench() {
  const clock = new FakeClock();
  const browser = new FakeCapture();
  const memory = new FakeDeviceMemory();
  const parts = { capture: browser.capture, isSecure: true, memory, clock };
  const microphone = new Microphone(parts);
  const told: string[] = [];
  microphone.on('replaced', () => told.push('replaced'));
  microphone.on('switched', () => told.push('switched'));
  microphone.on('lost', (fault) => told.push(`lost: ${fault}`));
  return { clock, browser, microphone, memory, parts, told };
}

describe('the microphone', () => {
  test('is asked for as a voice beside a loudspeaker needs it', async () => {
    const { browser, microphone } = bench();
    const opened = microphone.open();
    const track = await browser.give();

    assert.deepEqual(await opened, { ok: true });
    assert.equal(microphone.track, track);
    assert.deepEqual(browser.wishes, [
      { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 },
    ]);
  });

  test('is asked for once, however often somebody presses meanwhile', async () => {
    const { browser, microphone } = bench();
    void microphone.open();
    microphone.rest();
    const opened = microphone.open();
    await browser.give();

    assert.deepEqual(await opened, { ok: true });
    assert.equal(browser.wishes.length, 1);
  });

  test('is kept between two turns, and closes some seconds after the last', async () => {
    const { clock, browser, microphone } = bench();
    void microphone.open();
    const track = await browser.give();
    microphone.rest();
    await clock.advance(kKeepFor - 1);
    void microphone.open();
    microphone.rest();
    await clock.advance(kKeepFor - 1);
    assert.equal(track.readyState, 'live');
    await clock.advance(1);

    assert.equal(track.readyState, 'ended');
    assert.equal(microphone.track, undefined);
    assert.equal(browser.wishes.length, 1);
  });

  test('closes, too, where it was allowed long after it was let go', async () => {
    const { clock, browser, microphone } = bench();
    void microphone.open();
    microphone.rest();
    await clock.advance(2 * kKeepFor);
    const track = await browser.give();
    await clock.advance(kKeepFor);

    assert.equal(track.readyState, 'ended');
  });

  for (const [error, fault] of Object.entries({
    NotAllowedError: 'blocked', NotFoundError: 'missing', NotReadableError: 'busy', AbortError: 'busy', TypeError: 'other',
  })) {
    test(`is ${fault} where the browser says ${error}, and is asked for anew the next time`, async () => {
      const { browser, microphone } = bench();
      const opened = microphone.open();
      await browser.refuse(error);
      assert.deepEqual(await opened, { ok: false, fault });
      const again = microphone.open();
      await browser.give();

      assert.deepEqual(await again, { ok: true });
    });
  }

  test('is not asked for where the browser withholds it from the page', async () => {
    const capture = () => assert.fail('asked');
    const clock = new FakeClock();
    const fault = async (isSecure: boolean, ask: typeof capture | undefined) =>
      new Microphone({ capture: ask, isSecure, memory: new FakeDeviceMemory(), clock }).open();

    assert.deepEqual(await fault(false, capture), { ok: false, fault: 'insecure' });
    assert.deepEqual(await fault(false, undefined), { ok: false, fault: 'insecure' });
    assert.deepEqual(await fault(true, undefined), { ok: false, fault: 'other' });
  });

  test('that is unplugged in use gives way to the one that is left', async () => {
    const { browser, microphone, told } = bench();
    void microphone.open();
    const first = await browser.give();
    first.unplug();
    await settle();
    assert.deepEqual(told, []);
    const second = await browser.give();

    assert.deepEqual(told, ['replaced']);
    assert.equal(microphone.track, second);
  });

  test('that is unplugged in use is lost where there is no other', async () => {
    const { browser, microphone, told } = bench();
    void microphone.open();
    (await browser.give()).unplug();
    await browser.refuse('NotFoundError');

    assert.deepEqual(told, ['lost: missing']);
  });

  test('that is unplugged between two turns is nothing to tell', async () => {
    const { browser, microphone, told } = bench();
    void microphone.open();
    const track = await browser.give();
    microphone.rest();
    track.unplug();
    await settle();

    assert.equal(browser.wishes.length, 1);
    assert.deepEqual(told, []);
    assert.equal(microphone.track, undefined);
  });
});

describe('the choice of a microphone', () => {
  test('is kept for the next visit, and asked for exactly', async () => {
    const { browser, microphone, memory, parts } = bench();
    assert.deepEqual(await microphone.choose('headset'), { ok: true });
    assert.equal(memory.kept, 'headset');
    assert.equal(browser.wishes.length, 0);
    const next = new Microphone(parts);
    void next.open();

    assert.equal(next.chosen, 'headset');
    assert.deepEqual(last(browser.wishes).deviceId, { exact: 'headset' });
  });

  test('is forgotten where whichever there is shall do', async () => {
    const { browser, microphone, memory } = bench();
    await microphone.choose('headset');
    await microphone.choose(undefined);
    void microphone.open();

    assert.equal(memory.kept, undefined);
    assert.equal(last(browser.wishes).deviceId, undefined);
  });

  test('gives way to any other while it is not plugged in, and is not forgotten', async () => {
    const { browser, microphone, memory } = bench();
    await microphone.choose('headset');
    const opened = microphone.open();
    await browser.refuse('OverconstrainedError');
    await browser.give();

    assert.deepEqual(await opened, { ok: true });
    assert.equal(last(browser.wishes).deviceId, undefined);
    assert.equal(memory.kept, 'headset');
  });

  test('changes nothing where the other one cannot be had', async () => {
    const { browser, microphone, memory, told } = bench();
    void microphone.open();
    const track = await browser.give();
    const choice = microphone.choose('headset');
    await settle();
    await browser.refuse('NotReadableError');

    assert.deepEqual(await choice, { ok: false, fault: 'busy' });
    assert.equal(microphone.track, track);
    assert.equal(track.readyState, 'live');
    assert.equal(memory.kept, undefined);
    assert.deepEqual(told, []);
  });

  test('is the last one, however fast they follow each other', async () => {
    const { browser, microphone } = bench();
    void microphone.open();
    await browser.give();
    void microphone.choose('headset');
    await settle();
    void microphone.choose('webcam');
    await settle();
    const headset = await browser.give();
    const webcam = await browser.give();

    assert.equal(headset.readyState, 'ended');
    assert.equal(microphone.track, webcam);
    assert.equal(microphone.chosen, 'webcam');
  });

  test('holds in a browser that has one microphone at a time', async () => {
    const { browser, microphone, told } = bench();
    void microphone.open();
    const first = await browser.give();
    void microphone.choose('headset');
    first.unplug();
    const second = await browser.give();

    assert.equal(microphone.track, second);
    assert.deepEqual(told, ['switched']);
    assert.equal(browser.wishes.length, 2);
  });

  test('gives way to any other where such a browser can have neither', async () => {
    const { browser, microphone, told } = bench();
    void microphone.open();
    const first = await browser.give();
    void microphone.choose('headset');
    first.unplug();
    await browser.refuse('NotReadableError');
    const third = await browser.give();

    assert.equal(microphone.track, third);
    assert.deepEqual(told, ['replaced']);
    assert.equal(microphone.chosen, undefined);
    assert.equal(last(browser.wishes).deviceId, undefined);
  });

  test('opens nothing that was closed meanwhile', async () => {
    const { clock, browser, microphone } = bench();
    void microphone.open();
    await browser.give();
    microphone.rest();
    void microphone.choose('headset');
    await clock.advance(kKeepFor);
    const headset = await browser.give();

    assert.equal(headset.readyState, 'ended');
    assert.equal(microphone.track, undefined);
  });
});

describe('a microphone that is muted', () => {
  test('stays so when another takes its place, and that one is heard again afterwards', async () => {
    const { browser, microphone, told } = bench();
    void microphone.open();
    const first = await browser.give();
    microphone.setMuted(true);
    assert.equal(first.enabled, false);
    void microphone.choose('headset');
    const second = await browser.give();
    assert.deepEqual(told, ['switched']);
    assert.equal(second.enabled, false);
    microphone.setMuted(false);

    assert.equal(second.enabled, true);
  });

  test('stays so when it is opened again', async () => {
    const { clock, browser, microphone } = bench();
    microphone.setMuted(true);
    void microphone.open();
    await browser.give();
    microphone.rest();
    await clock.advance(kKeepFor);
    void microphone.open();

    assert.equal((await browser.give()).enabled, false);
  });
});
