// SPDX-License-Identifier: Apache-2.0
// <fanlight-camera> on another site's page, whose policy lets it do nothing but load the script and ask the device.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { OtherSite } from '../support/other_site.mjs';
import { createKey, runToken, signIn } from '../support/sign_in.mjs';

const suite = 'browser';
const [camera, away] = ['front-door', 'garden'];
/** Longest pause of the element between two tries, with room for a slow machine. */
const backLimitMs = 60_000;
/** It says goodbye and closes the connection; the browser asks the device first whether it may say the one. */
const endedByViewer = / ended: (left|peer-closed)$/;

const whole = { fullPage: true };

/** @type {import('../support/daemon.mjs').Daemon} */
let daemon;
/** @type {OtherSite} */
let site;
/** @type {import('playwright-core').Browser} */
let browser;
let key = '';
/** The site as the device's config has it, and the same by a name that it has not. */
let [listed, unlisted] = ['', ''];

const config = () => testConfig({
  http: { listen: [daemon ? `127.0.0.1:${new URL(daemon.url).port}` : '127.0.0.1:0'], origins: [listed] },
  camera: [
    { id: camera, source: 'test', width: 640, height: 360, framerate: 30 },
    { id: away, source: 'v4l2', device: '/dev/video-not-there' },
  ],
});

before(async () => {
  site = await OtherSite.start();
  [listed, unlisted] = [site.origin('home.test'), site.origin('elsewhere.test')];
  daemon = await startDaemon({ suite, name: 'camera-element', config: config() });
  key = createKey(daemon.stateDir, ['--name', 'home page', '--camera', camera, '--camera', away]);
  browser = await launchBrowser({ args: ['--host-resolver-rules=MAP *.test 127.0.0.1'] });
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));
after(async () => {
  await browser?.close();
  await daemon?.stop();
  await site?.close();
});

/** Neither inline style nor script, pictures from nowhere. */
const strict = () => `default-src 'none'; script-src ${daemon.url}; connect-src ${daemon.url}; require-trusted-types-for 'script'; trusted-types lit-html`;

/** A page with the element. @param {string} attributes @param {string} [head] */
function page(attributes, head = `<script type="module" src="${daemon.url}/fanlight-camera.js"></script>`) {
  return `<!doctype html><html lang="en"><meta charset="utf-8"><title>home</title>${head}<main><h1>home</h1>`
    + `<fanlight-camera ${attributes}></fanlight-camera></main></html>`;
}

const usual = () => `src="${daemon.url}" camera="${camera}" key="${key}" name="Front door"`;

/**
 * Somebody on that page. @param {string} text @param {{ origin?: string, context?: import('playwright-core').BrowserContextOptions, policy?: string }} [how]
 */
async function visit(text, { origin = listed, context = { locale: 'en-GB' }, policy = strict() } = {}) {
  site.pages.set('/', { text, policy });
  return ViewerPage.openIn(await browser.newContext(context), `${origin}/`, { suite, name: 'camera-element' });
}

/** @param {ViewerPage} viewer @param {string | RegExp} text */
const says = (viewer, text) => viewer.page.locator('fanlight-camera').getByRole('status').filter({ hasText: text }).waitFor();

