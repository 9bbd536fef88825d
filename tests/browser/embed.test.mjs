// SPDX-License-Identifier: Apache-2.0
// `/?camera=ID&embed#key=KEY`, the page for other sites' frames: shown by those alone that the device lists, and no more
// than a key in any of them.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import axe from 'axe-core';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { lineLimitMs, withLimit } from '../support/events.mjs';
import { OtherSite } from '../support/other_site.mjs';
import { createKey, signIn } from '../support/sign_in.mjs';

const suite = 'browser';
const camera = 'front-door';
const still = { animations: /** @type {const} */ ('disabled') };

/** @type {import('../support/daemon.mjs').Daemon} */
let daemon;
/** @type {OtherSite} */
let site;
/** @type {import('playwright-core').Browser} */
let browser;
let key = '';
let [listed, unlisted] = ['', ''];

before(async () => {
  site = await OtherSite.start();
  [listed, unlisted] = [site.origin('home.test'), site.origin('elsewhere.test')];
  const http = { listen: ['127.0.0.1:0'], origins: [listed] };
  const cameras = [{ id: camera, name: 'Front door', source: 'test', width: 640, height: 360, framerate: 30 }];
  daemon = await startDaemon({ suite, name: 'embed', config: testConfig({ http, camera: cameras }) });
  key = createKey(daemon.stateDir, ['--name', 'home page', '--camera', camera]);
  browser = await launchBrowser({ args: ['--host-resolver-rules=MAP *.test 127.0.0.1'] });
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(async () => {
  await browser?.close();
  await daemon?.stop();
  await site?.close();
});

const embedded = () => `${daemon.url}/?camera=${camera}&embed#key=${key}`;
/** @param {string} address @param {string} [allow] */
const framing = (address, allow = 'fullscreen') =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>home</title><main><h1>home</h1><iframe title="Front door" width="640" height="360" allow="${allow}" src="${address.replaceAll('&', '&amp;')}"></iframe></main></html>`;

/** Somebody on the other site's page, and what its frame has come to. @param {string} address @param {string} origin @param {import('playwright-core').BrowserContext} [profile] */
async function frame(address, origin, profile, allow = 'fullscreen') {
  site.pages.set('/', { text: framing(address, allow) });
  const viewer = await ViewerPage.openIn(profile ?? (await browser.newContext({ locale: 'en-GB' })), 'about:blank', { suite, name: 'embed' });
  await viewer.page.goto(`${origin}/`, { waitUntil: 'load' });
  const [inner] = viewer.page.mainFrame().childFrames();
  return { viewer, inner };
}

/** That the browser shows nothing of the device in the frame. @param {string} address @param {string} origin */
async function isRefused(address, origin) {
  site.pages.set('/', { text: framing(address) });
  const { page } = await ViewerPage.openIn(await browser.newContext(), 'about:blank', { suite, name: 'embed-refused' });
  /** @type {string[]} */
  const asked = [];
  page.on('request', (request) => request.url().startsWith(daemon.url) && asked.push(new URL(request.url()).pathname));
  const refused = page.waitForEvent('console', (message) => message.text().includes('frame-ancestors'));
  await page.goto(`${origin}/`);
  assert.match((await refused).text(), /^(Refused to frame|Framing) '/);
  assert.equal(asked.length, 1, `the page has begun: ${asked.join(' ')}`);
  for (const one of page.frames()) assert.equal(await one.locator('fanlight-camera, fanlight-app').count(), 0, one.url());
}

/** Until so many pictures were shown. @param {import('playwright-core').Frame | import('playwright-core').Page} where */
function pictures(where, count = 3) {
  const shown = where.locator('video').first().evaluate((element, wanted) => new Promise((resolve) => {
    const video = /** @type {HTMLVideoElement} */ (element);
    const next = () => (--wanted < 0 ? resolve([video.videoWidth, video.videoHeight]) : video.requestVideoFrameCallback(next));
    next();
  }), count);
  return withLimit(/** @type {Promise<number[]>} */ (shown), lineLimitMs, 'the pictures in a frame');
}

describe('a frame of another site', () => {
  test('shows the camera, edge to edge and nothing else, where the device lists the site', async () => {
    const { viewer, inner } = await frame(embedded(), listed);
    assert.deepEqual(await pictures(inner), [640, 360]);
    await inner.getByRole('status').filter({ hasText: /^Live$/ }).waitFor();
    await viewer.screenshot('embed-framed', still);

    assert.deepEqual(await inner.getByRole('button').evaluateAll((all) => all.map((one) => one.ariaLabel)), ['Full screen']);
    const box = await inner.locator('video').boundingBox();
    assert.deepEqual([box?.width, box?.height], [640, 360]);
    assert.deepEqual(viewer.complaints, []);
  });

  test('is refused where the device does not list the site', async () => {
    await isRefused(embedded(), unlisted);
  });

  test('is refused where a site that is listed is itself in the frame of one that is not', async () => {
    site.pages.set('/inner', { text: framing(embedded()) });
    await isRefused(`${listed}/inner`, unlisted);
  });

  for (const path of ['/', `/?camera=${camera}`, '/index.html?embed', '/embed.html?embed']) {
    test(`never shows '${path}', which is not for frames`, async () => {
      await isRefused(`${daemon.url}${path}`, listed);
    });
  }

  test('has no full screen where its page does not allow it', async () => {
    const { inner } = await frame(embedded(), listed, undefined, "fullscreen 'none'");
    await pictures(inner);

    assert.equal(await inner.getByRole('button').count(), 0);
  });
});

test('a touch in the frame can do no more than look, whoever is signed in to the browser', async () => {
  // Of the device's own site, so that the browser would send the cookie in a frame as well.
  const origin = site.origin('127.0.0.1');
  const own = await startDaemon({ suite, name: 'embed-same-site', config: testConfig({ http: { listen: ['127.0.0.1:0'], origins: [origin] } }) });
  try {
    const ownKey = createKey(own.stateDir, ['--name', 'frame', '--camera', camera]);
    const profile = await browser.newContext({ locale: 'en-GB' });
    await signIn(profile, own.link);
    /** @type {Promise<[string, Record<string, string>]>[]} */
    const asked = [];
    profile.on('request', (request) => request.url().startsWith(own.url) && asked.push(request.allHeaders().then((headers) => [request.url(), headers])));

    const bare = await frame(`${own.url}/?camera=${camera}&embed`, origin, profile);
    await bare.inner.getByRole('status').filter({ hasText: 'There is no camera to show' }).waitFor();
    assert.equal(await bare.inner.locator('fanlight-app, button, a, input, video').count(), 0);
    const keyed = await frame(`${own.url}/?camera=${camera}&embed#key=${ownKey}`, origin, profile);
    await pictures(keyed.inner);

    const requests = await Promise.all(asked);
    assert.ok(requests.some(([, { cookie }]) => cookie?.includes('fanlight-test=')), 'without the cookie this shows nothing');
    const acts = requests.filter(([url]) => new URL(url).pathname.startsWith('/k/') || new URL(url).pathname.startsWith('/whep/'));
    assert.ok(acts.length >= 2);
    for (const [url, { cookie, authorization }] of acts) assert.deepEqual([cookie, authorization], [undefined, undefined], url);
    const api = requests.filter(([url]) => new URL(url).pathname.startsWith('/api/'));
    assert.deepEqual(api.map(([url]) => url), []);
    assert.equal(await keyed.inner.evaluate(() => sessionStorage.length + localStorage.length), 0);
  } finally {
    await own.kill();
  }
});

