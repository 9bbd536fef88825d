// SPDX-License-Identifier: Apache-2.0
// Who talks is heard while they have their turn, and at no other time.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kKeepFor, Microphone } from '../src/core/microphone';
import { kTellFor, Talk, type TalkEnd } from '../src/core/talk';
import type { DeviceMessage, ViewerMessage } from '../src/core/signaling-messages';
import { Bench, FakeCapture, FakeDeviceMemory, last, settle, type FakePeer, type FakeTrack } from './fakes';
import { commandFixtures } from './golden';

type Command = Extract<ViewerMessage, { type: 'command' }>;
type Turn = { state: string; position?: number };

class TalkBench extends Bench {
  readonly browser = new FakeCapture();
  readonly microphone = new Microphone({
    capture: this.browser.capture, isSecure: true, memory: new FakeDeviceMemory(), clock: this.clock,
  });
  readonly talk = new Talk(this.viewer, this.microphone, this.clock);

  /** All that was said about talking, over both ways: whether it is wanted. */
  get asked(): unknown[] {
    return this.commands.map(({ arguments: given }) => given?.['on']);
  }

  private get commands(): Command[] {
    const told = this.peers.flatMap((peer) => peer.told);
    return [...this.sent('command'), ...told].filter((one): one is Command => one.type === 'command' && one.name === 'talk');
  }

  /** The device answers what it was asked last. */
  async answer(value: Turn): Promise<void> {
    await this.deliver({ type: 'result', id: last(this.commands).id, ok: true, value: { ...value } });
  }

  async refuse(code: string): Promise<void> {
    await this.deliver({ type: 'result', id: last(this.commands).id, ok: false, error: { code, message: '' } });
  }

  turn(state: string, more: { position?: number; reason?: string } = {}): DeviceMessage {
    return { type: 'talk', session: this.session, state, ...more };
  }

  /** From nothing to being heard. */
  async goTalking(): Promise<FakeTrack> {
    await this.goLive();
    this.talk.start();
    const track = await this.browser.give();
    await this.answer({ state: 'granted' });
    return track;
  }

  /** The session breaks off, and another one takes its place. */
  async reconnect(): Promise<void> {
    await this.deliver({ type: 'bye', session: this.session, reason: 'ice-failed' });
    await this.clock.advance(0);
    await this.connect();
  }
}

/** What goes out now. */
const heard = (peer: FakePeer) => peer.spoken[peer.spoken.length - 1] ?? undefined;

