// SPDX-License-Identifier: Apache-2.0
// What somebody can choose to talk into, and to listen with.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { choicesOf } from '../src/core/sound-devices';

const device = (kind: string, deviceId: string, label: string) => ({ kind, deviceId, label }) as MediaDeviceInfo;

describe('the devices to choose from', () => {
  const devices = [
    device('audioinput', 'default', 'Default - Headset'),
    device('audioinput', 'communications', 'Communications - Headset'),
    device('audioinput', 'a', 'Headset'),
    device('videoinput', 'b', 'Webcam'),
    device('audiooutput', 'c', 'Speakers'),
  ];

  test('are those of one kind, each once', () => {
    assert.deepEqual(choicesOf(devices, 'audioinput'), [{ id: 'a', name: 'Headset' }]);
    assert.deepEqual(choicesOf(devices, 'audiooutput'), [{ id: 'c', name: 'Speakers' }]);
  });

  test('are none before the browser tells their names', () => {
    assert.deepEqual(choicesOf([device('audioinput', '', ''), device('audioinput', 'a', '')], 'audioinput'), []);
  });
});
