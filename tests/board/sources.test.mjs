// SPDX-License-Identifier: Apache-2.0
// What a V4L2 camera may give, and that it may be somebody else's: MJPEG and H.264 come out of v4l2loopback, into which
// GStreamer's own encoders write what such a camera would give.

import assert from 'node:assert/strict';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { makeVideo } from '../support/made_video.mjs';
import { daemonBinary } from '../support/paths.mjs';
import { BoardStage } from './board_stage.mjs';
import { oneCamera, twoCameras } from './machine.mjs';

const mode = { source: 'v4l2', width: 320, height: 180, framerate: 15 };
const raw = `video/x-raw,width=${mode.width},height=${mode.height},framerate=${mode.framerate}/1`;

/** @param {string} profile which x264 takes only with its tools @param {number} idrInterval frames from one IDR to the next */
const h264 = (profile, idrInterval) =>
  `x264enc tune=zerolatency speed-preset=ultrafast bframes=0 dct8x8=${profile === 'high'} key-int-max=${idrInterval}` +
  ` ! video/x-h264,stream-format=byte-stream,alignment=au,profile=${profile}`;

const video = path.join(os.tmpdir(), 'film.mp4');

/** Three cameras that start at once, under emulation. */
const wallLimitMs = 90_000;

/** By way of RGB, so that black is JPEG's black: the test picture's own I420 has video's, whatever it says. */
const jpeg = 'videoconvert ! video/x-raw,format=RGB ! videoconvert ! video/x-raw,format=I420,colorimetry=1:4:0:0 ! jpegenc';

/** The cameras of v4l2loopback: its number, its V4L2 format, and what encodes it. */
const cameras = {
  mjpeg: { number: 20, format: 'MJPG', encode: jpeg },
  h264: { number: 21, format: 'H264', encode: h264('constrained-baseline', 15) },
  'h264-few-idrs': { number: 22, format: 'H264', encode: h264('constrained-baseline', 45) },
  'h264-high': { number: 23, format: 'H264', encode: h264('high', 15) },
};

/** @param {keyof typeof cameras} name */
const device = (name) => `/dev/video${cameras[name].number}`;

/** As v4l2-ctl takes it. @param {keyof typeof cameras} name */
const shape = (name) => `width=${mode.width},height=${mode.height},pixelformat=${cameras[name].format}`;

/** @param {import('./guest.mjs').Guest} guest */
async function plugCameras(guest) {
  await guest.plugCameras();
  await guest.copyRegistry();
  const each = Object.values(cameras);
  // `exclusive_caps`: a node is a camera once somebody writes to it, as GStreamer wants a camera to be.
  const caps = each.map(() => 1);
  const numbers = each.map(({ number }) => number);
  await guest.run(`modprobe v4l2loopback exclusive_caps=${caps} video_nr=${numbers} card_label=${Object.keys(cameras)}`);
  await guest.run('inHost udevadm settle');
  // v4l2loopback 0.15 offers no format but the one that it has, once that one is to be kept.
  for (const name of /** @type {(keyof typeof cameras)[]} */ (Object.keys(cameras))) {
    await guest.run(`inHost v4l2-ctl -d ${device(name)} --set-fmt-video-out=${shape(name)}`);
  }
}

