// SPDX-License-Identifier: Apache-2.0
// Who looks at nothing of the page watches nothing: hidden pages, and the small window over others.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PageStage } from './page_stage.mjs';

/** @typedef {import('../support/browser.mjs').ViewerPage} ViewerPage */

/** Longer than the page waits before it gives a hidden picture up. */
const graceMs = 15_000;

const stage = new PageStage();

/** @param {string} name */
async function open(name) {
  await stage.start(name);
  const viewer = await stage.open({ viewport: { width: 1280, height: 800 }, locale: 'en-GB' });
  await viewer.frames(5);
  return viewer;
}

/** Headless Chromium has no windows to put before others: the page is told, as a browser would. @param {ViewerPage} viewer @param {boolean} isHidden */
function hide(viewer, isHidden) {
  return viewer.page.evaluate((hidden) => {
    Object.defineProperty(document, 'hidden', { configurable: true, value: hidden });
    document.dispatchEvent(new Event('visibilitychange'));
  }, isHidden);
}

test('a page that stays hidden ends its session, and shows the picture again with the page', async () => {
  const viewer = await open('hidden');
  const from = viewer.signaling.lines.length;

  await hide(viewer, true);
  await viewer.signaling.waitFor(/^> .*"bye".*"left"/, { from, timeout: graceMs });
  await viewer.screenshot('hidden', { animations: 'disabled' });

  await hide(viewer, false);
  await viewer.page.getByText('Live', { exact: true }).first().waitFor();
  await viewer.frames(3);
  assert.deepEqual(viewer.complaints, []);
});

test('a page that is hidden for a moment goes on', async () => {
  const viewer = await open('hidden-shortly');
  await hide(viewer, true);
  await viewer.frames(30);
  await hide(viewer, false);
  await viewer.frames(30);

  assert.equal(await viewer.peerCount(), 1);
});

test('the small window goes on while the page is hidden, and ends with it', async (t) => {
  const viewer = await open('small-window');
  const button = viewer.page.getByRole('button', { name: 'Small window on top' });
  const isOffered = await viewer.page.evaluate(() => document.pictureInPictureEnabled);
  assert.equal(await button.count(), isOffered ? 1 : 0);
  if (!isOffered) return t.skip('this browser has no small window');

  await viewer.page.keyboard.press('p');
  await button.and(viewer.page.locator('[aria-pressed="true"]')).waitFor();
  const from = viewer.signaling.lines.length;
  await hide(viewer, true);
  await assert.rejects(viewer.signaling.waitFor(/^> .*"bye"/, { from, timeout: graceMs }), /bye/);

  await viewer.page.evaluate(() => document.exitPictureInPicture());
  await viewer.signaling.waitFor(/^> .*"bye".*"left"/, { from, timeout: 5000 });
});
