// SPDX-License-Identifier: Apache-2.0
// The last still of a camera stands, with its age, while there is no live picture.

import assert from 'node:assert/strict';
import { rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { makeVideo } from '../support/made_video.mjs';
import { request } from '../support/requests.mjs';
import { tokenOf } from '../support/sign_in.mjs';

const suite = 'browser';
const size = { width: 320, height: 180 };
const file = path.join(os.tmpdir(), 'poster.mp4');
/** The camera's linger and the page's grace are seconds. */
const limitMs = 30_000;

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('../support/daemon.mjs').Daemon} */
let daemon;

before(async () => {
  await makeVideo(file, size);
  browser = await launchBrowser();
  daemon = await startDaemon({ suite, name: 'poster-daemon', config: testConfig({ camera: [{ id: 'front-door', source: 'file', file }] }) });
});
after(async () => {
  await browser?.close();
  await daemon?.kill();
});

/** @param {ViewerPage} viewer */
const poster = (viewer) => viewer.page.locator('fanlight-picture canvas.kept');

test('a camera that has no picture shows its last still, and how old that is', async () => {
  const headers = { authorization: `Bearer ${tokenOf(daemon.link)}` };
  const taken = await request(`${daemon.url}/api/v1/cameras/front-door/snapshot.jpg`, 'GET', undefined, headers);
  assert.equal(taken.status, 200);
  // The camera is off once nobody has wanted it for a while, and cannot be started again.
  rmSync(file);
  const states = async () => JSON.parse((await request(`${daemon.url}/api/v1/cameras`, 'GET', undefined, headers)).body).cameras;
  for (const until = performance.now() + limitMs; (await states())[0].state !== 'idle'; ) assert.ok(performance.now() < until);

  const viewer = await ViewerPage.open(browser, daemon.link, { suite });
  await poster(viewer).waitFor({ state: 'visible', timeout: limitMs });

  const shown = await poster(viewer).evaluate((canvas) => {
    const { width, height } = /** @type {HTMLCanvasElement} */ (canvas);
    const corner = /** @type {HTMLCanvasElement} */ (canvas).getContext('2d')?.getImageData(0, 0, 1, 1).data ?? [];
    return { width, height, brightness: Math.max(...Array.from(corner).slice(0, 3)) };
  });
  assert.deepEqual([shown.width, shown.height], [size.width, size.height]);
  assert.ok(shown.brightness > 100, `the test picture begins with a light bar, not with ${shown.brightness}`);
  await viewer.page.getByText(/^Picture from \d+ s ago$/).waitFor({ timeout: limitMs });
  await viewer.screenshot('poster');
  assert.deepEqual(viewer.complaints, []);
  await viewer.close();
});

test('a still is nothing that a stranger is shown', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const asked = page.waitForRequest(/poster\.jpg$/, { timeout: 2000 }).then(() => true, () => false);
  await page.goto(daemon.url);
  await page.getByRole('heading').first().waitFor();
  assert.equal(await page.locator('canvas.kept').count(), 0);
  assert.equal(await asked, false);
  await context.close();
});
