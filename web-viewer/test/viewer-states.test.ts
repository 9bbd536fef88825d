// SPDX-License-Identifier: Apache-2.0
// What a person is told, and when.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byeReasons, errorCodes } from '../src/core/signaling-messages';
import { problemOfBye, problemOfError } from '../src/core/viewer-problem';
import { Bench, frontDoor, last } from './fakes';

describe('the state', () => {
  test('goes from connecting over waking to live, and only a picture makes it live', async () => {
    const bench = new Bench();
    await bench.open({ ...frontDoor, state: 'idle' });
    await bench.deliver({ type: 'state', camera: 'front-door', state: 'starting' });
    await bench.deliver({ type: 'state', camera: 'front-door', state: 'live' });
    await bench.connect();
    await bench.deliver({ type: 'state', session: bench.session, camera: 'front-door', state: 'live' });
    assert.deepEqual(bench.states, ['waking', 'connecting']);
    bench.frames.frame();

    assert.deepEqual(bench.states, ['waking', 'connecting', 'live']);
  });

  test('is stalled two seconds after the last picture, though the connection says connected', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.play(1000);
    await bench.clock.advance(2000);
    assert.equal(bench.viewer.state.name, 'live');
    await bench.clock.advance(300);

    assert.equal(bench.peer.connectionState, 'connected');
    assert.equal(bench.viewer.state.name, 'stalled');
  });

  test('is live again with the next picture', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.clock.advance(3000);
    bench.frames.frame();

    assert.equal(bench.viewer.state.name, 'live');
  });

  test('keeps the time of the last picture while none comes', async () => {
    const bench = new Bench();
    await bench.goLive();
    const date = bench.clock.date();
    await bench.clock.advance(5000);

    assert.equal(bench.viewer.lastFrameDate, date);
  });

  test('stays live while pictures come, whatever the device says', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.deliver({ type: 'state', camera: 'front-door', state: 'away' });
    await bench.deliver({ type: 'error', code: 'unauthorized', message: 'token has expired' });

    assert.equal(bench.viewer.state.name, 'live');
  });

  test('tells that the camera is away, with the device’s own words', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.deliver({ type: 'state', camera: 'front-door', state: 'away', reason: 'unplugged' });
    await bench.clock.advance(2500);

    assert.deepEqual(bench.viewer.state, { name: 'away', detail: 'unplugged' });
  });

  test('tells what keeps the camera away, where a person can do something of its own about it', async () => {
    const bench = new Bench();
    await bench.open();
    await bench.deliver({ type: 'state', camera: 'front-door', state: 'away', reason: 'in use', cause: 'busy' });
    assert.deepEqual(bench.viewer.state, { name: 'away', cause: 'busy', detail: 'in use' });
    await bench.deliver({ type: 'state', camera: 'front-door', state: 'away', reason: 'odd', cause: 'of-a-newer-device' });

    assert.deepEqual(bench.viewer.state, { name: 'away', detail: 'odd' });
  });

  test('hears of the camera over the data channel too', async () => {
    const bench = new Bench();
    await bench.goLive();
    const text = JSON.stringify({ type: 'state', camera: 'front-door', state: 'away' });
    bench.peer.control.onmessage?.({ data: text } as MessageEvent);
    await bench.clock.advance(2500);

    assert.equal(bench.viewer.state.name, 'away');
  });

  test('is not live any more of a viewer that has left, and nobody is told', async () => {
    const bench = new Bench();
    await bench.goLive();
    const told = bench.states.length;
    bench.viewer.leave();

    assert.equal(bench.viewer.state.name, 'reconnecting');
    assert.equal(bench.states.length, told);
  });

  test('asks for a touch where the browser does not play', async () => {
    const bench = new Bench();
    await bench.open();
    bench.viewer.setBlocked(true);
    await bench.connect();
    await bench.clock.advance(60_000);

    assert.equal(bench.viewer.state.name, 'blocked');
    assert.equal(bench.peers.length, 1);
  });
});

