// SPDX-License-Identifier: Apache-2.0
// The owner makes a key for a player on the page, takes the lines along, and ends the key.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { keyMustNotBeSeen } from '../support/secrets.mjs';

const suite = 'browser';
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1440, height: 900 } };
const still = { animations: /** @type {const} */ ('disabled') };
const cameras = ['Garden', 'Porch', 'Attic'].map((name) => ({
  id: name.toLowerCase(), name, source: 'test', width: 320, height: 180, framerate: 15, bitrate: 300_000,
}));

/** @typedef {import('playwright-core').Page} Page */

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('../support/daemon.mjs').Daemon} */
let daemon;
before(async () => {
  browser = await launchBrowser();
  // The second is not loopback: as in a home, without a secure context.
  const http = { listen: ['127.0.0.1:0', '192.0.2.1:0'] };
  daemon = await startDaemon({ suite, name: 'elsewhere', config: testConfig({ camera: cameras, http }) });
});
after(async () => {
  await browser?.close();
  await daemon?.stop();
});
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

/** The owner's page with the panel open. @param {string} link @param {import('playwright-core').BrowserContextOptions} [context] */
async function openSharing(link, context = desktop) {
  const viewer = await ViewerPage.openIn(await browser.newContext(context), link, { suite, name: 'elsewhere' });
  await viewer.page.getByRole('button', { name: 'Share, and who watches' }).click();
  return { viewer, sharing: viewer.page.getByRole('dialog', { name: 'Share' }) };
}

/** What stands in a line. @param {import('playwright-core').Locator} sharing @param {string} title */
const lineOf = (sharing, title) => sharing.getByRole('textbox', { name: title, exact: true }).inputValue();

/** Makes a key, and says what it is. @param {import('playwright-core').Locator} sharing @param {string} name @param {string[]} choices */
async function makeKey(sharing, name, choices) {
  await sharing.getByLabel('Use elsewhere').check();
  await sharing.getByRole('textbox', { name: 'Where will it be used?' }).fill(name);
  for (const choice of choices) await sharing.getByLabel(choice, { exact: true }).check();
  await sharing.getByRole('button', { name: 'Make a key' }).click();
  await sharing.getByRole('heading', { name: `Key for ${name}` }).waitFor();
  const key = /\/k\/([^/]+)\//.exec(await lineOf(sharing, 'WHEP'))?.[1] ?? '';
  assert.notEqual(key, '');
  keyMustNotBeSeen(key);
  return key;
}

for (const [place, view] of Object.entries({ phone, desktop })) {
  test(`the owner makes a key, its lines lead to the camera, and it is ended, on a ${place}`, async () => {
    const { viewer, sharing } = await openSharing(daemon.linkTo('/?camera=garden'), view);
    await sharing.getByLabel('Use elsewhere').check();
    assert.equal(await sharing.getByRole('switch').count(), 0, 'a key has rights to choose');
    await viewer.screenshot(`elsewhere-form-${place}`, still);
    const key = await makeKey(sharing, 'recorder', ['1 day']);
    await viewer.screenshot(`elsewhere-lines-${place}`, still);

    const [whep, snapshot] = [await lineOf(sharing, 'WHEP'), await lineOf(sharing, 'Still picture')];
    assert.equal(whep, `${daemon.url}/k/${key}/whep/garden`);
    const picture = await fetch(snapshot);
    assert.deepEqual([picture.status, picture.headers.get('content-type')], [200, 'image/jpeg']);
    assert.equal((await fetch(whep)).status, 200);
    assert.equal((await fetch(whep.replace('garden', 'porch'))).status, 403);
    const obs = await ViewerPage.openIn(await browser.newContext(), await lineOf(sharing, 'OBS'), { suite, name: 'elsewhere-obs' });
    await obs.firstFrame();
    await obs.close();
    assert.ok((await lineOf(sharing, 'GStreamer')).includes(` whep-endpoint=${whep} `));

    const item = sharing.locator('.item').filter({ hasText: 'recorder' });
    assert.match((await item.innerText()).split(/\s+/).join(' '), /^recorder Key Watch · Garden · Until /);
    await sharing.getByRole('button', { name: 'End access of recorder' }).click();
    await sharing.getByText('End the key of recorder?').waitFor();
    await viewer.screenshot(`elsewhere-question-${place}`, still);
    await sharing.getByRole('button', { name: 'End access', exact: true }).click();
    await item.waitFor({ state: 'detached' });
    assert.deepEqual([(await fetch(snapshot)).status, (await fetch(whep)).status], [401, 401]);
    assert.deepEqual(viewer.complaints, []);
  });
}

