// SPDX-License-Identifier: Apache-2.0
// The wall: several cameras at once, each opened edge to edge and left again without a dark moment.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PageStage } from './page_stage.mjs';

/** @typedef {import('../support/browser.mjs').ViewerPage} ViewerPage */

const desktop = { viewport: { width: 1280, height: 800 }, locale: 'en-GB' };
const phone = { viewport: { width: 320, height: 640 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true, locale: 'en-GB' };
const patterns = ['bars', 'ball', 'zone-plate'];
const names = ['Garden', 'Porch', 'Garage', 'Kitchen', 'Attic', 'Cellar', 'Gate', 'Stable', 'Roof'];

const stage = new PageStage();

/** @param {number} count */
function cameras(count) {
  return names.slice(0, count).map((name, at) => ({
    id: name.toLowerCase(), name, source: 'test', pattern: patterns[at % 3], width: 320, height: 180, framerate: 10,
    bitrate: 200_000,
  }));
}

/**
 * @param {string} name @param {number} count @param {import('../support/daemon.mjs').Config} [changes]
 * @param {import('playwright-core').BrowserContextOptions} [context]
 */
async function open(name, count, changes, context = desktop) {
  await stage.start(name, { camera: cameras(count), ...changes });
  return stage.open(context);
}

/** @param {ViewerPage} viewer @param {string} name */
const tile = (viewer, name) => viewer.page.getByRole('link', { name: new RegExp(`^${name} `) });
/** @param {ViewerPage} viewer @param {string} name */
const liveTile = (viewer, name) => viewer.page.getByRole('link', { name: `${name} Live`, exact: true });
/** What the daemon was told. @param {ViewerPage} viewer @param {string} type */
const sent = (viewer, type) => viewer.signaling.lines
  .filter((line) => line.startsWith('> ')).map((line) => JSON.parse(line.slice(2))).filter((one) => one.type === type);
/** @param {ViewerPage} viewer @param {string} name */
const title = (viewer, name) => viewer.page.locator('.top .name').getByText(name, { exact: true });

test('several cameras are shown at once, each live', async () => {
  const viewer = await open('wall', 5);
  for (const { name } of cameras(5)) await liveTile(viewer, name).waitFor();

  await viewer.screenshot('wall', { animations: 'disabled' });
  assert.equal(sent(viewer, 'offer').length, 5);
  const boxes = await Promise.all(cameras(5).map(({ name }) => tile(viewer, name).boundingBox()));
  for (const box of boxes) assert.ok(box && box.width > 380 && box.y + box.height <= 800, JSON.stringify(box));
  assert.deepEqual(viewer.complaints, []);
});

/**
 * Looks at each picture that the browser draws, until it is asked what was seen.
 * @param {ViewerPage} viewer @param {string} label of the picture edge to edge
 */
async function watchScreen(viewer, label) {
  await viewer.page.evaluate((wanted) => {
    /** @type {(root: Document | ShadowRoot) => HTMLVideoElement[]} */
    const videosIn = (root) => [...root.querySelectorAll('*')].flatMap((element) => [
      ...(element instanceof HTMLVideoElement ? [element] : []), ...(element.shadowRoot ? videosIn(element.shadowRoot) : []),
    ]);
    const seen = { drawn: 0, dark: 0, large: 0 };
    /** @type {any} */ (globalThis).fanlightTestSeen = seen;
    const look = () => {
      const playing = videosIn(document).filter((video) => video.readyState >= 2 && !video.paused && video.clientWidth > 0);
      seen.drawn++;
      if (playing.length === 0) seen.dark++;
      if (playing.some((video) => video.ariaLabel === wanted && video.clientWidth > 1000)) seen.large++;
      requestAnimationFrame(look);
    };
    look();
  }, label);
  return () => viewer.page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestSeen);
}

test('opening a tile and coming back never show a dark screen', async () => {
  const viewer = await open('wall-never-dark', 2);
  for (const { name } of cameras(2)) await liveTile(viewer, name).waitFor();
  const seen = await watchScreen(viewer, 'Live picture of Porch');

  await tile(viewer, 'Porch').click();
  await title(viewer, 'Porch').waitFor();
  await viewer.frames(20);
  await viewer.page.goBack();
  await liveTile(viewer, 'Garden').waitFor();

  const { drawn, dark, large } = await seen();
  assert.ok(drawn > 30 && large > 20, JSON.stringify({ drawn, dark, large }));
  assert.equal(dark, 0);
});

