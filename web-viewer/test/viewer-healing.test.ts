// SPDX-License-Identifier: Apache-2.0
// How the picture comes back by itself.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, frontDoor, last } from './fakes';

describe('a lost session', () => {
  test('is replaced at once, naming the one before it', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.peer.moveTo('failed');
    await bench.clock.advance(0);

    assert.deepEqual(bench.channel.sent.slice(-2).map(({ type }) => type), ['bye', 'offer']);
    assert.deepEqual(last(bench.sent('bye')), { type: 'bye', session: 'session-number-1', reason: 'reconnecting' });
    assert.equal(last(bench.sent('offer')).replaces, 'session-number-1');
    assert.equal(bench.viewer.state.name, 'reconnecting');
  });

  test('gets no bye where the device ended it', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'ice-failed' });

    assert.equal(bench.sent('bye').length, 0);
  });

  test('that never gets through is tried with growing delays', async () => {
    const bench = new Bench();
    await bench.open();
    const offered: number[] = [];

    for (let count = 0; count < 5; count += 1) {
      const before = bench.clock.now();
      const known = bench.sent('offer').length;
      await bench.deliver({ type: 'bye', session: bench.session, reason: 'connect-timeout' });
      while (bench.sent('offer').length === known) await bench.clock.advance(100);
      offered.push(bench.clock.now() - before);
    }

    assert.deepEqual(offered, [100, 500, 800, 1300, 2100]);
  });

  test('is retried at once again after a steady picture', async () => {
    const bench = new Bench();
    await bench.open();
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'internal' });
    await bench.clock.advance(0);
    await bench.connect();
    await bench.play(6000);
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'internal' });
    await bench.clock.advance(0);

    assert.equal(bench.sent('offer').length, 3);
  });

  test('that was refused leaves its place to the one that it was to replace', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.peer.moveTo('failed');
    await bench.clock.advance(0);
    await bench.deliver({ type: 'error', session: bench.session, code: 'rate-limited', message: 'slow down' });
    await bench.clock.advance(10_000);

    assert.deepEqual(bench.sent('offer').map(({ replaces }) => replaces), [
      undefined, 'session-number-1', 'session-number-1',
    ]);
  });
});

describe('a reloaded page', () => {
  test('replaces the session of the page before it', async () => {
    const bench = new Bench();
    bench.remembered.set('front-door', 'session-before-the-reload');
    await bench.open();

    assert.equal(last(bench.sent('offer')).replaces, 'session-before-the-reload');
    assert.equal(bench.remembered.get('front-door'), 'session-number-1');
  });
});

describe('lost signaling', () => {
  test('does not end a running session', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.channel.lose();
    await bench.play(4000);

    assert.equal(bench.viewer.state.name, 'live');
    assert.equal(bench.peer.calls.includes('close'), false);
  });

  test('is opened again in the background, and the session goes on', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.channel.lose();
    await bench.play(100);
    assert.equal(bench.channels.length, 2);
    await bench.greet();
    await bench.play(10_000);

    assert.equal(bench.sent('offer').length, 1);
    assert.equal(bench.viewer.state.name, 'live');
  });

  test('ends a session that has no answer yet, and the next channel brings a new one', async () => {
    const bench = new Bench();
    await bench.open();
    bench.channel.lose();
    assert.equal(last(bench.peer.calls), 'close');
    await bench.clock.advance(0);
    await bench.greet();

    assert.equal(bench.sent('offer').length, 2);
  });

  test('with a stalled picture means a restarted device: the session is replaced with the welcome', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.channel.lose();
    await bench.clock.advance(2500);
    assert.equal(bench.viewer.state.name, 'stalled');
    await bench.greet({ ...frontDoor, state: 'idle' });

    assert.equal(bench.sent('offer').length, 2);
    assert.equal(last(bench.sent('offer')).replaces, 'session-number-1');
  });

  test('makes a picture that stalls soon after be replaced as soon as it does', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.channel.lose();
    await bench.clock.advance(1000);
    await bench.greet({ ...frontDoor, state: 'idle' });
    assert.equal(bench.sent('offer').length, 1);
    await bench.clock.advance(1500);

    assert.equal(bench.sent('offer').length, 2);
  });
});

