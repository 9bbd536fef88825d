// SPDX-License-Identifier: Apache-2.0
// A session that goes on with another camera, and what is done where it cannot.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CameraInfo, ViewerMessage } from '../src/core/signaling-messages';
import { Bench, frontDoor, garden, last, settle, welcome } from './fakes';
import { commandFixtures } from './golden';

const withMicrophone = (camera: CameraInfo): CameraInfo => ({ ...camera, audio: { microphone: { state: 'idle' } } });

class SwitchBench extends Bench {
  readonly tracks: string[] = [];

  /** Live at the front door, with sound, while somebody looks at no other. */
  async begin({ front = frontDoor, other = garden }: { front?: CameraInfo; other?: CameraInfo } = {}): Promise<void> {
    this.other.on('track', ({ kind }) => this.tracks.push(kind));
    this.link.open();
    this.viewer.start();
    this.channel.open();
    this.channel.deliver(welcome(front, other));
    await settle();
    await this.connect();
    this.peer.track('audio');
    this.frames.frame();
  }

  /** As the page does when somebody goes to the other camera. */
  async go(): Promise<void> {
    this.other.start(this.viewer);
    this.viewer.leave();
    await settle();
  }

  get asked(): Extract<ViewerMessage, { type: 'command' }> {
    return last(this.sent('command').filter(({ name }) => name === 'switch'));
  }

  async answer(ok: boolean): Promise<void> {
    const { id } = this.asked;
    await this.deliver(ok ? { type: 'result', id, ok } : { type: 'result', id, ok, error: { code: 'busy', message: '' } });
  }

  /** The device says whose pictures the session has. */
  async show(camera: string): Promise<void> {
    await this.deliver({ type: 'state', session: this.session, camera, state: 'live' });
  }
}

