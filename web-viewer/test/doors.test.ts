// SPDX-License-Identifier: Apache-2.0
// A door opens at the second press, and not long after the first.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CommandCaller, kCommandTimeout } from '../src/core/command-caller';
import { Doors, kConfirmLasts, kOutcomeLasts } from '../src/core/doors';
import { LinkBench } from './fakes';

const gate = { id: 'gate', name: 'Gate', camera: 'front-door' };
const cellar = { id: 'cellar', name: 'Cellar' };

function bench(...outputs: (typeof gate | typeof cellar)[]) {
  const there = new LinkBench();
  const { clock, link } = there;
  const doors = new Doors(link, new CommandCaller(link, clock), clock);
  const greet = (...present: (typeof gate | typeof cellar)[]) => there.greet(present.length > 0 ? { outputs: present } : {});
  link.open();
  greet(...outputs);
  const asked = () => there.channel.sent.filter((message) => message.type === 'command');
  const answer = (ok: boolean) => {
    const [{ id } = { id: '' }] = asked();
    there.channel.deliver(ok ? { type: 'result', id, ok } : { type: 'result', id, ok, error: { code: 'internal', message: '' } });
  };
  const state = (id: string) => doors.of('front-door').find((door) => door.id === id)?.state;
  return { clock, channel: () => there.channel, doors, greet, asked, answer, state };
}

describe('a door', () => {
  test('is beside the picture of its camera, or any where it has none', () => {
    const { doors } = bench(gate, cellar);

    assert.deepEqual(doors.of('front-door').map(({ id }) => id), ['gate', 'cellar']);
    assert.deepEqual(doors.of('garden').map(({ id }) => id), ['cellar']);
  });

  test('is none for who may open none', () => {
    assert.deepEqual(bench().doors.of('front-door'), []);
  });

  test('is opened by a second press, once', async () => {
    const { doors, asked, answer, state, clock } = bench(gate);
    const { pending } = clock;
    doors.press('gate');
    assert.equal(state('gate'), 'sure');
    assert.deepEqual(asked(), []);

    doors.press('gate');
    doors.press('gate');
    assert.deepEqual(asked().map((message) => ('name' in message ? [message.name, message.arguments] : [])), [['open', { output: 'gate' }]]);
    assert.equal(state('gate'), 'opening');

    answer(true);
    await clock.advance(0);
    assert.equal(state('gate'), 'opened');
    await clock.advance(kOutcomeLasts);
    assert.equal(state('gate'), 'shut');
    assert.equal(clock.pending, pending);
  });

  test('is not opened by a press that comes long after the first', async () => {
    const { doors, asked, state, clock } = bench(gate);
    doors.press('gate');
    await clock.advance(kConfirmLasts);
    doors.press('gate');

    assert.deepEqual(asked(), []);
    assert.equal(state('gate'), 'sure');
  });

  test('that the device refuses to open, or says nothing of, says so', async () => {
    const { doors, answer, state, clock } = bench(gate, cellar);
    const press = (id: string) => [doors.press(id), doors.press(id)];
    press('gate');
    answer(false);
    await clock.advance(0);
    assert.equal(state('gate'), 'failed');

    press('cellar');
    await clock.advance(kCommandTimeout);
    assert.equal(state('cellar'), 'failed');
  });

  test('goes on being what it was where the device is greeted anew, and is gone with the right', async () => {
    const { doors, greet, state, channel, clock } = bench(gate);
    doors.press('gate');
    channel().lose();
    await clock.advance(1000);
    greet(gate);
    assert.equal(state('gate'), 'sure');

    channel().lose();
    await clock.advance(2000);
    greet();
    assert.equal(state('gate'), undefined);
    await clock.advance(kConfirmLasts);
    assert.equal(clock.pending, 0);
  });
});
