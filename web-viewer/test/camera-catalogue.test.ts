// SPDX-License-Identifier: Apache-2.0
// The list of cameras follows the device.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CameraCatalogue } from '../src/core/camera-catalogue';
import type { CameraInfo } from '../src/core/signaling-messages';
import { frontDoor, LinkBench } from './fakes';

function bench(...cameras: CameraInfo[]) {
  const there = new LinkBench();
  const { clock, channels, link } = there;
  const device = { cameras };
  const catalogue = new CameraCatalogue(link, clock);
  const greet = () => there.greet({ cameras: device.cameras });
  link.open();
  greet();
  return { clock, channels, channel: there.channel, device, greet, catalogue };
}

const garden: CameraInfo = { ...frontDoor, id: 'garden', name: 'Garden' };

describe('the catalogue', () => {
  test('holds the cameras of the welcome', () => {
    assert.deepEqual(bench(frontDoor, garden).catalogue.cameras, [frontDoor, garden]);
  });

  test('follows what encodes a camera’s pictures, and keeps it where a state does not tell', () => {
    const { channel, catalogue } = bench(frontDoor);
    const encoder = { kind: 'software', name: 'x264enc', corePercent: 60 };
    channel.deliver({ type: 'state', camera: 'front-door', state: 'live', encoder });
    channel.deliver({ type: 'state', camera: 'front-door', state: 'idle' });

    assert.deepEqual(catalogue.cameras, [{ ...frontDoor, state: 'idle', encoder }]);
  });

  test('follows why a camera is slowed, and forgets it with the next state without', () => {
    const { channel, catalogue } = bench(frontDoor);
    channel.deliver({ type: 'state', camera: 'front-door', state: 'live', slowed: 'heat' });
    assert.deepEqual(catalogue.cameras, [{ ...frontDoor, state: 'live', slowed: 'heat' }]);
    channel.deliver({ type: 'state', camera: 'front-door', state: 'live' });
    assert.deepEqual(catalogue.cameras, [{ ...frontDoor, state: 'live' }]);
  });

  test('follows whether a camera repeats one picture, and forgets it with the next state without', () => {
    const { channel, catalogue } = bench(frontDoor);
    channel.deliver({ type: 'state', camera: 'front-door', state: 'live', frozen: true });
    assert.deepEqual(catalogue.cameras, [{ ...frontDoor, state: 'live', frozen: true }]);
    channel.deliver({ type: 'state', camera: 'front-door', state: 'live' });
    assert.deepEqual(catalogue.cameras, [{ ...frontDoor, state: 'live' }]);
  });

  test('follows microphone, speaker and who talks', () => {
    const { channel, catalogue } = bench({ ...frontDoor, audio: { microphone: { state: 'idle' } } });
    const audio = { microphone: { state: 'away', reason: 'there is none' }, speaker: { state: 'live' }, talkers: ['Grandma'] };
    channel.deliver({ type: 'state', camera: 'front-door', state: 'live', audio });
    assert.deepEqual(catalogue.cameras, [{ ...frontDoor, state: 'live', audio }]);
    channel.deliver({ type: 'state', camera: 'front-door', state: 'live' });
    assert.deepEqual(catalogue.cameras, [{ ...frontDoor, state: 'live' }]);
  });

  test('follows the state of a camera, and forgets a reason that no longer holds', () => {
    const { channel, catalogue } = bench(frontDoor);

    channel.deliver({ type: 'state', camera: 'front-door', state: 'away', reason: 'unplugged' });
    assert.deepEqual(catalogue.cameras, [{ ...frontDoor, state: 'away', reason: 'unplugged' }]);
    channel.deliver({ type: 'state', camera: 'front-door', state: 'idle' });
    assert.deepEqual(catalogue.cameras, [{ ...frontDoor, state: 'idle' }]);
  });

  test('does not take a session’s state for a camera’s', () => {
    const { channel, catalogue } = bench(frontDoor);
    channel.deliver({ type: 'state', session: 'session-number-1', camera: 'front-door', state: 'connecting' });

    assert.deepEqual(catalogue.cameras, [frontDoor]);
  });

  test('asks for the list when it hears of a camera that it does not know', async () => {
    const { clock, channel, channels, device, greet, catalogue } = bench(frontDoor);
    device.cameras = [frontDoor, garden];
    channel.deliver({ type: 'state', camera: 'garden', state: 'idle' });
    channel.deliver({ type: 'state', camera: 'garden', state: 'starting' });
    await clock.advance(1000);
    assert.equal(channels.length, 2);
    greet();

    assert.deepEqual(catalogue.cameras, [frontDoor, garden]);
  });

  test('asks again and again while there is no camera, and then no more', async () => {
    const { clock, channels, device, greet, catalogue } = bench();
    await clock.advance(5000);
    greet();
    await clock.advance(5000);
    assert.equal(channels.length, 3);
    device.cameras = [frontDoor];
    greet();
    await clock.advance(60_000);

    assert.equal(channels.length, 3);
    assert.deepEqual(catalogue.cameras, [frontDoor]);
  });

  test('forgets what it knew for somebody else, until the device tells anew', async () => {
    const { clock, channels, greet, catalogue } = bench();
    catalogue.forget();
    assert.equal(catalogue.cameras, undefined);
    await clock.advance(60_000);
    assert.equal(channels.length, 1);
    greet();

    assert.deepEqual(catalogue.cameras, []);
  });

  test('asks no more once closed', async () => {
    const { clock, channels, catalogue } = bench();
    catalogue.close();
    await clock.advance(60_000);

    assert.equal(channels.length, 1);
  });
});
