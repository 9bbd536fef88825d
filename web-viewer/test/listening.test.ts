// SPDX-License-Identifier: Apache-2.0
// Sound comes to who asked for it, in each session anew.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, last } from './fakes';
import { commandFixtures } from './golden';

const listen = (session: string, on: boolean) => ({ type: 'command', id: 'listen', name: 'listen', arguments: { session, on } });

describe('sound', () => {
  test('is asked for as the device reads it', () => {
    const fixture = commandFixtures().find(({ name }) => name === 'listen');
    const { session, on } = (fixture?.arguments ?? {}) as { session: string; on: boolean };

    assert.deepEqual(listen(session, on).arguments, fixture?.arguments);
  });

  test('is not asked for where nobody wants it', async () => {
    const bench = new Bench();
    await bench.goLive();
    await bench.play(1000);

    assert.deepEqual(bench.sent('command'), []);
  });

  test('is asked for once, over the link as long as there is no data channel', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.setListening(true);
    await bench.play(1000);

    assert.deepEqual(bench.sent('command'), [listen(bench.session, true)]);
  });

  test('is asked for over the data channel, also while the link is lost', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.peer.openControl();
    bench.channel.lose();
    bench.viewer.setListening(true);

    assert.deepEqual(bench.peer.told, [listen(bench.session, true)]);
    assert.deepEqual(bench.sent('command'), []);
  });

  test('is asked for as soon as there is a way', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.channel.lose();
    bench.viewer.setListening(true);
    bench.peer.openControl();
    await bench.play(500);

    assert.deepEqual(bench.peer.told, [listen(bench.session, true)]);
  });

  test('that was wanted before there was a session is asked for once it is connected', async () => {
    const bench = new Bench();
    bench.viewer.setListening(true);
    await bench.open();
    assert.deepEqual(bench.sent('command'), []);
    await bench.connect();

    assert.deepEqual(bench.sent('command'), [listen(bench.session, true)]);
  });

  test('is asked for again in the session that replaces the one before', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.setListening(true);
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'ice-failed' });
    await bench.clock.advance(0);
    await bench.connect();

    assert.equal(bench.peers.length, 2);
    assert.deepEqual(last(bench.sent('command')), listen(bench.session, true));
  });

  test('is ended for who does not want it any more', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.setListening(true);
    bench.viewer.setListening(false);

    assert.deepEqual(last(bench.sent('command')), listen(bench.session, false));
  });
});
