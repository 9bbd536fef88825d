// SPDX-License-Identifier: Apache-2.0
// What a person does with the picture itself: saves it, looks closer.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, afterEach, before, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';

const suite = 'browser';
const desktop = { viewport: { width: 1280, height: 800 }, locale: 'en-GB' };

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('../support/daemon.mjs').Daemon | undefined} */
let daemon;

before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()));
  await daemon?.kill();
  daemon = undefined;
});

const camera = { id: 'front-door', name: 'Front door', source: 'test', width: 640, height: 360, framerate: 30, bitrate: 1_000_000 };

/**
 * @param {string} name @param {import('playwright-core').BrowserContextOptions} [context]
 * @param {import('../support/daemon.mjs').Config} [changes] of the camera
 */
async function open(name, context = desktop, changes = {}) {
  daemon = await startDaemon({ suite, name, config: testConfig({ camera: [{ ...camera, ...changes }] }) });
  return ViewerPage.open(browser, daemon.link, { suite, context });
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
