// SPDX-License-Identifier: Apache-2.0
// Which way signaling goes, where ways are blocked, hang, work, and the network goes away.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { ChannelChoice, kFailuresToDoubt, kHeadStart } from '../src/core/channel-choice';
import type { SignalingChannel } from '../src/core/signaling-channel';
import { encode } from '../src/core/signaling-messages';
import { FakeChannel, FakeClock, frontDoor, last, welcome } from './fakes';

class ChoiceBench {
  readonly clock = new FakeClock();
  readonly webSockets: FakeChannel[] = [];
  readonly https: FakeChannel[] = [];
  readonly choice = new ChannelChoice({
    webSocket: () => kept(this.webSockets),
    https: () => kept(this.https),
  }, this.clock);
  heard: string[] = [];

  /** A try, as the link makes one. */
  open(): SignalingChannel {
    const channel = this.choice.open();
    channel.on('open', () => channel.send(encode({ type: 'hello' })));
    channel.on('message', (text) => this.heard.push(String((JSON.parse(text) as { type: string }).type)));
    channel.on('close', () => this.heard.push('close'));
    return channel;
  }

  get made(): [number, number] {
    return [this.webSockets.length, this.https.length];
  }
}

function kept(channels: FakeChannel[]): FakeChannel {
  const channel = new FakeChannel();
  channels.push(channel);
  return channel;
}

function answer(channel: FakeChannel): void {
  channel.open();
  channel.deliver(welcome(frontDoor));
}

describe('the choice of a way', () => {
  test('is the WebSocket where that works, and nothing else is tried', async () => {
    const bench = new ChoiceBench();
    bench.open();
    answer(last(bench.webSockets));
    await bench.clock.advance(10_000);

    assert.deepEqual(bench.heard, ['welcome']);
    assert.deepEqual(bench.made, [1, 0]);
    assert.equal(bench.clock.pending, 0);
  });

  test('is HTTPS at once where a WebSocket is refused', () => {
    const bench = new ChoiceBench();
    bench.open();
    last(bench.webSockets).lose();
    answer(last(bench.https));

    assert.deepEqual(bench.heard, ['welcome']);
    assert.deepEqual(last(bench.https).sent, [{ type: 'hello' }]);
  });

  test('is HTTPS beside a WebSocket that hangs; who answers first is kept, the other closed', async () => {
    const bench = new ChoiceBench();
    bench.open();
    await bench.clock.advance(kHeadStart - 1);
    assert.deepEqual(bench.made, [1, 0]);
    await bench.clock.advance(1);
    assert.deepEqual(bench.made, [1, 1]);
    answer(last(bench.https));

    assert.equal(last(bench.webSockets).isClosed, true);
    assert.equal(last(bench.https).isClosed, false);
    assert.deepEqual(bench.heard, ['welcome']);
  });

  test('is a slow WebSocket after all, where that answers before HTTPS does', async () => {
    const bench = new ChoiceBench();
    bench.open();
    await bench.clock.advance(kHeadStart);
    last(bench.https).open();
    answer(last(bench.webSockets));

    assert.equal(last(bench.https).isClosed, true);
    assert.deepEqual(last(bench.webSockets).sent, [{ type: 'hello' }]);
    assert.deepEqual(last(bench.https).sent, [{ type: 'hello' }]);
    assert.deepEqual(bench.heard, ['welcome']);
  });

  test('goes on with the winner alone', () => {
    const bench = new ChoiceBench();
    const channel = bench.open();
    last(bench.webSockets).lose();
    answer(last(bench.https));
    channel.send(encode({ type: 'bye', session: 'one' }));
    last(bench.https).lose();

    assert.deepEqual(last(bench.https).sent, [{ type: 'hello' }, { type: 'bye', session: 'one' }]);
    assert.deepEqual(bench.heard, ['welcome', 'close']);
  });

  test('stays HTTPS for the page’s life once that worked and no WebSocket did', () => {
    const bench = new ChoiceBench();
    bench.open();
    last(bench.webSockets).lose();
    answer(last(bench.https));
    last(bench.https).lose();
    bench.open();
    last(bench.https).lose();
    bench.open();

    assert.deepEqual(bench.made, [1, 3]);
  });

  test('stays the WebSocket that worked, while the network is merely gone', () => {
    const bench = new ChoiceBench();
    bench.open();
    answer(last(bench.webSockets));
    last(bench.webSockets).lose();
    for (let tries = 1; tries < kFailuresToDoubt; tries += 1) {
      bench.open();
      last(bench.webSockets).lose();
    }
    bench.open();
    answer(last(bench.webSockets));

    assert.deepEqual(bench.made, [kFailuresToDoubt + 1, 0]);
    assert.equal(last(bench.heard), 'welcome');
  });

  test('comes to HTTPS in a network that lets no WebSocket through, though another did', () => {
    const bench = new ChoiceBench();
    bench.open();
    answer(last(bench.webSockets));
    for (let tries = 0; tries < kFailuresToDoubt; tries += 1) {
      bench.open();
      last(bench.webSockets).lose();
    }
    answer(last(bench.https));

    assert.equal(last(bench.heard), 'welcome');
  });

  test('is lost once, when both are', () => {
    const bench = new ChoiceBench();
    bench.open();
    last(bench.webSockets).lose();
    last(bench.https).lose();

    assert.deepEqual(bench.heard, ['close']);
  });

  test('takes a refusal for an answer, and asks nobody else', async () => {
    const bench = new ChoiceBench();
    bench.open();
    last(bench.webSockets).open();
    last(bench.webSockets).deliver({ type: 'error', code: 'unauthorized', message: 'no' });
    last(bench.webSockets).lose();
    await bench.clock.advance(10_000);

    assert.deepEqual(bench.heard, ['error', 'close']);
    assert.deepEqual(bench.made, [1, 0]);
  });

  test('leaves nothing behind when it is given up', async () => {
    const bench = new ChoiceBench();
    const channel = bench.open();
    await bench.clock.advance(kHeadStart);
    channel.close();

    assert.equal(last(bench.webSockets).isClosed, true);
    assert.equal(last(bench.https).isClosed, true);
    assert.equal(bench.clock.pending, 0);

    bench.open().close();
    await bench.clock.advance(kHeadStart);
    assert.deepEqual(bench.made, [2, 1]);
  });
});