test('a tile opens edge to edge with the session that it has, and Back returns to it', async () => {
  const viewer = await open('wall-opens', 3);
  for (const { name } of cameras(3)) await liveTile(viewer, name).waitFor();
  const before = sent(viewer, 'offer').find(({ camera }) => camera === 'porch')?.session;

  await tile(viewer, 'Porch').click();
  await title(viewer, 'Porch').waitFor();
  await viewer.frames(5);
  assert.match(viewer.page.url(), /\?camera=porch$/);
  await viewer.page.getByText('Live', { exact: true }).first().waitFor();
  // The others are out of sight and are watched no more.
  while (sent(viewer, 'bye').length < 2) await viewer.signaling.waitFor(/^> .*"bye"/, { from: viewer.signaling.lines.length });
  assert.ok(!sent(viewer, 'bye').some(({ session }) => session === before));

  await viewer.page.goBack();
  await liveTile(viewer, 'Porch').and(viewer.page.locator(':focus')).waitFor();
  for (const { name } of cameras(3)) await liveTile(viewer, name).waitFor();
  assert.equal(sent(viewer, 'offer').filter(({ camera }) => camera === 'porch').length, 1);
  assert.equal(sent(viewer, 'offer').length, 5);
  assert.deepEqual(viewer.complaints, []);
});

test('the keyboard moves over the wall, opens a tile and comes back', async () => {
  const viewer = await open('wall-keys', 5);
  await liveTile(viewer, 'Attic').waitFor();
  const { keyboard } = viewer.page;
  const focused = (/** @type {string} */ name) => tile(viewer, name).and(viewer.page.locator(':focus')).waitFor();

  await keyboard.press('Tab');
  await keyboard.press('Tab');
  await focused('Garden');
  await keyboard.press('ArrowRight');
  await focused('Porch');
  await keyboard.press('ArrowDown');
  await focused('Kitchen');
  await keyboard.press('ArrowUp');
  await keyboard.press('Home');
  await focused('Garden');

  for (const key of ['Enter', ' ']) {
    await keyboard.press(key);
    await title(viewer, 'Garden').waitFor();
    await keyboard.press('Escape');
    await focused('Garden');
  }
  assert.equal(new URL(viewer.page.url()).search, '');
});

test('another camera is chosen without leaving the picture, and one step leads back to the wall', async () => {
  const viewer = await open('wall-switch', 3);
  await liveTile(viewer, 'Garden').click();
  await viewer.page.getByRole('button', { name: 'Garden' }).click();
  await viewer.page.getByRole('link', { name: 'Garage' }).click();
  await title(viewer, 'Garage').waitFor();
  await viewer.firstFrame();
  assert.match(viewer.page.url(), /\?camera=garage$/);

  await viewer.page.getByRole('link', { name: 'All cameras' }).click();

  await tile(viewer, 'Garage').and(viewer.page.locator(':focus')).waitFor();
});

test('on a phone the tiles are one below the other, and only those in sight are watched', async () => {
  const viewer = await open('wall-phone', 9, {}, phone);
  await liveTile(viewer, 'Garden').waitFor();
  await liveTile(viewer, 'Garage').waitFor();
  await viewer.screenshot('wall-phone', { animations: 'disabled' });
  const watched = () => new Set(sent(viewer, 'offer').map(({ camera }) => camera));
  assert.ok(!watched().has('roof'), 'the last camera is watched though it is below the screen');

  await tile(viewer, 'Roof').evaluate((link) => link.scrollIntoView());

  await liveTile(viewer, 'Roof').waitFor();
  const garden = sent(viewer, 'offer').find(({ camera }) => camera === 'garden')?.session;
  if (!sent(viewer, 'bye').some(({ session }) => session === garden))
    await viewer.signaling.waitFor(new RegExp(`^> .*"bye".*"${garden}"`), { from: 0 });
  const { width } = /** @type {{ width: number }} */ (await tile(viewer, 'Roof').boundingBox());
  assert.ok(width > 290, `${width}`);
});

test('a tile for which the device has no place says so, and comes in when there is one', async () => {
  const viewer = await open('wall-busy', 3, { limits: { viewers: 2 } });
  await viewer.page.getByRole('link', { name: /There is no room for another viewer/ }).waitFor();
  await viewer.page.getByRole('link', { name: / Live$/ }).nth(1).waitFor();
  await viewer.screenshot('wall-busy', { animations: 'disabled' });
  assert.equal(await viewer.page.getByRole('link', { name: / Live$/ }).count(), 2);
  const refused = await viewer.page.getByRole('link', { name: /There is no room for another viewer/ }).locator('.name').textContent();

  // Edge to edge it is the only one that this page watches.
  await tile(viewer, /** @type {string} */ (refused)).click();

  // Sooner than it would have tried again by itself.
  await viewer.firstFrame(5000);
});

test('a tile tells that its camera is away', async () => {
  const absent = { id: 'shed', name: 'Shed', source: 'v4l2', device: '/dev/video-not-there' };
  const viewer = await open('wall-away', 1, { camera: [...cameras(1), absent] });
  await liveTile(viewer, 'Garden').waitFor();

  await viewer.page.getByRole('link', { name: /^Shed Not live The camera is not there/ }).waitFor();
  await viewer.screenshot('wall-away', { animations: 'disabled' });
});