describe('a session without new pictures', () => {
  test('is replaced after four seconds where its camera is live, and nobody can be asked', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.clock.advance(3900);
    assert.equal(bench.peers.length, 1);
    await bench.clock.advance(500);

    assert.equal(last(bench.sent('bye')).reason, 'reconnecting');
    assert.equal(bench.peers[0]?.calls.includes('close'), true);
  });

  test('is replaced after less than three where the device does not answer on the same way', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.peer.openControl();
    await bench.clock.advance(2500);
    assert.deepEqual(bench.peer.told, [{ type: 'command', id: 'ping-session-number-1-1', name: 'ping' }]);
    assert.equal(bench.peers.length, 1);
    await bench.clock.advance(500);

    assert.equal(bench.peers[0]?.calls.includes('close'), true);
  });

  test('has six where the device answers: a camera may pause', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.peer.openControl();
    await bench.clock.advance(1500);
    bench.peer.tell({ type: 'result', id: 'ping-session-number-1-1', ok: true });
    await bench.clock.advance(2500);
    assert.equal(bench.peer.told.length, 2);
    bench.peer.tell({ type: 'result', id: 'ping-session-number-1-2', ok: true });
    await bench.clock.advance(1900);
    assert.equal(bench.peers.length, 1);
    await bench.clock.advance(500);

    assert.equal(bench.peers[0]?.calls.includes('close'), true);
  });

  test('stays where its camera is away, and gets its time when that is back', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.deliver({ type: 'state', camera: 'front-door', state: 'away' });
    await bench.clock.advance(60_000);
    assert.equal(bench.peers.length, 1);

    await bench.deliver({ type: 'state', camera: 'front-door', state: 'live' });
    await bench.clock.advance(3500);
    assert.equal(bench.peers.length, 1);
    bench.frames.frame();
    assert.equal(bench.viewer.state.name, 'live');
  });

  test('is tried over a new channel where the old one was silent', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.clock.advance(6500);
    assert.equal(bench.channels.length, 2);
    await bench.greet();

    assert.equal(last(bench.sent('offer')).replaces, 'session-number-1');
  });

  test('is tried over the same channel where that has just spoken', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.clock.advance(3500);
    await bench.deliver({ type: 'state', camera: 'front-door', state: 'live' });
    await bench.clock.advance(1000);

    assert.equal(bench.channels.length, 1);
    assert.equal(bench.sent('offer').length, 2);
  });
});

describe('a machine that slept', () => {
  test('for a moment opens signaling again, and gives the session two seconds', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.play(1000);
    await bench.clock.sleepFor(8000);
    assert.equal(bench.channels.length, 2);
    assert.equal(bench.viewer.state.name, 'live');
    await bench.greet();
    await bench.clock.advance(2500);

    assert.equal(last(bench.sent('offer')).replaces, 'session-number-1');
  });

  test('asks the device at once, and keeps a session that goes on: its clock may have been set', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.peer.openControl();
    await bench.clock.advance(100);
    await bench.clock.sleepFor(3_600_000);
    assert.deepEqual(bench.peer.told.map((message) => message.type === 'command' && message.name), ['ping']);
    await bench.greet();
    await bench.play(5000);

    assert.equal(bench.peers.length, 1);
  });

  test('opens signaling once for all cameras of a page', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.play(1000);
    bench.other.start();
    await bench.clock.advance(10);
    await bench.clock.sleepFor(60_000, 160);
    await bench.greet();
    await bench.clock.advance(500);

    assert.equal(bench.channels.length, 2);
  });

  test('is not taken for a page that nobody sees', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.setHidden(true);
    await bench.clock.advance(100);
    await bench.clock.sleepFor(60_000);

    assert.equal(bench.channels.length, 1);
  });
});

describe('an offer without an answer', () => {
  test('gives up on its channel and goes out again on a new one', async () => {
    const bench = new Bench();
    await bench.open();
    await bench.clock.advance(5500);
    assert.equal(bench.channels.length, 2);
    await bench.greet();

    assert.equal(bench.sent('offer').length, 2);
  });
});

describe('a good moment', () => {
  async function waiting(): Promise<Bench> {
    const bench = new Bench();
    await bench.open();
    for (let count = 0; count < 5; count += 1) {
      bench.channel.lose();
      await bench.clock.advance(count === 4 ? 0 : 4000);
    }
    assert.equal(bench.link.state.name, 'waiting');
    return bench;
  }

  test('is the network coming back', async () => {
    const bench = await waiting();
    const known = bench.channels.length;
    bench.viewer.setOnline(false);
    assert.equal(bench.channels.length, known);
    bench.viewer.setOnline(true);

    assert.equal(bench.channels.length, known + 1);
  });

  test('is the page being shown again', async () => {
    const bench = await waiting();
    const known = bench.channels.length;
    bench.viewer.setHidden(true);
    bench.viewer.setHidden(false);

    assert.equal(bench.channels.length, known + 1);
  });

  test('is a person who asks', async () => {
    const bench = await waiting();
    const known = bench.channels.length;
    bench.viewer.retryNow();

    assert.equal(bench.channels.length, known + 1);
  });

  test('does no harm to a picture that is live', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.retryNow();
    bench.viewer.setHidden(true);
    bench.viewer.setHidden(false);
    await bench.play(10_000);

    assert.equal(bench.channels.length, 1);
    assert.equal(bench.peers.length, 1);
  });
});

describe('a page that was hidden', () => {
  test('judges nothing meanwhile', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.setHidden(true);
    await bench.clock.advance(60_000);

    assert.equal(bench.peers.length, 1);
    assert.equal(bench.viewer.state.name, 'live');
  });

  test('never shows its old picture as live, and replaces a session that brings nothing in two seconds', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.setHidden(true);
    await bench.clock.advance(60_000);
    bench.viewer.setHidden(false);
    assert.equal(bench.viewer.state.name, 'stalled');
    await bench.clock.advance(2500);

    assert.equal(bench.sent('bye').length, 1);
  });
});