describe('a V4L2 camera', { timeout: 600_000 }, () => {
  const stage = new BoardStage(plugCameras);

  /** Has the camera give pictures until the test ends. @param {import('node:test').TestContext} t @param {keyof typeof cameras} name */
  async function switchOn(t, name) {
    const { guest } = stage;
    const { format, encode } = cameras[name];
    const node = device(name);
    await guest.run(`inHost v4l2-ctl -d ${node} --set-ctrl keep_format=1 --set-fmt-video-out=${shape(name)}`);
    await guest.run(`inHost v4l2-ctl -d ${node} --set-output-parm=${mode.framerate}`);
    // One write() is one frame; v4l2sink itself knows of raw formats only.
    const write = `filesink location=${node} buffer-mode=unbuffered`;
    const writer = await guest.inBackground(`gst-launch-1.0 -q videotestsrc is-live=true pattern=ball ! ${raw} ! ${encode} ! ${write}`);
    t.after(() => guest.run(`kill ${writer}`));
    await guest.run(`until inHost v4l2-ctl -d ${node} --list-formats | grep -q "'${format}'"; do usleep 100000; done`);
    return { ...mode, device: node };
  }

  test('that gives MJPEG is decoded and encoded', async (t) => {
    const { viewer, says } = await stage.serve(t, await switchOn(t, 'mjpeg'));

    assert.deepEqual(await stage.watch(viewer, 'mjpeg'), [mode.width, mode.height]);
    const { match } = await says(/'porch' runs: .*/);
    assert.match(match[0], /\/dev\/video20 \(mjpeg\), MJPEG, 320x180 at 15 frames\/s; encoder '/);
  });

  test('that gives H.264 is passed through: no encoder runs', async (t) => {
    const { viewer, says } = await stage.serve(t, await switchOn(t, 'h264'));

    assert.deepEqual(await stage.watch(viewer, 'h264'), [mode.width, mode.height]);
    const { match } = await says(/'porch' runs: .*/);
    assert.match(match[0], /\/dev\/video21 \(h264\), its own H\.264, 320x180 at 15 frames\/s; passed through$/);
    const libraries = await stage.guest.run('cat /proc/$(cat /run/program.pid)/maps');
    assert.match(libraries, /libgstvideo4linux2/);
    assert.doesNotMatch(libraries, /libx264|libopenh264/);
  });

  for (const [name, reason] of /** @type {const} */ ([
    ['h264-few-idrs', 'it has no IDR every two seconds'],
    ['h264-high', 'its profile'],
  ])) {
    test(`whose H.264 no browser could use (${name}) is encoded anew, and the log says why`, async (t) => {
      const { viewer, says } = await stage.serve(t, await switchOn(t, name));

      await says(new RegExp(`cannot be passed through: ${reason}.* it is encoded anew from now on`));
      await says(/'porch' runs: .*its own H\.264, decoded, .*encoder '/);
      assert.deepEqual(await stage.watch(viewer, name), [mode.width, mode.height]);
    });
  }

  test('that another program holds is away by the name of that program, and comes once it is free', async (t) => {
    const { guest } = stage;
    const holder = await guest.inBackground('v4l2-ctl -d /dev/video0 --stream-mmap');
    t.after(() => guest.run(`kill ${holder} 2>/dev/null || true`));
    const { viewer, says } = await stage.serve(t, { ...mode, device: '/dev/video0' });
    await says(/'porch' is away: '\/dev\/video0' is in use by 'v4l2-ctl' \(\d+\)/);
    await viewer.page.getByRole('heading', { name: 'Another program is using the camera' }).waitFor();
    await viewer.screenshot('busy');

    await guest.run(`kill ${holder}`);

    await says(/'porch' is back/);
    assert.deepEqual(await stage.watch(viewer, 'free-again'), [mode.width, mode.height]);
  });

  test('stands on one wall with another one and a video file', async (t) => {
    const { guest } = stage;
    await guest.replugCameras(twoCameras);
    t.after(() => guest.replugCameras(oneCamera));
    await makeVideo(video, mode);
    const names = ['Porch', 'Yard', 'Film'];
    const [porch, yard] = ['/dev/video0', '/dev/video1'].map((node) => ({ ...mode, device: node }));
    const cameras = [porch, yard, { source: 'file', file: video }].map((one, at) => ({
      id: names[at].toLowerCase(), name: names[at], ...one,
    }));
    const { viewer } = await stage.serveAll(t, cameras);

    for (const name of names) {
      await viewer.page.getByRole('link', { name: `${name} Live`, exact: true }).waitFor({ timeout: wallLimitMs });
    }

    await viewer.screenshot('wall', { animations: 'disabled' });
    assert.deepEqual(viewer.complaints, []);
  });

  test('that gives H.264 is listed as one that is passed through', async (t) => {
    await switchOn(t, 'h264');
    const text = await stage.guest.run(`inHost GST_REGISTRY=/run/gstreamer-registry.bin ${daemonBinary} devices 2>/dev/null`);

    for (const line of text.split('\n')) t.diagnostic(line);
    assert.match(text, /^ {4}H\.264: 320x180 at 15$/m);
    assert.match(text, /taken where nothing else is set: 320x180 at 15 frames\/s, its own H\.264, passed through/);
  });
});
