// SPDX-License-Identifier: Apache-2.0
// Signaling in plain requests over TLS, for where a WebSocket cannot be had: the same messages, the same session.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { RequestSignaling } from '../load/request_signaling.mjs';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { lineLimitMs, withLimit } from '../support/events.mjs';
import { request } from '../support/requests.mjs';
import { createToken, hello, runToken } from '../support/sign_in.mjs';

const camera = 'front-door';
const path = '/api/v1/signaling';
const type = { 'content-type': 'application/x-ndjson' };

describe('signaling in plain requests', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {ViewerHost} */
  let host;

  before(async () => {
    const http = { listen: [], tls_listen: ['127.0.0.1:0'] };
    daemon = await startDaemon({ suite: 'component', name: 'https-signaling-daemon', config: testConfig({ http }) });
    host = await ViewerHost.start();
  });
  after(async () => {
    await host?.stop();
    await daemon?.stop();
  });

  /** A channel, and what comes on it. */
  async function open(link = daemon.link) {
    const channel = await RequestSignaling.open(`${daemon.url}${path}`, hello(link));
    /** @type {any[]} */
    const heard = [];
    const welcome = withLimit(new Promise((resolve) => {
      channel.onText = (text) => {
        heard.push(JSON.parse(text));
        if (heard.at(-1).type === 'welcome') resolve(undefined);
      };
    }), lineLimitMs, 'the welcome');
    const closed = withLimit(new Promise((resolve) => (channel.onClosed = () => resolve(undefined))), lineLimitMs, 'the end of the stream');
    closed.catch(() => {});
    await welcome;
    return { channel, heard, closed };
  }

  test('a viewer gets video, trickling both ways, and leaves', async () => {
    const viewer = host.open({ url: daemon.link, camera, signaling: 'requests' });
    await viewer.waitFor('packet');
    viewer.bye();
    await viewer.waitFor('bye');
    viewer.forget();
  });

  test('a session outlives the stream that it was opened on, and its channel does not', async () => {
    const viewer = host.open({ url: daemon.link, camera, signaling: 'requests' });
    await viewer.waitFor('packet');
    viewer.dropSocket();
    await viewer.waitFor('socket-closed');
    const received = async () => (await host.figures()).get(viewer.id)?.received ?? 0;
    // Each question's answer is what the next one waits for; a stream that stands still meets the suite's limit.
    for (const before = await received(); (await received()) <= before; );
    viewer.forget();
  });

  test('a channel is closed by DELETE, and is nowhere afterwards', async () => {
    const { channel, closed } = await open();
    assert.match(channel.address.pathname, /^\/api\/v1\/signaling\/[0-9a-f]{32}$/);
    assert.equal(await channel.send('{}'), 204);
    assert.equal(await channel.close(), 204);
    await closed;
    assert.equal(await channel.send('{}'), 404);
    assert.equal(await channel.close(), 404);
  });

  test('who brings no good token is told so, and the stream ends', async () => {
    for (const token of [undefined, 'nonsense']) {
      const { status, body } = await request(`${daemon.url}${path}`, 'POST', JSON.stringify({ type: 'hello', token }), type);
      assert.equal(status, 200);
      const messages = body.trim().split('\n').map((line) => JSON.parse(line));
      assert.deepEqual(messages.map(({ type, code }) => ({ type, code })), [{ type: 'error', code: 'unauthorized' }]);
    }
  });

  test('a link that is revoked ends the stream that it opened, and says why', async () => {
    const guest = createToken(daemon.stateDir, ['--rights', 'view', '--name', 'guest']);
    const { heard, closed } = await open(daemon.linkTo('/', guest));
    runToken(daemon.stateDir, ['revoke', 'guest']);
    await closed;
    assert.equal(heard.at(-1).type, 'error');
    assert.equal(heard.at(-1).code, 'revoked');
  });

  test('a page of another origin and a first message that is no hello get no channel', async () => {
    const first = JSON.stringify(hello(daemon.link));
    const origin = { origin: 'https://evil.example' };
    assert.equal((await request(`${daemon.url}${path}`, 'POST', first, { ...type, ...origin })).status, 403);
    assert.equal((await request(`${daemon.url}${path}`, 'POST', first, { ...type, origin: daemon.url.replace('https', 'http') })).status, 403);
    assert.equal((await request(`${daemon.url}${path}`, 'POST', '{"type":"bye","session":"x"}', type)).status, 400);
    assert.equal((await request(`${daemon.url}${path}`, 'POST', first, { 'content-type': 'text/plain' })).status, 415);
  });

  test('a channel that many guess at is only found by its whole name', async () => {
    const { channel, closed } = await open();
    const { href } = channel.address;
    for (const guess of [`${href}0`, href.slice(0, -1), `${daemon.url}${path}/${'0'.repeat(32)}`])
      assert.equal((await request(guess, 'POST', '{}', type)).status, 404, guess);
    await channel.close();
    await closed;
  });
});
