// SPDX-License-Identifier: Apache-2.0
// How a session comes about, message by message, and how it ends.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { Bench, last, settle } from './fakes';
import { formOf, golden, without, type Valid } from './golden';

describe('a session', () => {
  test('offers video to receive, audio both ways and a data channel, before anything else', async () => {
    const bench = new Bench();
    await bench.open();

    assert.deepEqual(bench.peer.calls, [
      'addTransceiver video recvonly', 'addTransceiver audio sendrecv', 'createDataChannel control', 'createOffer',
      'setLocalDescription',
    ]);
    assert.deepEqual(bench.sent('offer'), [
      { type: 'offer', session: 'session-number-1', camera: 'front-door', sdp: 'v=0 offer' },
    ]);
  });

  test('holds its candidates until the offer is out', async () => {
    const bench = new Bench();
    let letOffer = () => {};
    bench.preparePeer = (peer) => (peer.offerGate = new Promise((resolve) => (letOffer = resolve)));
    await bench.open();

    bench.peer.trickle('candidate:1');
    assert.equal(bench.sent('candidate').length, 0);
    letOffer();
    await settle();
    bench.peer.trickle('candidate:2');

    const sent = bench.channel.sent.map((message) => ('candidate' in message ? message.candidate : message.type));
    assert.deepEqual(sent, ['hello', 'offer', 'candidate:1', 'candidate:2']);
  });

  test('says the end of candidates once', async () => {
    const bench = new Bench();
    await bench.open();
    bench.peer.trickle('candidate:1');
    bench.peer.trickle('');
    bench.peer.trickle(null);

    assert.deepEqual(bench.sent('candidate').map(({ candidate }) => candidate), ['candidate:1', '']);
    assert.deepEqual(last(bench.sent('candidate')), {
      type: 'candidate', session: bench.session, candidate: '', sdpMid: null, sdpMLineIndex: null,
    });
  });

  test('sends no more candidates than the device takes, its end among them', async () => {
    const bench = new Bench();
    await bench.open();
    for (let index = 0; index < 100; index += 1) bench.peer.trickle(`candidate:${index}`);
    bench.peer.trickle(null);

    assert.equal(bench.sent('candidate').length, 64);
    assert.equal(last(bench.sent('candidate')).candidate, '');
  });

  test('keeps candidates that come before or while the answer is taken, in their order', async () => {
    const bench = new Bench();
    await bench.open();
    let letAnswer = () => {};
    bench.peer.answerGate = new Promise((resolve) => (letAnswer = resolve));
    const session = bench.session;
    const candidate = (text: string) =>
      bench.deliver({ type: 'candidate', session, candidate: text, sdpMid: '0', sdpMLineIndex: 0 });

    await candidate('a');
    await candidate('b');
    await bench.deliver({ type: 'answer', session, sdp: 'v=0 answer' });
    await candidate('c');
    assert.equal(last(bench.peer.calls), 'setRemoteDescription v=0 answer');
    letAnswer();
    await settle();
    await candidate('');

    assert.deepEqual(bench.peer.calls.slice(-5), [
      'setRemoteDescription v=0 answer', 'addIceCandidate a', 'addIceCandidate b', 'addIceCandidate c',
      'addIceCandidate ',
    ]);
  });

  test('takes one answer only', async () => {
    const bench = new Bench();
    await bench.open();
    await bench.deliver({ type: 'answer', session: bench.session, sdp: 'one' });
    await bench.deliver({ type: 'answer', session: bench.session, sdp: 'two' });

    assert.deepEqual(bench.peer.calls.filter((call) => call.startsWith('setRemote')), ['setRemoteDescription one']);
  });

  test('does not heed messages of another session', async () => {
    const bench = new Bench();
    await bench.open();
    await bench.deliver({ type: 'answer', session: 'somebody-elses-session', sdp: 'v=0' });
    await bench.deliver({ type: 'bye', session: 'somebody-elses-session', reason: 'internal' });

    assert.equal(bench.peer.calls.includes('close'), false);
    assert.equal(bench.peer.calls.includes('setRemoteDescription v=0'), false);
  });

  test('gives way to a new one where the answer cannot be used', async () => {
    const bench = new Bench();
    bench.preparePeer = (peer) => (peer.refusesAnswer = bench.peers.length === 0);
    await bench.open();
    await bench.connect();
    await bench.clock.advance(0);

    assert.deepEqual(bench.sent('bye').map(({ reason }) => reason), ['reconnecting']);
    assert.equal(bench.sent('offer').length, 1);
    await bench.clock.advance(10_000);
    assert.equal(bench.sent('offer').length, 2);
  });

  test('uses the servers that the welcome names', async () => {
    const bench = new Bench();
    await bench.open();

    assert.deepEqual(bench.peer.configuration, { iceServers: [], bundlePolicy: 'max-bundle' });
  });
});

