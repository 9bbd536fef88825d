// SPDX-License-Identifier: Apache-2.0
// Eyevinn's player, as its package has it, on a page of another site: it shows the picture, and is told why not where
// there is none.

import assert from 'node:assert/strict';
import http from 'node:http';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { after, before, describe, test } from 'node:test';
import { build } from 'esbuild';
import { launchBrowser } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { lineLimitMs, withLimit } from '../support/events.mjs';
import { logDirectory } from '../support/paths.mjs';
import { createKey, tokenOf } from '../support/sign_in.mjs';

const suite = 'browser';
const [camera, away] = ['front-door', 'garden'];
/** The player gives up gathering after two seconds by itself; nothing waits longer than that. */
const pageLimitMs = lineLimitMs;

/** The page's script: the player, as its README has it used. */
const script = `
  import { WebRTCPlayer } from '@eyevinn/webrtc-player';
  globalThis.watch = (endpoint, authorization) => {
    const video = document.querySelector('video');
    const player = new WebRTCPlayer({ video, type: 'whep', iceServers: [], statsTypeFilter: '^inbound-rtp' });
    globalThis.player = player;
    const failed = new Promise((resolve) =>
      ['initial-connection-failed', 'connect-error', 'peer-connection-failed'].forEach((event) => player.on(event, () => resolve(event))));
    const shown = new Promise((resolve) => video.requestVideoFrameCallback(() => resolve('shown')));
    void player.load(new URL(endpoint), authorization);
    return Promise.race([shown, failed]);
  };
`;

describe("Eyevinn's player", () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** Another site, with the player. @type {http.Server} */
  let site;
  let origin = '';
  let key = '';

  before(async () => {
    const resolveDir = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
    const bundled = await build({ stdin: { contents: script, resolveDir }, bundle: true, write: false, format: 'iife', logLevel: 'error' });
    const files = new Map([
      ['/', ['text/html', '<!doctype html><meta charset=utf-8><title>wall</title><video muted autoplay></video><script src=/player.js></script>']],
      ['/player.js', ['text/javascript', bundled.outputFiles[0].text]],
    ]);
    site = http.createServer(({ url = '' }, response) => {
      const [type, text] = files.get(url) ?? ['text/plain', ''];
      response.writeHead(text ? 200 : 404, { 'content-type': type }).end(text);
    });
    await new Promise((resolve) => site.listen(0, '127.0.0.1', () => resolve(undefined)));
    origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (site.address()).port}`;
    daemon = await startDaemon({
      suite, name: 'whep-player-daemon',
      config: testConfig({
        http: { listen: ['127.0.0.1:0'], origins: [origin] },
        camera: [{ id: camera, source: 'test', width: 640, height: 360 }, { id: away, source: 'v4l2', device: '/dev/video999' }],
      }),
    });
    key = createKey(daemon.stateDir, ['--name', 'wall', '--camera', camera, '--camera', away]);
    browser = await launchBrowser();
  });

  after(async () => {
    await browser?.close();
    await daemon?.stop();
    site?.closeAllConnections();
    await new Promise((resolve) => site.close(resolve));
  });

  /** A page that tries to watch; what came of it, and what the player asked for. @param {string} endpoint @param {string} [authorization] */
  async function watch(endpoint, authorization) {
    const page = await browser.newPage();
    /** @type {string[]} */
    const asked = [];
    page.on('response', (response) => {
      const request = response.request();
      if (request.url().startsWith(daemon.url)) asked.push(`${request.method()} ${response.status()}`);
    });
    await page.goto(origin);
    const outcome = await withLimit(
      page.evaluate(([url, header]) => /** @type {any} */ (globalThis).watch(url, header), /** @type {const} */ ([endpoint, authorization])),
      pageLimitMs,
      'the picture or a failure',
    );
    return { page, outcome, asked };
  }

  const ways = {
    'with a token': () => /** @type {const} */ ([`${daemon.url}/whep/${camera}`, `Bearer ${tokenOf(daemon.link)}`]),
    'with a key in the address': () => /** @type {const} */ ([`${daemon.url}/k/${key}/whep/${camera}`, undefined]),
  };
  for (const [name, way] of Object.entries(ways)) {
    test(`shows the picture ${name}, and says goodbye`, async () => {
      const from = daemon.log.lines.length;
      const { page, outcome, asked } = await watch(...way());
      assert.equal(outcome, 'shown');
      const size = await page.evaluate(() => {
        const video = /** @type {HTMLVideoElement} */ (document.querySelector('video'));
        return [video.videoWidth, video.videoHeight];
      });
      assert.deepEqual(size, [640, 360]);
      await page.screenshot({ path: path.join(logDirectory(suite), `whep-player-${name.replaceAll(' ', '-')}.png`) });
      await page.evaluate(() => /** @type {any} */ (globalThis).player.unload());
      await daemon.waitForLog(/ ended: left$/, { from });
      assert.deepEqual(asked.filter((one) => !one.startsWith('OPTIONS')), ['POST 201', 'DELETE 200']);
      await page.close();
    });
  }

  test('is told once that it may not, and does not try another kind of offer', async () => {
    for (const [endpoint, status] of /** @type {const} */ ([[`${daemon.url}/k/wrong/whep/${camera}`, 401], [`${daemon.url}/k/${key}/whep/cellar`, 403]])) {
      const { page, outcome, asked } = await watch(endpoint);
      assert.equal(outcome, 'initial-connection-failed');
      assert.deepEqual(asked.filter((one) => !one.startsWith('OPTIONS')), [`POST ${status}`]);
      await page.close();
    }
  });

  test('is told once that the camera is away', async () => {
    const endpoint = `${daemon.url}/k/${key}/whep/${away}`;
    // Whoever comes first has the camera tried, and waits for it.
    const waiting = await browser.newPage();
    await waiting.goto(origin);
    const posted = waiting.waitForResponse((response) => response.request().method() === 'POST');
    await waiting.evaluate((url) => void /** @type {any} */ (globalThis).watch(url), endpoint);
    assert.equal((await posted).status(), 201);
    await daemon.waitForLog(new RegExp(`camera: .*'${away}'`));
    const { page, outcome, asked } = await watch(endpoint);
    assert.equal(outcome, 'initial-connection-failed');
    assert.deepEqual(asked.filter((one) => !one.startsWith('OPTIONS')), ['POST 409']);
    await page.close();
    await waiting.close();
  });
});