describe('another camera', () => {
  test('is asked for as the device reads it', async () => {
    const fixture = commandFixtures().find(({ name }) => name === 'switch');
    const bench = new SwitchBench();
    await bench.begin();
    await bench.go();

    assert.deepEqual(Object.keys(bench.asked.arguments ?? {}), Object.keys(fixture?.arguments ?? {}));
    assert.deepEqual(bench.asked.arguments, { session: bench.session, camera: 'garden' });
  });

  test('is shown in the session that there is, from the first picture of its own on', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    await bench.go();
    await bench.answer(true);
    assert.equal(bench.other.state.name, 'connecting');
    assert.deepEqual(bench.tracks, []);
    assert.equal(bench.otherFrames.isWatched, false);
    assert.equal(bench.frames.isWatched, false);

    await bench.show('garden');
    assert.deepEqual(bench.tracks, ['video']);
    assert.equal(bench.otherFrames.since, bench.clock.now());
    bench.otherFrames.frame();

    assert.equal(bench.other.state.name, 'live');
    assert.equal(bench.peers.length, 1);
    assert.equal(bench.sent('offer').length, 1);
    assert.deepEqual(bench.sent('bye'), []);
  });

  test('is not taken to be shown by what is said of the camera before', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    await bench.go();
    await bench.show('front-door');
    await bench.deliver({ type: 'state', camera: 'garden', state: 'live' });
    await bench.deliver({ type: 'state', session: 'of-somebody-else', camera: 'garden', state: 'live' });

    assert.equal(bench.otherFrames.isWatched, false);
  });

  test('is asked for and shown over the data channel while the link is there', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    bench.peer.openControl();
    await bench.go();
    assert.deepEqual(bench.peer.told.map((message) => message.type === 'command' && message.name), ['switch']);
    bench.peer.tell({ type: 'state', session: bench.session, camera: 'garden', state: 'live' });
    bench.otherFrames.frame();

    assert.equal(bench.other.state.name, 'live');
  });

  test('is heard at once where it has a microphone', async () => {
    const bench = new SwitchBench();
    await bench.begin({ front: withMicrophone(frontDoor), other: withMicrophone(garden) });
    bench.viewer.setListening(true);
    await bench.go();
    bench.other.setListening(true);
    assert.deepEqual(bench.tracks, ['audio']);
    await bench.show('garden');

    assert.deepEqual(bench.tracks, ['audio', 'video']);
    assert.deepEqual(bench.sent('command').map(({ name }) => name), ['listen', 'switch'], 'who listens goes on listening');
  });

  test('hears nothing of a microphone that goes out', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    bench.viewer.speak({ kind: 'audio' } as MediaStreamTrack);
    await bench.go();

    assert.equal(last(bench.peer.spoken), null);
  });

  test('that the device refuses gets a session of its own at once', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    const { session } = bench;
    await bench.go();
    await bench.answer(false);

    assert.equal(bench.peers.length, 2);
    assert.deepEqual({ camera: last(bench.sent('offer')).camera, replaces: last(bench.sent('offer')).replaces }, { camera: 'garden', replaces: session });
    assert.equal(bench.other.state.name, 'connecting');
  });

  test('of which nothing is heard gets a session of its own soon', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    await bench.go();
    await bench.clock.advance(2500);

    assert.equal(last(bench.sent('offer')).camera, 'garden');
  });

  test('that gives no picture in time gets a session of its own', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    await bench.go();
    await bench.answer(true);
    await bench.clock.advance(3500);
    assert.equal(bench.peers.length, 1);
    await bench.deliver({ type: 'state', camera: 'garden', state: 'live' });
    await bench.clock.advance(1000);

    assert.equal(last(bench.sent('offer')).camera, 'garden');
  });

  test('that is being started is waited for', async () => {
    const bench = new SwitchBench();
    await bench.begin({ other: { ...garden, state: 'idle' } });
    await bench.go();
    await bench.answer(true);
    await bench.deliver({ type: 'state', camera: 'garden', state: 'starting' });
    await bench.clock.advance(9000);
    assert.equal(bench.other.state.name, 'waking');
    assert.equal(bench.peers.length, 1);
    await bench.deliver({ type: 'state', camera: 'garden', state: 'live' });
    await bench.show('garden');
    bench.otherFrames.frame();

    assert.equal(bench.other.state.name, 'live');
  });

  test('that is away says so, and is shown in the same session when it is back', async () => {
    const bench = new SwitchBench();
    await bench.begin({ other: { ...garden, state: 'away', cause: 'missing' } });
    await bench.go();
    await bench.answer(true);
    await bench.clock.advance(20_000);
    assert.equal(bench.other.state.name, 'away');
    await bench.deliver({ type: 'state', camera: 'garden', state: 'live' });
    await bench.show('garden');
    bench.otherFrames.frame();

    assert.equal(bench.other.state.name, 'live');
    assert.equal(bench.peers.length, 1);
  });

  test('and back, before there was a picture, stays one session', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    await bench.go();
    const first = bench.asked.id;
    bench.viewer.start(bench.other);
    bench.other.leave();
    await settle();
    assert.deepEqual(bench.asked.arguments, { session: bench.session, camera: 'front-door' });
    await bench.deliver({ type: 'result', id: first, ok: false, error: { code: 'busy', message: '' } });
    await bench.show('garden');
    await bench.answer(true);
    await bench.show('front-door');
    bench.frames.frame();

    assert.equal(bench.viewer.state.name, 'live');
    assert.equal(bench.peers.length, 1);
    assert.deepEqual(bench.sent('bye'), []);
  });

  test('takes over no session that has stalled', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    await bench.clock.advance(2500);
    await bench.go();

    assert.equal(last(bench.sent('offer')).camera, 'garden');
    assert.deepEqual(bench.sent('bye').map(({ reason }) => reason), ['left']);
  });

  test('takes over no session while the link is lost, without which nobody could begin another', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    bench.peer.openControl();
    bench.channel.lose();
    await bench.go();

    assert.deepEqual(bench.peer.told, []);
    assert.equal(bench.other.state.name, 'connecting');
  });

  test('has its session replaced by what comes after a reload', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    await bench.go();

    assert.equal(bench.remembered.get('garden'), bench.session);
  });

  test('leaves the viewer before with nothing that it hears of', async () => {
    const bench = new SwitchBench();
    await bench.begin();
    await bench.go();
    await bench.show('garden');
    bench.otherFrames.frame();
    bench.peer.moveTo('failed');
    await bench.clock.advance(0);

    assert.equal(bench.states.at(-1), 'live');
    assert.equal(last(bench.sent('offer')).camera, 'garden');
  });
});