describe('talking', () => {
  test('is asked for as the device reads it', async () => {
    const fixture = commandFixtures().find(({ name }) => name === 'talk');
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    await bench.browser.give();

    assert.deepEqual(last(bench.sent('command')).arguments, { ...fixture?.arguments, session: bench.session });
    await bench.answer(fixture?.value as Turn);
    assert.deepEqual(bench.talk.state, { name: 'waiting', position: 1 });
  });

  test('begins with the microphone, then asks for a turn, and is heard only once that has come', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    assert.deepEqual(bench.talk.state, { name: 'opening' });
    assert.deepEqual(bench.asked, []);
    const track = await bench.browser.give();
    assert.deepEqual(bench.talk.state, { name: 'asking' });
    assert.deepEqual(bench.asked, [true]);
    assert.equal(heard(bench.peer), undefined);
    await bench.answer({ state: 'granted' });

    assert.deepEqual(bench.talk.state, { name: 'talking', isOther: false });
    assert.equal(heard(bench.peer), track);
  });

  test('ends as soon as the button is let go', async () => {
    const bench = new TalkBench();
    await bench.goTalking();
    bench.talk.stop();

    assert.deepEqual(bench.talk.state, { name: 'off' });
    assert.equal(heard(bench.peer), undefined);
    assert.deepEqual(bench.asked, [true, false]);
  });

  test('waits for its turn while somebody else talks, and says the place in the queue', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    const track = await bench.browser.give();
    await bench.answer({ state: 'pending', position: 2 });
    assert.deepEqual(bench.talk.state, { name: 'waiting', position: 2 });
    await bench.deliver(bench.turn('pending', { position: 1 }));
    assert.deepEqual(bench.talk.state, { name: 'waiting', position: 1 });
    assert.equal(heard(bench.peer), undefined);
    await bench.deliver(bench.turn('granted'));

    assert.deepEqual(bench.talk.state, { name: 'talking', isOther: false });
    assert.equal(heard(bench.peer), track);
  });

  test('that was let go before its turn came is given back once more where the turn comes all the same', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    await bench.browser.give();
    await bench.answer({ state: 'pending', position: 1 });
    bench.talk.stop();
    await bench.deliver(bench.turn('granted'));

    assert.deepEqual(bench.asked, [true, false, false]);
    assert.equal(heard(bench.peer), undefined);
    assert.deepEqual(bench.talk.state, { name: 'off' });
  });

  test('says nothing to the device where the button is let go before the microphone is allowed', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    bench.talk.stop();
    assert.deepEqual(bench.talk.state, { name: 'off' });
    const track = await bench.browser.give();
    assert.deepEqual(bench.talk.state, { name: 'off', why: 'ready' });
    assert.deepEqual(bench.asked, []);
    await bench.clock.advance(kKeepFor);

    assert.equal(track.readyState, 'ended');
    assert.ok(bench.peer.spoken.every((one) => one === null));
  });

  test('goes on with the press that holds when the microphone is allowed', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    bench.talk.stop();
    bench.talk.start();
    await bench.browser.give();

    assert.deepEqual(bench.asked, [true]);
    assert.deepEqual(bench.talk.state, { name: 'asking' });
  });

  test('uses the open microphone for the next press, and closes it when nobody has pressed for a while', async () => {
    const bench = new TalkBench();
    const track = await bench.goTalking();
    bench.talk.stop();
    await bench.play(kKeepFor - 1000);
    bench.talk.start();
    await settle();
    await bench.answer({ state: 'granted' });
    assert.equal(heard(bench.peer), track);
    bench.talk.stop();
    await bench.play(kKeepFor);
    assert.equal(track.readyState, 'ended');
    bench.talk.start();

    assert.equal(bench.browser.wishes.length, 2);
  });

  for (const reason of ['limit', 'preempted'] as const) {
    test(`ends and says so when the device says ${reason}, over both ways`, async () => {
      const bench = new TalkBench();
      await bench.goTalking();
      bench.peer.tell(bench.turn('ended', { reason }));
      await bench.deliver(bench.turn('ended', { reason }));

      assert.deepEqual(bench.talk.state, { name: 'off', why: reason });
      assert.equal(heard(bench.peer), undefined);
      assert.deepEqual(bench.asked, [true]);
      assert.equal(bench.talk.isOn, false);
    });
  }

  test('tells why it ended for a while, or until the next press', async () => {
    const bench = new TalkBench();
    await bench.goTalking();
    await bench.deliver(bench.turn('ended', { reason: 'limit' }));
    bench.talk.stop();
    await bench.play(kTellFor - 100);
    assert.deepEqual(bench.talk.state, { name: 'off', why: 'limit' });
    await bench.play(100);

    assert.deepEqual(bench.talk.state, { name: 'off' });
  });

  test('asks once more by itself where nothing came of it, and not a third time', async () => {
    const bench = new TalkBench();
    const track = await bench.goTalking();
    await bench.deliver(bench.turn('ended', { reason: 'silent' }));
    assert.deepEqual(bench.talk.state, { name: 'asking' });
    assert.equal(heard(bench.peer), undefined);
    // The same, over the other way.
    bench.peer.tell(bench.turn('ended', { reason: 'silent' }));
    await bench.answer({ state: 'granted' });
    bench.peer.tell(bench.turn('ended', { reason: 'silent' }));
    assert.equal(heard(bench.peer), track);
    assert.deepEqual(bench.asked, [true, true]);
    await bench.play(1000);
    await bench.deliver(bench.turn('ended', { reason: 'silent' }));

    assert.deepEqual(bench.talk.state, { name: 'off', why: 'silent' });
    assert.deepEqual(bench.asked, [true, true]);
  });

  test('does not take the end of the turn before for that of the next', async () => {
    const bench = new TalkBench();
    await bench.goTalking();
    bench.talk.stop();
    bench.talk.start();
    await settle();
    await bench.deliver(bench.turn('ended', { reason: 'limit' }));
    await bench.answer({ state: 'granted' });
    await bench.deliver(bench.turn('ended', { reason: 'released' }));

    assert.equal(bench.talk.state.name, 'talking');
  });

  test('is granted once, however often that is said', async () => {
    const bench = new TalkBench();
    const track = await bench.goTalking();
    bench.peer.tell(bench.turn('granted'));
    await bench.deliver(bench.turn('granted'));

    assert.deepEqual(bench.peer.spoken, [track]);
  });

  for (const [code, why] of Object.entries({ forbidden: 'forbidden', 'bad-command': 'no-way', internal: 'trouble' })) {
    test(`ends where the device answers ${code}`, async () => {
      const bench = new TalkBench();
      await bench.goLive();
      bench.talk.start();
      await bench.browser.give();
      await bench.refuse(code);

      assert.deepEqual(bench.talk.state, { name: 'off', why: why as TalkEnd });
      assert.deepEqual(bench.asked, [true]);
    });
  }

  test('is asked for again where the device has forgotten the session', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    await bench.browser.give();
    await bench.refuse('unknown-session');
    assert.deepEqual(bench.talk.state, { name: 'asking' });
    await bench.play(5000);

    assert.deepEqual(bench.asked, [true, true]);
  });

  test('does not take another session’s words for its own', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    await bench.browser.give();
    await bench.deliver({ type: 'talk', session: 'another-session-number', state: 'granted' });
    await bench.deliver({ type: 'result', id: 'call-1', ok: true, value: { state: 'granted' } });

    assert.deepEqual(bench.talk.state, { name: 'asking' });
  });

  test('is asked for over the data channel, also while the link is lost', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.peer.openControl();
    bench.channel.lose();
    bench.talk.start();
    const track = await bench.browser.give();
    const [asked] = bench.peer.told as Command[];
    bench.peer.tell({ type: 'result', id: asked?.id ?? '', ok: true, value: { state: 'granted' } });

    assert.deepEqual(bench.sent('command'), []);
    assert.equal(heard(bench.peer), track);
  });

  test('is asked for as soon as there is a way, and again where no answer comes', async () => {
    const bench = new TalkBench();
    await bench.open();
    bench.talk.start();
    await bench.browser.give();
    assert.deepEqual(bench.talk.state, { name: 'asking' });
    assert.deepEqual(bench.asked, []);
    await bench.connect();
    bench.frames.frame();
    assert.deepEqual(bench.asked, [true]);
    await bench.play(5000);
    assert.deepEqual(bench.asked, [true, true]);
    await bench.answer({ state: 'granted' });
    await bench.play(10_000);

    assert.deepEqual(bench.asked, [true, true]);
  });

  test('goes on in the session that replaces the one before, once that grants it', async () => {
    const bench = new TalkBench();
    const track = await bench.goTalking();
    await bench.reconnect();
    assert.equal(bench.peers.length, 2);
    assert.deepEqual(bench.talk.state, { name: 'asking' });
    assert.deepEqual(bench.asked, [true, true]);
    assert.deepEqual(bench.peer.spoken, []);
    assert.equal(last(bench.sent('command')).arguments?.['session'], bench.session);
    await bench.answer({ state: 'granted' });

    assert.equal(heard(bench.peer), track);
    assert.equal(bench.browser.wishes.length, 1);
  });

  test('is not asked for in a new session by who has let go', async () => {
    const bench = new TalkBench();
    await bench.goTalking();
    bench.talk.stop();
    await bench.reconnect();

    assert.deepEqual(bench.asked, [true, false]);
    assert.deepEqual(bench.talk.state, { name: 'off' });
  });

  test('ends where there is no microphone, with the reason, and the device hears nothing of it', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    await bench.browser.refuse('NotAllowedError');

    assert.deepEqual(bench.talk.state, { name: 'off', why: 'blocked' });
    assert.deepEqual(bench.asked, []);
  });

  test('goes on with another microphone where the first is unplugged', async () => {
    const bench = new TalkBench();
    const first = await bench.goTalking();
    first.unplug();
    const second = await bench.browser.give();

    assert.equal(heard(bench.peer), second);
    assert.deepEqual(bench.talk.state, { name: 'talking', isOther: true });
    assert.deepEqual(bench.asked, [true]);
  });

  test('goes on with the microphone that is chosen meanwhile, and the one before is closed only then', async () => {
    const bench = new TalkBench();
    const first = await bench.goTalking();
    void bench.microphone.choose('headset');
    await settle();
    assert.equal(heard(bench.peer), first);
    assert.equal(first.readyState, 'live');
    const second = await bench.browser.give();

    assert.equal(heard(bench.peer), second);
    assert.equal(first.readyState, 'ended');
    assert.deepEqual(bench.talk.state, { name: 'talking', isOther: false });
    assert.deepEqual(bench.asked, [true]);
  });

  test('that waits for its turn is heard through the microphone that was chosen meanwhile', async () => {
    const bench = new TalkBench();
    await bench.goLive();
    bench.talk.start();
    await bench.browser.give();
    await bench.answer({ state: 'pending', position: 1 });
    void bench.microphone.choose('headset');
    const second = await bench.browser.give();
    assert.ok(bench.peer.spoken.every((one) => one === null));
    await bench.deliver(bench.turn('granted'));

    assert.equal(heard(bench.peer), second);
  });

  test('ends, and gives its turn back, where the only microphone is unplugged', async () => {
    const bench = new TalkBench();
    (await bench.goTalking()).unplug();
    await bench.browser.refuse('NotFoundError');

    assert.deepEqual(bench.talk.state, { name: 'off', why: 'missing' });
    assert.deepEqual(bench.asked, [true, false]);
  });

  test('ends with whoever shows it, and hears nothing any more', async () => {
    const bench = new TalkBench();
    await bench.goTalking();
    bench.talk.close();
    await bench.deliver(bench.turn('granted'));

    assert.deepEqual(bench.asked, [true, false]);
    assert.equal(heard(bench.peer), undefined);
  });
});
