// SPDX-License-Identifier: Apache-2.0
// Watching over WHEP as a player does: draft-ietf-wish-whep, RFC 9725's rules on trickling, and what real players need.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { repository } from '../support/paths.mjs';
import { ask } from './http_raw.mjs';

const camera = 'front-door';
const endpoint = `/whep/${camera}`;
const sdp = { 'content-type': 'application/sdp' };
const offerOf = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(`${repository}/tests/fixtures/offers/${name}.json`, 'utf8')).sdp;
const offer = offerOf('chromium-page');
const lines = (/** @type {string} */ text) => text.split('\r\n');

describe('WHEP', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {ViewerHost} */
  let host;

  before(async () => {
    daemon = await startDaemon({ suite: 'component', name: 'http-whep-daemon', config: testConfig({ limits: { viewers: 2 } }) });
    host = await ViewerHost.start();
  });
  after(async () => {
    await host?.stop();
    await daemon?.stop();
  });

  const post = (body = offer) => ask(daemon.link, 'POST', endpoint, sdp, body);
  const end = (/** @type {import('./http_raw.mjs').Response} */ response) =>
    ask(daemon.link, 'DELETE', /** @type {string} */ (response.headers.get('location')));
  /** A session ended is a place free a moment later; each attempt's answer is what the next one waits for. */
  async function postOnceThereIsRoom(body = offer) {
    for (const until = performance.now() + 30_000; ; ) {
      const response = await post(body);
      if (response.status !== 503 || performance.now() > until) return response;
    }
  }

  test('a viewer gets video', async () => {
    const viewer = host.open({ url: daemon.link, camera, signaling: 'whep' });
    await viewer.waitFor('packet');
    viewer.bye();
    await daemon.waitForLog(/ ended: left/);
    viewer.forget();
  });

  for (const name of ['chromium-page', 'chromium-video-only', 'chromium-audio-first-three-lines']) {
    test(`the answer to ${name} is whole: every line of the offer, the candidates and their end`, async () => {
      const offered = offerOf(name);
      const response = await postOnceThereIsRoom(offered);
      assert.equal(response.status, 201, response.body);
      const answered = lines(response.body);
      const kinds = (/** @type {string} */ text) => lines(text).filter((line) => line.startsWith('m=')).map((line) => line.split(' ')[0]);
      assert.deepEqual(kinds(response.body), kinds(offered));
      assert.ok(answered.some((line) => /^a=candidate:.* typ host/.test(line)), response.body);
      assert.ok(answered.includes('a=end-of-candidates'), response.body);
      assert.ok(!answered.some((line) => line === 'a=recvonly' || line === 'a=sendrecv'), 'WHEP sends only');
      await end(response);
    });
  }

  test('the answer says where the session is, and what can be done with it', async () => {
    const response = await postOnceThereIsRoom();
    assert.equal(response.status, 201, response.body);
    assert.equal(response.headers.get('content-type'), 'application/sdp');
    assert.match(response.headers.get('location') ?? '', /^\/whep\/front-door\/[0-9a-f]{32}$/);
    assert.match(response.headers.get('etag') ?? '', /^"[^"]+"$/);
    assert.equal(response.headers.get('accept-patch'), 'application/trickle-ice-sdpfrag');
    assert.equal(response.headers.get('cache-control'), 'no-store');
    assert.equal(response.headers.has('access-control-allow-origin'), false);
    assert.equal((await end(response)).status, 200);
  });

  test('candidates trickle by PATCH, with the tag or with any', async () => {
    const response = await postOnceThereIsRoom();
    const session = /** @type {string} */ (response.headers.get('location'));
    const ufrag = /a=ice-ufrag:(.*)\r\n/.exec(offer)?.[1];
    const fragment = `a=ice-ufrag:${ufrag}\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\na=candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host\r\n`;
    const type = { 'content-type': 'application/trickle-ice-sdpfrag' };
    for (const tag of [response.headers.get('etag') ?? '', '*']) {
      const patched = await ask(daemon.link, 'PATCH', session, { ...type, 'if-match': tag }, fragment);
      assert.equal(patched.status, 204);
      assert.equal(patched.body, '');
      assert.equal(patched.headers.has('etag'), false);
    }
    assert.equal((await ask(daemon.link, 'PATCH', session, { ...type, 'if-match': '*' }, `${fragment}a=end-of-candidates\r\n`)).status, 204);
    await end(response);
  });

  test('OPTIONS, GET and HEAD tell what is there', async () => {
    const options = await ask(daemon.link, 'OPTIONS', endpoint);
    assert.equal(options.status, 200);
    assert.equal(options.headers.get('accept-post'), 'application/sdp');
    for (const method of ['GET', 'HEAD']) {
      const response = await ask(daemon.link, method, endpoint);
      assert.equal(response.status, 200, method);
      assert.equal(response.headers.get('content-type'), 'application/sdp', method);
      assert.equal(response.body, '', method);
    }
    const opened = await postOnceThereIsRoom();
    const session = /** @type {string} */ (opened.headers.get('location'));
    assert.equal((await ask(daemon.link, 'OPTIONS', session)).headers.get('accept-patch'), 'application/trickle-ice-sdpfrag');
    await end(opened);
    assert.equal((await ask(daemon.link, 'OPTIONS', session)).status, 404);
    assert.equal((await ask(daemon.link, 'OPTIONS', '/whep/cellar')).status, 404);
  });

  test('one viewer too many is told when to try again, and has room when another one has left', async () => {
    const first = await postOnceThereIsRoom();
    const second = await postOnceThereIsRoom();
    assert.deepEqual([first.status, second.status], [201, 201]);
    const refused = await post();
    assert.equal(refused.status, 503);
    assert.match(refused.headers.get('retry-after') ?? '', /^\d+$/);
    assert.match(refused.body, /^no room for another viewer/);
    await end(first);
    const third = await postOnceThereIsRoom();
    assert.equal(third.status, 201, third.body);
    await end(second);
    await end(third);
  });
});

describe('every response', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  before(async () => {
    daemon = await startDaemon({ suite: 'component', name: 'http-headers-daemon' });
  });
  after(() => daemon?.stop());

  for (const path of ['/', '/viewer.js', '/api/v1/cameras', '/healthz', '/readyz', endpoint, '/nothing', '/%2e%2e/etc/passwd']) {
    test(`${path} keeps a browser from doing what the page does not need`, async () => {
      const { headers } = await ask(daemon.link, 'GET', path);
      const policy = new Map((headers.get('content-security-policy') ?? '').split('; ').map((one) => [one.split(' ')[0], one]));
      assert.equal(policy.get('default-src'), "default-src 'none'");
      assert.equal(policy.get('script-src'), "script-src 'self'");
      assert.equal(policy.get('frame-ancestors'), "frame-ancestors 'none'");
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('referrer-policy'), 'no-referrer');
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
      assert.equal(headers.get('permissions-policy'), 'camera=(), geolocation=(), microphone=(self)');
      assert.equal(headers.has('server'), false);
    });
  }

  test('another name than its own is refused everywhere', async () => {
    for (const path of ['/', '/api/v1/cameras', '/healthz', endpoint, '/api/v1/signaling'])
      assert.equal((await ask(daemon.link, 'GET', path, { host: 'evil.example' })).status, 421, path);
  });
});