describe('a failure', () => {
  test('is kept to oneself the first time, and told the second', async () => {
    const bench = new Bench();
    await bench.open();
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'dtls-failed' });
    assert.equal(bench.viewer.state.name, 'connecting');
    await bench.clock.advance(0);
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'dtls-failed' });

    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'insecure', retryAt: bench.clock.now() + 500 });
  });

  test('to find a way is told at once, and stays told: it took long enough to see', async () => {
    const bench = new Bench();
    await bench.open();
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'connect-timeout' });
    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'no-path', retryAt: bench.clock.now() });
    await bench.clock.advance(0);

    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'no-path' });
  });

  test('stays told during the next try, until there is a picture', async () => {
    const bench = new Bench();
    await bench.open();
    await bench.deliver({ type: 'error', session: bench.session, code: 'busy', message: 'full' });
    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'busy', retryAt: bench.clock.now() + 10_000 });
    await bench.clock.advance(10_000);
    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'busy' });
    await bench.connect();
    bench.frames.frame();

    assert.equal(bench.viewer.state.name, 'live');
  });

  test('of the link is told once it has lasted a moment', async () => {
    const bench = new Bench();
    bench.link.open();
    bench.viewer.start();
    bench.channel.lose();
    await bench.clock.advance(0);
    bench.channel.lose();
    assert.equal(bench.viewer.state.name, 'connecting');
    await bench.clock.advance(500);
    bench.channel.lose();

    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'unreachable', retryAt: bench.clock.now() + 800 });
  });

  test('that the device announced as a restart is told as one, as long as a restart may take', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'shutdown' });
    const told = new Set<string>();
    for (let count = 0; count < 7; count += 1) {
      bench.channel.lose();
      const { state } = bench.viewer;
      told.add(state.name === 'failed' ? state.problem : state.name);
      await bench.clock.advance(10_000);
    }

    assert.deepEqual([...told], ['restarting', 'unreachable']);
  });

  test('of the network is told as such', async () => {
    const bench = new Bench();
    await bench.open();
    bench.viewer.setOnline(false);
    bench.channel.lose();

    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'offline' });
  });

  test('is a camera that the device does not have; it comes when the device has it', async () => {
    const bench = new Bench();
    await bench.open({ ...frontDoor, id: 'attic' });
    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'unknown-camera' });
    await bench.clock.advance(60_000);
    assert.equal(bench.peers.length, 0);

    await bench.deliver({ type: 'state', camera: 'front-door', state: 'idle' });
    assert.equal(bench.sent('offer').length, 1);
    assert.equal(bench.viewer.state.name, 'waking');
  });

  test('is a browser that cannot play the video: nothing is tried', async () => {
    const bench = new Bench('no-h264');
    await bench.open();
    bench.viewer.retryNow();
    await bench.clock.advance(60_000);

    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'no-h264' });
    assert.equal(bench.peers.length, 0);
  });

  test('is a device that speaks another language', async () => {
    const bench = new Bench();
    await bench.open();
    bench.channel.deliver('<html>');

    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'mismatch', retryAt: bench.clock.now() + 10_000 });
  });

  test('of an address that the browser refuses is told, and does not stop the page', async () => {
    const bench = new Bench();
    bench.preparePeer = () => {
      throw new Error('server address is wrong');
    };
    await bench.open();

    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'mismatch', retryAt: bench.clock.now() + 10_000 });
  });
});

describe('a session that the owner ended', () => {
  async function ended(): Promise<Bench> {
    const bench = new Bench();
    await bench.goLive();
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'ended' });
    return bench;
  }

  test('is told at once, and stays ended, whatever comes back', async () => {
    const bench = await ended();
    bench.viewer.setHidden(true);
    bench.viewer.setHidden(false);
    bench.viewer.setOnline(false);
    bench.viewer.setOnline(true);
    await bench.greet();
    await bench.clock.advance(60_000);

    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'ended' });
    assert.equal(bench.peers.length, 1);
  });

  test('begins anew when a person asks', async () => {
    const bench = await ended();
    bench.viewer.retryNow();
    await bench.connect();
    bench.frames.frame();

    assert.equal(bench.viewer.state.name, 'live');
  });
});

describe('a link that is refused', () => {
  test('is told, and nothing is tried until it is opened again', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'revoked' });
    await bench.deliver({ type: 'error', code: 'revoked', message: 'no' });
    bench.viewer.retryNow();
    await bench.clock.advance(60_000);
    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'revoked' });
    assert.equal(bench.channels.length, 1);

    bench.link.open();
    await bench.greet();
    await bench.connect();
    bench.frames.frame();
    assert.equal(bench.viewer.state.name, 'live');
  });

  test('for a while is told with the time of the next try, also during it', async () => {
    const bench = new Bench();
    bench.link.open();
    bench.viewer.start();
    bench.channel.open();
    await bench.deliver({ type: 'error', code: 'clock-unset', message: 'no' });
    const retryAt = bench.clock.now() + 10_000;
    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'clock-unset', retryAt });
    await bench.clock.advance(10_000);

    assert.equal(bench.link.state.name, 'opening');
    assert.deepEqual(bench.viewer.state, { name: 'failed', problem: 'clock-unset' });
  });
});

describe('every error of the wire', () => {
  for (const code of errorCodes) {
    test(`leads to a state when an offer is refused: ${code}`, async () => {
      const bench = new Bench();
      await bench.open();
      for (let count = 0; count < 2; count += 1) {
        await bench.deliver({ type: 'error', session: last(bench.sent('offer')).session, code, message: 'no' });
        if (count === 0) await bench.clock.advance(0);
      }

      const { state } = bench.viewer;
      assert.equal(state.name === 'failed' && state.problem, problemOfError(code));
    });
  }

  for (const reason of byeReasons) {
    test(`leads to a state when sessions keep ending: ${reason}`, async () => {
      const bench = new Bench();
      await bench.open();
      for (let count = 0; count < 2; count += 1) {
        await bench.deliver({ type: 'bye', session: last(bench.sent('offer')).session, reason });
        if (count === 0) await bench.clock.advance(0);
      }

      const { state } = bench.viewer;
      assert.equal(state.name === 'failed' && state.problem, problemOfBye(reason));
    });
  }

  test('that only a newer device knows is told as trouble of the device', () => {
    assert.equal(problemOfError('out-of-coffee'), 'trouble');
    assert.equal(problemOfBye('toString'), 'interrupted');
  });
});
