// SPDX-License-Identifier: Apache-2.0
// A picture of a camera by one request: for dashboards, doorbells' messages, and the page while the video starts.

import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { promisify } from 'node:util';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { makeVideo } from '../support/made_video.mjs';
import { startRequest } from '../support/requests.mjs';
import { tokenOf } from '../support/sign_in.mjs';

const run = promisify(execFile);
const size = { width: 320, height: 180 };
const file = path.join(os.tmpdir(), 'snapshot.mp4');

describe('a snapshot', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;

  before(async () => {
    await makeVideo(file, size);
    daemon = await startDaemon({
      suite: 'component',
      name: 'snapshot-daemon',
      config: testConfig({
        camera: [
          { id: 'front-door', source: 'test', ...size },
          { id: 'porch', source: 'file', file },
          { id: 'garden', source: 'v4l2', device: '/dev/video999' },
        ],
      }),
    });
  });
  after(() => daemon?.stop());

  /** @param {string} name @returns {Promise<{ status: number, headers: import('node:http').IncomingHttpHeaders, body: Buffer }>} */
  const get = (name, headers = { authorization: `Bearer ${tokenOf(daemon.link)}` }) =>
    new Promise((resolve, reject) => {
      const request = startRequest(`${daemon.url}/api/v1/cameras/${name}`, { headers }, async (response) => {
        const parts = [];
        for await (const part of response) parts.push(part);
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) });
      });
      request.on('error', reject);
      request.end();
    });

  /** What a decoder that is not ours makes of it. @param {Buffer} jpeg @param {string} name */
  async function sizeOf(jpeg, name) {
    const saved = path.join(os.tmpdir(), `${name}.jpg`);
    writeFileSync(saved, jpeg);
    const { stdout } = await run('gst-launch-1.0', ['-v', 'filesrc', `location=${saved}`, '!', 'jpegdec', '!', 'fakesink', 'name=out']);
    return ['width', 'height'].map((side) => Number(stdout.match(new RegExp(`out\\..*caps = video/x-raw.* ${side}=\\(int\\)(\\d+)`))?.[1]));
  }

  for (const camera of ['front-door', 'porch']) {
    test(`of '${camera}', which is off, is a JPEG file of the camera's size`, async () => {
      assert.equal((await get(`${camera}/poster.jpg`)).status, 204, 'there is none yet, and no camera is started for a poster');
      const { status, headers, body } = await get(`${camera}/snapshot.jpg`);
      assert.equal(status, 200, body.toString());
      assert.equal(headers['content-type'], 'image/jpeg');
      assert.equal(headers['cache-control'], 'no-store');
      assert.match(headers.age ?? '', /^\d+$/);
      assert.deepEqual(await sizeOf(body, camera), [size.width, size.height]);
      const poster = await get(`${camera}/poster.jpg`);
      assert.equal(poster.status, 200);
      assert.deepEqual(await sizeOf(poster.body, camera), [size.width, size.height]);
    });
  }

  test('of a camera that is away says why, and when to ask again', async () => {
    const { status, headers, body } = await get('garden/snapshot.jpg');
    assert.equal(status, 503);
    assert.match(body.toString(), /away: no camera '\/dev\/video999' found/);
    assert.match(headers['retry-after'] ?? '', /^\d+$/);
  });

  test('is for who may view that camera', async () => {
    assert.equal((await get('front-door/snapshot.jpg', {})).status, 401);
    assert.equal((await get('front-door/poster.jpg', {})).status, 401);
    assert.equal((await get('nothing/snapshot.jpg')).status, 404);
    assert.equal((await get('nothing/poster.jpg')).status, 404);
  });
});