describe('leaving', () => {
  test('says bye, closes the peer connection and stops every timer', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.leave();

    assert.deepEqual(last(bench.channel.sent), { type: 'bye', session: 'session-number-1', reason: 'left' });
    assert.equal(last(bench.peer.calls), 'close');
    assert.equal(bench.frames.isWatched, false);
    bench.link.close();
    assert.equal(bench.clock.pending, 0);
  });

  test('twice is leaving once', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.leave();
    bench.viewer.leave();

    assert.equal(bench.sent('bye').length, 1);
    assert.equal(bench.peer.calls.filter((call) => call === 'close').length, 1);
  });

  test('makes everything that comes later go unheard', async () => {
    const bench = new Bench();
    await bench.open();
    const { peer } = bench;
    const handlers = { candidate: peer.onicecandidate, state: peer.onconnectionstatechange, track: peer.ontrack };
    bench.viewer.leave();
    bench.states.length = 0;
    const sent = bench.channel.sent.length;

    assert.deepEqual(Object.values({ ...handlers, candidate: peer.onicecandidate, state: peer.onconnectionstatechange,
      track: peer.ontrack }), [null, null, null]);
    await bench.deliver({ type: 'answer', session: 'session-number-1', sdp: 'late' });
    await bench.deliver({ type: 'state', camera: 'front-door', state: 'away' });
    bench.frames.frame();
    bench.viewer.retryNow();
    bench.viewer.setHidden(true);
    bench.viewer.setHidden(false);
    await bench.clock.advance(30_000);

    assert.equal(bench.channel.sent.length, sent);
    assert.deepEqual(bench.states, []);
    assert.equal(bench.peers.length, 1);
  });

  test('in the middle of the offer sends no offer', async () => {
    const bench = new Bench();
    let letOffer = () => {};
    bench.preparePeer = (peer) => (peer.offerGate = new Promise((resolve) => (letOffer = resolve)));
    await bench.open();
    bench.viewer.leave();
    letOffer();
    await settle();

    assert.equal(bench.sent('offer').length, 0);
    assert.equal(bench.peer.calls.includes('setLocalDescription'), false);
  });

  test('in the middle of the answer adds no candidate', async () => {
    const bench = new Bench();
    await bench.open();
    let letAnswer = () => {};
    bench.peer.answerGate = new Promise((resolve) => (letAnswer = resolve));
    const session = bench.session;
    await bench.deliver({ type: 'candidate', session, candidate: 'a', sdpMid: '0', sdpMLineIndex: 0 });
    await bench.deliver({ type: 'answer', session, sdp: 'v=0' });
    bench.viewer.leave();
    letAnswer();
    await settle();

    assert.equal(bench.peer.calls.includes('addIceCandidate a'), false);
  });

  test('and coming back replaces the session that was left', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.viewer.leave();
    bench.viewer.start();
    await settle();

    assert.equal(last(bench.sent('offer')).replaces, 'session-number-1');
  });
});

describe('every message of a whole visit', () => {
  test('has the form of a golden one', async () => {
    const bench = new Bench();
    await bench.goLive();
    bench.peer.trickle('candidate:1');
    bench.peer.trickle(null);
    await bench.deliver({ type: 'bye', session: bench.session, reason: 'peer-closed' });
    await bench.clock.advance(0);
    bench.viewer.leave();

    const forms = golden<Valid>('valid', 'toDevice').map(({ message, ignored }) => formOf(without(message, ignored)));
    const sent = bench.channels.flatMap((channel) => channel.sent);
    assert.deepEqual(sent.map(({ type }) => type), ['hello', 'offer', 'candidate', 'candidate', 'offer', 'bye']);
    for (const message of sent) assert.ok(forms.includes(formOf(message)), `no golden message has ${formOf(message)}`);
  });
});