describe('the element', () => {
  test('shows the picture under a strict policy, and says nothing of whoever is signed in', async () => {
    site.pages.set('/', { text: page(usual()), policy: strict() });
    const profile = await browser.newContext({ locale: 'en-GB' });
    await signIn(profile, daemon.link);
    /** @type {Promise<Record<string, string>>[]} */
    const asked = [];
    profile.on('request', (request) => request.url().startsWith(daemon.url) && asked.push(request.allHeaders()));
    const viewer = await ViewerPage.openIn(profile, `${listed}/`, { suite, name: 'camera-element' });
    const { width, height } = await viewer.firstFrame();
    await says(viewer, /^Live$/);
    await viewer.screenshot('camera-element-live', whole);

    assert.deepEqual([width, height], [640, 360]);
    const headers = await Promise.all(asked);
    assert.ok(headers.length >= 3, `only ${headers.length} requests`);
    for (const { cookie, authorization, referer } of headers) assert.deepEqual([cookie, authorization, referer ?? `${listed}/`], [undefined, undefined, `${listed}/`]);
    assert.equal(await viewer.page.getByLabel('Live picture of Front door').count(), 1);
    assert.deepEqual(viewer.complaints, []);
  });

  test('asks for a picture only: no microphone, no data channel', async () => {
    const viewer = await visit(page(usual()));
    await viewer.firstFrame();

    const [line] = await viewer.page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestPeers.map((/** @type {RTCPeerConnection} */ peer) => peer.localDescription?.sdp));

    assert.doesNotMatch(line, /^m=application|^a=sendrecv|^a=sendonly/m);
  });

  test('ends its session when it is taken out of the page, and begins anew where it is put back', async () => {
    const viewer = await visit(page(usual()));
    await viewer.firstFrame();
    const from = daemon.log.lines.length;
    await viewer.page.evaluate(() => {
      const element = /** @type {HTMLElement} */ (document.querySelector('fanlight-camera'));
      element.remove();
      /** @type {any} */ (globalThis).taken = element;
    });
    await daemon.waitForLog(endedByViewer, { from });
    assert.deepEqual(await viewer.page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestPeers.map((/** @type {any} */ peer) => peer.connectionState)), ['closed']);

    await viewer.page.evaluate(() => document.body.append(/** @type {any} */ (globalThis).taken));
    await viewer.frames(10);
  });

  test('ends its session with the page', async () => {
    const viewer = await visit(page(usual()));
    await viewer.firstFrame();
    const from = daemon.log.lines.length;

    await viewer.page.goto('about:blank');

    await daemon.waitForLog(endedByViewer, { from });
  });

  test('shows another camera where its attributes change', async () => {
    const viewer = await visit(page(usual()));
    await viewer.firstFrame();

    await viewer.page.evaluate((id) => document.querySelector('fanlight-camera')?.setAttribute('camera', id), away);

    await says(viewer, 'The camera is not answering');
    await viewer.screenshot('camera-element-away', whole);
  });

  test('may be loaded from two devices', async () => {
    const twice = ['a', 'b'].map((one) => `<script type="module" src="${daemon.url}/fanlight-camera.js?${one}"></script>`).join('');
    const viewer = await visit(page(usual(), twice));
    await viewer.firstFrame();

    assert.deepEqual(viewer.complaints, []);
  });

  test('is of the device that its script came from, where it names none', async () => {
    const viewer = await visit(page(`camera="${camera}" key="${key}"`));
    await viewer.firstFrame();
  });
});

describe('the element says in words', () => {
  for (const [lang, title] of Object.entries({ en: 'This key does not open the camera', ko: '이 키로는 카메라를 볼 수 없어요' })) {
    test(`that the key is wrong, in ${lang}`, async () => {
      const viewer = await visit(page(`src="${daemon.url}" camera="${camera}" key="wrong" lang="${lang}"`));
      await says(viewer, title);
      await viewer.screenshot(`camera-element-wrong-key-${lang}`, whole);
    });
  }

  test('that a camera is not of the key', async () => {
    const viewer = await visit(page(`src="${daemon.url}" camera="cellar" key="${key}"`));
    await says(viewer, 'This key is of other cameras');
  });

  test('that something is missing', async () => {
    const viewer = await visit(page(`src="${daemon.url}" camera="${camera}"`));
    await says(viewer, 'There is no camera to show');
    assert.equal(await viewer.peerCount(), 0);
  });

  test('that its site may not ask, where the device does not list it', async () => {
    const script = await (await fetch(`${daemon.url}/fanlight-camera.js`)).text();
    site.pages.set('/copied.js', { type: 'text/javascript', text: script });
    const policy = `${strict()}; script-src 'self'`.replace(/script-src [^;]+;/, '');
    const viewer = await visit(page(usual(), '<script type="module" src="/copied.js"></script>'), { origin: unlisted, policy });
    await says(viewer, 'The device cannot be reached from this page');
    await viewer.screenshot('camera-element-unlisted', whole);
    assert.equal(await viewer.videoStats(), null);
  });

  test('that the key was ended, once its pictures stop', async () => {
    const ended = createKey(daemon.stateDir, ['--name', 'to be ended', '--camera', camera]);
    const viewer = await visit(page(`src="${daemon.url}" camera="${camera}" key="${ended}"`));
    await viewer.firstFrame();

    runToken(daemon.stateDir, ['revoke', 'to be ended']);

    await says(viewer, 'This key does not open the camera');
    await viewer.screenshot('camera-element-ended', whole);
  });
});

test('a device that is killed and started again is seen again without a touch', async (t) => {
  const viewer = await visit(page(usual()));
  await viewer.frames(10);
  const directory = await daemon.crash();
  const killedAt = performance.now();
  daemon = await startDaemon({ suite, directory, name: 'camera-element-again', config: config() });
  const listeningAt = performance.now();
  await viewer.frames(10, backLimitMs);
  const seconds = (/** @type {number} */ from) => ((performance.now() - from) / 1000).toFixed(2);
  t.diagnostic(`picture back ${seconds(killedAt)} s after the kill, ${seconds(listeningAt)} s after the daemon listened again`);
  await says(viewer, /^Live$/);
});
