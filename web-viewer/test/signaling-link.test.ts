// SPDX-License-Identifier: Apache-2.0
// A link that stays open: hello, welcome, loss, delays.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { retryDelay } from '../src/core/clock';
import { kWelcomeTimeout, SignalingLink } from '../src/core/signaling-link';
import { FakeClock, frontDoor, LinkBench, welcome } from './fakes';

describe('a link', () => {
  test('says hello first and is ready with the welcome', () => {
    const bench = new LinkBench();

    bench.link.open();
    bench.channel.open();
    assert.deepEqual(bench.channel.sent, [{ type: 'hello' }]);
    assert.equal(bench.link.state.name, 'opening');

    bench.channel.deliver(welcome(frontDoor));
    assert.equal(bench.link.welcome?.cameras[0]?.id, 'front-door');
  });

  test('takes other ICE servers for what comes from then on', () => {
    const bench = new LinkBench();
    bench.link.open();
    bench.greet();
    const iceServers = [{ urls: ['turn:turn.example'], username: 'user', credential: 'new' }];
    bench.channel.deliver({ type: 'ice', iceServers });

    assert.deepEqual(bench.link.welcome?.iceServers, iceServers);
    assert.deepEqual(bench.link.welcome?.cameras[0]?.id, 'front-door');
  });

  test('sends nothing before the welcome', () => {
    const bench = new LinkBench();
    bench.link.open();
    bench.channel.open();

    assert.equal(bench.link.send({ type: 'bye', session: 'x' }), false);
    assert.deepEqual(bench.channel.sent, [{ type: 'hello' }]);
  });

  test('tries a lost channel again at once, then with growing delays up to the longest', async () => {
    const bench = new LinkBench();
    bench.link.open();
    const opened: number[] = [];

    for (let count = 0; count < 8; count += 1) {
      const before = bench.clock.now();
      const known = bench.channels.length;
      bench.channel.lose();
      while (bench.channels.length === known) await bench.clock.advance(100);
      opened.push(bench.clock.now() - before);
    }

    assert.deepEqual(opened, [100, 500, 800, 1300, 2100, 3300, 5300, 8000]);
  });

  test('counts a channel that is lost right after its welcome as a failure', async () => {
    const bench = new LinkBench();
    bench.link.open();
    for (let count = 0; count < 3; count += 1) {
      bench.greet();
      bench.channel.lose();
      await bench.clock.advance(1000);
    }

    assert.equal(bench.link.failures, 3);
  });

  test('forgets its failures once a channel has lasted', async () => {
    const bench = new LinkBench();
    bench.link.open();
    bench.channel.lose();
    await bench.clock.advance(0);
    bench.greet();
    await bench.clock.advance(5000);

    assert.equal(bench.link.failures, 0);
  });

  test('gives up on a channel that brings no welcome', async () => {
    const bench = new LinkBench();
    bench.link.open();
    bench.channel.open();
    const first = bench.channel;
    await bench.clock.advance(kWelcomeTimeout);

    assert.equal(first.isClosed, true);
    assert.equal(bench.channels.length, 2);
  });

  test('says who is asking, as of the next channel', async () => {
    const bench = new LinkBench();
    bench.link.open();
    bench.link.token = 'jwt';
    bench.channel.open();
    assert.deepEqual(bench.channel.sent, [{ type: 'hello' }]);
    bench.channel.lose();
    await bench.clock.advance(0);
    bench.channel.open();

    assert.deepEqual(bench.channel.sent, [{ type: 'hello', token: 'jwt' }]);
  });

  test('takes what is said of a single message for no refusal of its own', () => {
    const bench = new LinkBench();
    const heard: string[] = [];
    bench.link.on('message', (message) => message.type === 'error' && heard.push(message.code));
    bench.link.open();
    bench.greet();
    bench.channel.deliver({ type: 'error', code: 'rate-limited', message: 'slowly' });
    bench.channel.deliver({ type: 'error', session: 'one', code: 'unauthorized', message: 'no' });

    assert.equal(bench.link.state.name, 'ready');
    assert.deepEqual(heard, ['rate-limited', 'unauthorized']);
  });

  test('hurries only where it waits', async () => {
    const bench = new LinkBench();
    bench.link.open();
    bench.link.hurry();
    assert.equal(bench.channels.length, 1);

    bench.channel.lose();
    await bench.clock.advance(0);
    bench.channel.lose();
    assert.equal(bench.link.state.name, 'waiting');
    bench.link.hurry();
    assert.equal(bench.channels.length, 3);
  });

  test('ignores types that it does not know, and reports what is no message', () => {
    const bench = new LinkBench();
    bench.link.open();
    bench.greet();
    const heard: string[] = [];
    bench.link.on('message', ({ type }) => heard.push(type));
    bench.link.on('unreadable', () => heard.push('unreadable'));

    bench.channel.deliver('{"type":"dance"}');
    bench.channel.deliver('{"type":');

    assert.deepEqual(heard, ['unreadable']);
  });

  test('is silent once closed, and leaves no timer', async () => {
    const bench = new LinkBench();
    bench.link.open();
    bench.greet();
    bench.link.close();
    bench.link.close();
    bench.channel.lose();
    await bench.clock.advance(60_000);

    assert.equal(bench.link.state.name, 'closed');
    assert.equal(bench.channels.length, 1);
    assert.equal(bench.clock.pending, 0);
  });

  test('tries again where a channel cannot even be made', async () => {
    const clock = new FakeClock();
    let tries = 0;
    const link = new SignalingLink(() => {
      tries += 1;
      throw new Error('refused');
    }, clock, () => 0);

    link.open();
    await clock.advance(500);

    assert.equal(tries, 3);
    link.close();
  });
});

describe('the delay before a retry', () => {
  test('is nothing at first, and chance only ever shortens it', () => {
    assert.equal(retryDelay(1, () => 0.5), 0);
    assert.equal(retryDelay(2, () => 0), 500);
    assert.equal(retryDelay(2, () => 1), 350);
    assert.equal(retryDelay(100, () => 0), 8000);
  });
});
