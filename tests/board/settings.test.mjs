// SPDX-License-Identifier: Apache-2.0
// What a camera's settings do to a V4L2 camera: flips by the camera and turns by the CPU, controls; and what
// `fanlight devices` says of it.

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { describe, test } from 'node:test';
import { daemonBinary, logDirectory } from '../support/paths.mjs';
import { BoardStage } from './board_stage.mjs';

const size = { width: 320, height: 180 };
const vivid = { source: 'v4l2', device: '/dev/video0', ...size, framerate: 15 };

describe('the settings of a V4L2 camera', { timeout: 600_000 }, () => {
  const stage = new BoardStage((guest) => guest.plugCameras());

  test('have the camera turn its picture by itself where it can, and set its controls', async (t) => {
    const { viewer, says } = await stage.serve(t, { ...vivid, rotate: 180, controls: { brightness: 200 } });
    assert.deepEqual(await stage.watch(viewer, 'turned-by-the-camera'), [size.width, size.height]);
    await says(/'porch' runs: /);
    const set = await stage.guest.run('inHost v4l2-ctl -d /dev/video0 -C horizontal_flip,vertical_flip,brightness');
    assert.deepEqual(set.split('\n'), ['horizontal_flip: 1', 'vertical_flip: 1', 'brightness: 200']);
  });

  test('turn by a quarter what the camera cannot, and take back what an earlier start set', async (t) => {
    const { viewer } = await stage.serve(t, { ...vivid, rotate: 90 });
    assert.deepEqual(await stage.watch(viewer, 'turned-by-a-quarter'), [size.height, size.width]);
    const set = await stage.guest.run('inHost v4l2-ctl -d /dev/video0 -C horizontal_flip,vertical_flip');
    assert.deepEqual(set.split('\n'), ['horizontal_flip: 0', 'vertical_flip: 0']);
  });

  test('that a camera does not have are named', async (t) => {
    const { says } = await stage.serve(t, { ...vivid, controls: { britness: 3 } });
    await says(/'porch' is away: '\/dev\/video0' has no control 'britness'; 'fanlight devices' lists those that it has/);
  });

  test('can be listed, with the modes of the camera, and the encoders', async (t) => {
    const text = await stage.guest.run(`inHost ${daemonBinary} devices 2>/dev/null`);
    writeFileSync(path.join(logDirectory('board'), 'devices-guest.txt'), `${text}\n`);
    for (const line of text.split('\n')) t.diagnostic(line);
    assert.match(text, /^ {2}\/dev\/video0, vivid at platform:vivid-000$/m);
    assert.match(text, /^ {4}controls\.brightness = 0 to 255, default 128$/m);
    assert.match(text, /taken where nothing else is set: 1280x720 at [\d.]+ frames\/s, raw/);
    assert.match(text, /profile 'x86' \(PC\)/);
  });
});