describe('the same page by itself, as a program opens it', () => {
  /** @param {string} address @param {import('playwright-core').BrowserContextOptions} [context] */
  const open = async (address, context = {}) => {
    const profile = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...context });
    await profile.addInitScript({ content: axe.source });
    return ViewerPage.openIn(profile, address, { suite, name: 'embed-alone' });
  };

  test('shows the picture, and again after a reload', async () => {
    const viewer = await open(embedded());
    await viewer.firstFrame();
    assert.equal(await viewer.page.title(), camera);
    await viewer.page.reload();
    await viewer.firstFrame();
  });

  test('takes another key that its address is given', async () => {
    const viewer = await open(`${daemon.url}/?camera=${camera}&embed#key=wrong`);
    await viewer.page.getByRole('status').filter({ hasText: 'This key does not open the camera' }).waitFor();
    await viewer.page.goto(embedded());
    await viewer.firstFrame();
  });

  for (const [lang, words] of Object.entries({ en: /^Live$/, ko: /^실시간$/ })) {
    for (const [width, height] of [[320, 180], [844, 390], [1280, 800], [3840, 2160]]) {
      test(`is as axe would have it, on ${width} × ${height} in ${lang}`, async () => {
        const viewer = await open(embedded().replace('&embed', `&embed&lang=${lang}`), { viewport: { width, height } });
        await viewer.page.getByRole('status').filter({ hasText: words }).waitFor();
        await viewer.page.mouse.move(width / 2, height / 2);
        await viewer.screenshot(`embed-${lang}-${width}`, still);
        const broken = await open(`${daemon.url}/?camera=${camera}&embed&lang=${lang}#key=wrong`, { viewport: { width, height } });
        await broken.page.getByRole('button').first().waitFor();
        await broken.screenshot(`embed-broken-${lang}-${width}`, still);

        for (const { page } of [viewer, broken]) {
          const found = await page.evaluate(() => /** @type {any} */ (globalThis).axe.run(document, { resultTypes: ['violations'] }));
          assert.deepEqual(found.violations.map((/** @type {any} */ { id, nodes }) => `${id}: ${nodes[0].failureSummary}`), []);
        }
      });
    }
  }
});