test('a key of several cameras has the lines of each', async () => {
  const { sharing } = await openSharing(daemon.link);
  const key = await makeKey(sharing, 'wall', ['Some', 'Garden', 'Porch', 'Without end']);

  assert.deepEqual(await sharing.getByRole('combobox').locator('option').allTextContents(), ['Garden', 'Porch']);
  await sharing.getByRole('combobox').selectOption('Porch');

  assert.equal(await lineOf(sharing, 'WHEP'), `${daemon.url}/k/${key}/whep/porch`);
  assert.equal((await fetch(await lineOf(sharing, 'Still picture'))).status, 200);
  assert.equal((await fetch(`${daemon.url}/k/${key}/whep/attic`)).status, 403);
});

test('a key of all cameras names those that there are', async () => {
  const { sharing } = await openSharing(daemon.link);
  await makeKey(sharing, 'video wall', ['All']);

  const item = sharing.locator('.item').filter({ hasText: 'video wall' });
  await item.waitFor();
  assert.match((await item.innerText()).split(/\s+/).join(' '), / · (Garden|Attic|Porch)(, (Garden|Attic|Porch)){2} · /);
});

describe('a line is copied', () => {
  /** Who may read the clipboard sees what a person would paste. @param {Page} page */
  async function pasted(page) {
    await page.getByRole('button', { name: 'Make another' }).click();
    await page.getByRole('textbox', { name: 'Where will it be used?' }).focus();
    await page.keyboard.press('Control+V');
    return page.getByRole('textbox', { name: 'Where will it be used?' }).inputValue();
  }

  for (const [network, listener] of Object.entries({ 'in a secure context': 0, 'over plain HTTP, without a clipboard': 1 })) {
    test(network, async () => {
      const link = daemon.linkFrom(listener);
      const { viewer, sharing } = await openSharing(link, { ...desktop, permissions: ['clipboard-read', 'clipboard-write'] });
      assert.equal(await viewer.page.evaluate(() => isSecureContext), listener === 0);
      await makeKey(sharing, 'OBS', ['Some', 'Garden']);
      const wanted = await lineOf(sharing, 'Still picture');

      await sharing.getByRole('button', { name: 'Copy: Still picture' }).click();

      await sharing.getByRole('status').filter({ hasText: 'Copied: Still picture' }).waitFor();
      assert.ok(wanted.startsWith(daemon.urls[listener]));
      assert.equal(await pasted(viewer.page), wanted);
    });
  }

  test('by hand where the browser refuses, and is selected for that', async () => {
    const { viewer, sharing } = await openSharing(daemon.linkFrom(1));
    await makeKey(sharing, 'OBS', ['Some', 'Garden']);
    // Browsers may refuse it; this one does not.
    await viewer.page.evaluate(() => void (document.execCommand = () => false));

    await sharing.getByRole('button', { name: 'Copy: WHEP' }).click();

    await sharing.getByRole('alert').filter({ hasText: 'This browser does not let the page copy.' }).waitFor();
    const field = sharing.getByRole('textbox', { name: 'WHEP' });
    const selected = await field.evaluate((/** @type {HTMLTextAreaElement} */ { value, selectionStart, selectionEnd }) =>
      value.slice(selectionStart, selectionEnd));
    assert.equal(selected, await field.inputValue());
    assert.ok(await field.evaluate((one) => one.matches(':focus')));
  });
});

test('who may not share is offered no keys', async () => {
  const { sharing, viewer } = await openSharing(daemon.link);
  await sharing.getByRole('textbox', { name: 'Who is it for?' }).fill('guest');
  await sharing.getByRole('button', { name: 'Make a link' }).click();
  await sharing.getByRole('heading', { name: 'Link for guest' }).waitFor();
  const link = await sharing.getByRole('textbox', { name: 'Link' }).inputValue();
  const guest = await ViewerPage.openIn(await browser.newContext(desktop), link, { suite, name: 'elsewhere-guest' });
  await guest.page.getByRole('link', { name: /^Garden/ }).waitFor();

  assert.equal(await guest.page.getByRole('button', { name: 'Share, and who watches' }).count(), 0);
  await viewer.close();
});
