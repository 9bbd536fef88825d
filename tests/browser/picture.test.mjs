// SPDX-License-Identifier: Apache-2.0
// What a person does with the picture itself: saves it, looks closer, gives it the whole screen.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { PageStage } from './page_stage.mjs';

/** @typedef {import('../support/browser.mjs').ViewerPage} ViewerPage */

const desktop = { viewport: { width: 1280, height: 800 }, locale: 'en-GB' };

const stage = new PageStage();

const camera = { id: 'front-door', name: 'Front door', source: 'test', width: 640, height: 360, framerate: 30, bitrate: 1_000_000 };

/**
 * @param {string} name @param {import('playwright-core').BrowserContextOptions} [context]
 * @param {import('../support/daemon.mjs').Config} [changes] of the camera
 */
async function open(name, context = desktop, changes = {}) {
  await stage.start(name, { camera: [{ ...camera, ...changes }] });
  return stage.open(context);
}

/** Width and height of a JPEG, and how many different bytes its picture has. @param {Buffer} file */
function readJpeg(file) {
  assert.equal(file.readUInt16BE(0), 0xffd8, 'not a JPEG');
  let at = 2;
  while (![0xc0, 0xc2].includes(file[at + 1])) at += 2 + file.readUInt16BE(at + 2);
  return { width: file.readUInt16BE(at + 7), height: file.readUInt16BE(at + 5), bytes: file.length };
}

test('the picture is saved as a file, in its own size, with its camera and time in the name', async () => {
  const viewer = await open('still', { ...desktop, acceptDownloads: true });
  await viewer.frames(5);

  for (const save of [() => viewer.page.keyboard.press('c'), () => viewer.page.getByRole('button', { name: 'Save this picture' }).click()]) {
    const [download] = await Promise.all([viewer.page.waitForEvent('download'), save()]);
    assert.match(download.suggestedFilename(), /^Front door \d{4}-\d\d-\d\d \d\d\.\d\d\.\d\d\.jpg$/);
    const { width, height, bytes } = readJpeg(readFileSync(await download.path()));
    assert.deepEqual({ width, height }, { width: 640, height: 360 });
    // A black picture of this size has a few kilobytes.
    assert.ok(bytes > 10_000, `${bytes} bytes`);
    await viewer.page.getByRole('status').filter({ hasText: `Saved as ${download.suggestedFilename()}` }).waitFor();
  }
  await viewer.screenshot('still', { animations: 'disabled' });
  assert.deepEqual(viewer.complaints, []);
});

test('without a picture there is none to save, and the button says so', async () => {
  const viewer = await open('no-still', desktop, { source: 'v4l2', device: '/dev/video-not-there' });
  const button = viewer.page.getByRole('button', { name: 'There is no picture to save yet' });
  await button.waitFor();

  assert.equal(await button.getAttribute('aria-disabled'), 'true');
  await viewer.page.keyboard.press('c');
  await viewer.page.getByRole('status').filter({ hasText: 'There is no picture to save yet' }).waitFor();
});

/** Where the picture is on the screen, edges rounded. @param {ViewerPage} viewer */
async function pictureBox(viewer) {
  const box = await viewer.page.locator('video').boundingBox();
  assert.ok(box);
  return { left: Math.round(box.x), top: Math.round(box.y), right: Math.round(box.x + box.width), bottom: Math.round(box.y + box.height) };
}

/** @param {ViewerPage} viewer @param {string} factor */
const zoomBadge = (viewer, factor) => viewer.page.getByRole('button', { name: `Zoom ${factor}. Show the whole picture` });

test('keys, wheel and mouse look closer, never past the edges', async () => {
  // As the picture, so that it fills the screen.
  const viewer = await open('zoom', { viewport: { width: 1280, height: 720 }, locale: 'en-GB' });
  await viewer.frames(3);
  const whole = await pictureBox(viewer);
  const { keyboard, mouse } = viewer.page;

  await keyboard.press('+');
  await zoomBadge(viewer, '1.5×').waitFor();
  assert.deepEqual(await pictureBox(viewer), { left: -320, top: -180, right: 1600, bottom: 900 });
  for (let step = 0; step < 12; step++) await keyboard.press('ArrowLeft');
  assert.equal((await pictureBox(viewer)).left, 0);
  await keyboard.press('0');
  assert.deepEqual(await pictureBox(viewer), whole);
  await zoomBadge(viewer, '1.5×').waitFor({ state: 'detached' });

  for (let step = 0; step < 8; step++) await keyboard.press('+');
  await zoomBadge(viewer, '8×').waitFor();
  await zoomBadge(viewer, '8×').click();
  assert.deepEqual(await pictureBox(viewer), whole);

  await mouse.move(0, 0);
  await mouse.wheel(0, -400);
  await viewer.page.locator('.zoom').waitFor();
  const corner = await pictureBox(viewer);
  assert.deepEqual([corner.left, corner.top], [0, 0]);
  assert.ok(corner.right > 2000, `${corner.right}`);
  await mouse.move(600, 400);
  await mouse.down();
  await mouse.move(500, 340, { steps: 4 });
  await mouse.up();
  const dragged = await pictureBox(viewer);
  // The first few pixels may have been a click.
  assert.ok(dragged.left <= -75 && dragged.left >= -100 && dragged.top <= -45, JSON.stringify(dragged));
  await viewer.screenshot('zoom', { animations: 'disabled' });
  await keyboard.press('Escape');
  assert.deepEqual(await pictureBox(viewer), whole);
  assert.deepEqual(viewer.complaints, []);
});

test('fingers look closer: two that spread, or one that taps twice', async () => {
  const viewer = await open('zoom-touch', { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true, locale: 'en-GB' });
  await viewer.frames(3);
  const whole = await pictureBox(viewer);

  await viewer.page.touchscreen.tap(100, 350);
  await viewer.page.touchscreen.tap(100, 350);
  await zoomBadge(viewer, '2.5×').waitFor();
  assert.ok((await pictureBox(viewer)).left <= 0);
  await viewer.screenshot('zoom-touch', { animations: 'disabled' });
  await zoomBadge(viewer, '2.5×').tap();
  assert.deepEqual(await pictureBox(viewer), whole);

  const touch = await viewer.page.context().newCDPSession(viewer.page);
  const fingers = (/** @type {'touchStart' | 'touchMove' | 'touchEnd'} */ type, /** @type {number} */ apart) => touch.send('Input.dispatchTouchEvent', {
    type, touchPoints: type === 'touchEnd' ? [] : [{ x: 195 - apart, y: 350, id: 0 }, { x: 195 + apart, y: 350, id: 1 }],
  });
  await fingers('touchStart', 40);
  for (const apart of [60, 80, 100, 120]) await fingers('touchMove', apart);
  await fingers('touchEnd', 0);
  await zoomBadge(viewer, '3×').waitFor();
  assert.equal(await viewer.page.evaluate(() => visualViewport?.scale), 1);
});

test('the whole screen is taken and left again, and the button says which', async () => {
  const viewer = await open('full-screen');
  await viewer.frames(3);
  const { page } = viewer;
  const button = (/** @type {string} */ name) => page.getByRole('button', { name, exact: true });

  await page.keyboard.press('f');
  await button('Leave full screen').waitFor();
  await viewer.screenshot('full-screen');
  await button('Leave full screen').click();
  await button('Full screen').waitFor();
  assert.equal(await page.evaluate(() => document.fullscreenElement), null);
  assert.deepEqual(viewer.complaints, []);
});
