// SPDX-License-Identifier: Apache-2.0
// A board without a clock battery: it starts in 1970, and learns the time later.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { createToken, fetchWith } from '../support/sign_in.mjs';
import { Guest } from './guest.mjs';

const suite = 'board';
const camera = { id: 'front-door', name: 'Front door', source: 'test', width: 320, height: 180, framerate: 15 };
const suiteLimitMs = 300_000;
/** Under emulation. */
const firstFrameLimitMs = 60_000;
/** From the time's being set to the picture of the page that waited: its longest pause, and the start of the camera. */
const backLimitMs = 60_000;

describe('a board that does not know the time', { timeout: suiteLimitMs }, () => {
  const directory = mkdtempSync(path.join(os.tmpdir(), 'fanlight-clock-'));
  const state = path.join(directory, 'state');
  const owner = createToken(state, ['--owner']);
  const guestToken = createToken(state, ['--name', 'guest', '--for', '1h']);
  /** @type {Guest} */
  let guest;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {ViewerPage} */
  let waiting;
  /** @param {string} token */
  const link = (token) => `${guest.url}/?camera=${camera.id}#token=${token}`;

  before(async () => {
    guest = await Guest.boot({ time: '1970-01-01' });
    await guest.run(`cp -r '/host${state}' /host/run/state`);
    await guest.startDaemon(path.join(directory, 'clock.toml'), { device: { id: 'test' }, camera: [camera] });
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await guest?.close();
    rmSync(directory, { recursive: true, force: true });
  });

  test('it is 1970 there', async (t) => {
    const date = await guest.run('date -u +%Y-%m-%dT%H:%M:%S');
    t.diagnostic(date);
    assert.match(date, /^1970-01-01T/);
  });

  test('the owner watches', async () => {
    const viewer = await ViewerPage.open(browser, link(owner), { suite, name: 'clock-owner' });
    await viewer.firstFrame(firstFrameLimitMs);
    await viewer.close();
  });

  test('a link that ends is refused, with the reason', async () => {
    const response = await fetchWith(link(guestToken), '/api/v1/cameras');
    assert.equal(response.status, 503);
    assert.match(await response.text(), /does not know what time it is/);
    assert.ok(response.headers.get('retry-after'));
  });

  test('the page of such a link says so, and waits', async () => {
    waiting = await ViewerPage.open(browser, link(guestToken), { suite, name: 'clock-guest' });
    await waiting.page.getByText('The device does not know the time yet').first().waitFor();
    await waiting.screenshot('clock-unset', { animations: 'disabled' });
  });

  test('nobody is promised an end there', async () => {
    const viewer = await ViewerPage.open(browser, link(owner), { suite, name: 'clock-share' });
    await viewer.firstFrame(firstFrameLimitMs);
    const refused = await viewer.page.evaluate(() => {
      const socket = new WebSocket(`ws://${location.host}/api/v1/signaling`, 'fanlight.v1');
      const share = { name: 'somebody', rights: ['view'], seconds: 3600 };
      return new Promise((resolve) => {
        socket.onopen = () => socket.send(JSON.stringify({ type: 'hello' }));
        socket.onmessage = ({ data }) => {
          const message = JSON.parse(data);
          if (message.type === 'welcome')
            socket.send(JSON.stringify({ type: 'command', id: '1', name: 'share', arguments: share }));
          if (message.type === 'result') resolve(message.error?.code);
        };
      });
    });
    assert.equal(refused, 'clock-unset');
    await viewer.close();
  });

  test('once the time is set, the page that waits shows the picture without a touch', async (t) => {
    const began = performance.now();
    await guest.run(`date -u -s @${Math.floor(Date.now() / 1000)}`);
    await waiting.firstFrame(backLimitMs);
    t.diagnostic(`picture ${((performance.now() - began) / 1000).toFixed(1)} s after the time was set`);
    assert.equal((await fetchWith(link(guestToken), '/api/v1/cameras')).status, 200);
  });

  test('a clock that is set forward ends at once what has run out meanwhile', async () => {
    const from = waiting.signaling.lines.length;
    await guest.run(`date -u -s @${Math.floor(Date.now() / 1000) + 2 * 3600}`);
    await waiting.waitForMessage('its end', ({ type, code }) => type === 'error' && code === 'expired', { from });
    await waiting.page.getByText('Your link has run out').first().waitFor();
    assert.equal((await fetchWith(link(guestToken), '/api/v1/cameras')).status, 401);
    assert.equal((await fetchWith(link(owner), '/api/v1/cameras')).status, 200);
  });
});
