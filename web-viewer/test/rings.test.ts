// SPDX-License-Identifier: Apache-2.0
// Who rings at the door: until it is answered, here or by somebody else, or over.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CommandCaller } from '../src/core/command-caller';
import { kAnswerLasts, kRingLasts, Rings } from '../src/core/rings';
import { LinkBench } from './fakes';

const bell = { input: 'bell', name: 'Front door', camera: 'front-door', age: 0 };

function bench(waiting: (typeof bell)[] = []) {
  const there = new LinkBench();
  const { clock, link } = there;
  const rings = new Rings(link, new CommandCaller(link, clock), clock);
  let chimes = 0;
  rings.onRing(() => (chimes += 1));
  const greet = (present: (typeof bell)[] = []) => there.greet(present.length > 0 ? { rings: present } : {});
  link.open();
  greet(waiting);
  const ring = (more: object = {}) => there.channel.deliver({ type: 'ring', ...bell, ...more });
  return { clock, rings, greet, ring, channel: () => there.channel, chimes: () => chimes };
}

describe('who rings', () => {
  test('is told at once, with this browser’s time, and chimes', () => {
    const { rings, ring, clock, chimes } = bench();
    ring({ time: 5 });

    assert.deepEqual(rings.current, { input: 'bell', name: 'Front door', camera: 'front-door', date: clock.date() });
    assert.equal(chimes(), 1);
  });

  test('is over after a minute', async () => {
    const { rings, ring, clock } = bench();
    ring();
    await clock.advance(kRingLasts - 1);
    assert.ok(rings.current);
    await clock.advance(1);

    assert.equal(rings.current, undefined);
    assert.equal(clock.pending, 0);
  });

  test('is there for who opens the page later, for the rest of the minute and without a chime', async () => {
    const { rings, clock, chimes } = bench([{ ...bell, age: 50 }]);
    assert.equal(rings.current?.date, clock.date() - 50_000);
    await clock.advance(10_000);

    assert.equal(rings.current, undefined);
    assert.equal(chimes(), 0);
  });

  test('is answered here: the device is told, and who was faster is of no interest', () => {
    const { rings, ring, channel } = bench();
    ring();
    rings.answer('bell');
    const asked = channel().sent.filter(({ type }) => type === 'command');
    ring({ answered: 'Grandma' });

    assert.deepEqual(asked, [{ type: 'command', id: 'call-1', name: 'answer', arguments: { input: 'bell' } }]);
    assert.equal(rings.current, undefined);
  });

  test('is answered by somebody else: that is told for a while', async () => {
    const { rings, ring, clock } = bench();
    ring();
    ring({ answered: 'Grandma', age: 9 });
    assert.equal(rings.current?.answered, 'Grandma');
    await clock.advance(kAnswerLasts);

    assert.equal(rings.current, undefined);
  });

  test('rings again: it waits anew', () => {
    const { rings, ring, chimes } = bench();
    ring();
    rings.answer('bell');
    ring();

    assert.equal(rings.current?.answered, undefined);
    assert.equal(chimes(), 2);
  });

  test('at another door comes before, and leaves the first one waiting', () => {
    const { rings, ring } = bench();
    ring();
    ring({ input: 'gate', name: 'Gate' });
    assert.equal(rings.current?.input, 'gate');
    rings.dismiss('gate');

    assert.equal(rings.current?.input, 'bell');
  });

  test('is what the device says when it is there again', async () => {
    const { rings, ring, channel, clock, greet } = bench();
    ring();
    channel().lose();
    await clock.advance(1000);
    assert.ok(rings.current);
    greet();

    assert.equal(rings.current, undefined);
  });

  test('is forgotten for somebody else', () => {
    const { rings, ring } = bench();
    ring();
    rings.forget();

    assert.equal(rings.current, undefined);
  });
});
