// SPDX-License-Identifier: Apache-2.0
// Somebody rings: every open page says so, whatever it shows, until somebody answers. The input is the one that rings by
// itself; tests/board has real keys and lines.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { createToken } from '../support/sign_in.mjs';
import { addAxe, faultsOf } from './axe.mjs';

const suite = 'browser';
const camera = { source: 'test', width: 640, height: 360, framerate: 10, bitrate: 300_000 };
const cameras = [
  { ...camera, id: 'garden', name: 'Garden' },
  { ...camera, id: 'porch', name: 'Porch', pattern: 'zone-plate' },
];
const input = [{ id: 'bell', name: 'Porch', source: 'test', camera: 'porch' }];
const words = {
  en: { rings: 'Somebody rings at Porch', answer: 'Answer', answered: 'Answered by Grandma' },
  ko: { rings: 'Porch에서 누가 벨을 눌렀어요', answer: '응답하기', answered: 'Grandma 님이 응답했어요' },
};
/** The first is a camera's, the second none's. */
const output = [
  { id: 'door', name: 'Front door', kind: 'test', camera: 'porch' },
  { id: 'cellar', name: 'Cellar', kind: 'test', camera: 'garden' },
];
/** The input's own pause is ten seconds. */
const ringLimitMs = 30_000;
const still = { animations: /** @type {const} */ ('disabled') };
const [phone, desktop] = [{ width: 390, height: 844 }, { width: 1280, height: 720 }];

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

for (const locale of /** @type {const} */ (['en', 'ko'])) {
  test(`who rings is told on every page, and who answered, in ${locale}`, async (t) => {
    const daemon = await startDaemon({ suite, name: `doorbell-${locale}`, config: testConfig({ camera: cameras, input }) });
    t.after(() => daemon.kill());
    const visit = async (/** @type {string} */ link, /** @type {typeof phone} */ viewport) => {
      const profile = await browser.newContext({ locale, viewport });
      await addAxe(profile);
      const viewer = await ViewerPage.openIn(profile, link, { suite, name: 'doorbell' });
      t.after(() => viewer.close());
      return viewer;
    };
    const gardener = createToken(daemon.stateDir, ['--name', 'gardener', '--camera', 'garden', '--for', '1h']);
    const grandma = createToken(daemon.stateDir, ['--name', 'Grandma', '--for', '1h']);
    const wall = await visit(daemon.link, desktop);
    const answering = await visit(daemon.linkTo('/?camera=garden', grandma), phone);
    const stranger = await visit(daemon.linkTo('/', gardener), phone);
    const { rings, answer, answered } = words[locale];

    for (const [name, { page }] of Object.entries({ wall, answering })) {
      await page.getByRole('region', { name: rings }).waitFor({ timeout: ringLimitMs });
      await page.getByRole('alert').filter({ hasText: rings }).waitFor({ state: 'attached' });
      assert.equal(await page.title(), `${rings} – Fanlight`, name);
    }
    await wall.screenshot(`rings-wall-${locale}`);
    await answering.screenshot(`rings-phone-${locale}`);
    for (const viewer of [wall, answering]) assert.deepEqual(await faultsOf(viewer.page), []);
    assert.equal(await stranger.page.getByRole('region', { name: rings }).count(), 0, 'of a camera that is not theirs');

    await answering.page.getByRole('button', { name: answer }).click();

    await wall.page.getByRole('region', { name: answered }).waitFor();
    await wall.screenshot(`answered-wall-${locale}`);
    assert.deepEqual(await faultsOf(wall.page), []);
    await answering.page.waitForURL(/camera=porch/);
    assert.equal(await answering.page.getByRole('region', { name: rings }).count(), 0);
    await answering.firstFrame(ringLimitMs);
  });
}

for (const [place, viewport] of Object.entries({ phone, desktop })) {
  test(`who may open the door does, for who rings and while they look, on a ${place}`, async (t) => {
    const daemon = await startDaemon({ suite, name: `doors-${place}`, config: testConfig({ camera: cameras, input, output }) });
    t.after(() => daemon.kill());
    const profile = await browser.newContext({ locale: 'en', viewport });
    await addAxe(profile);
    const owner = await ViewerPage.openIn(profile, daemon.linkTo('/?camera=porch'), { suite, name: 'doors' });
    t.after(() => owner.close());
    const button = (/** @type {string} */ name, /** @type {import('playwright-core').Locator | import('playwright-core').Page} */ within = owner.page) =>
      within.getByRole('button', { name, exact: true });
    await owner.firstFrame(ringLimitMs);
    assert.equal(await button('Open Cellar').count(), 0, 'of another camera');

    await button('Open Front door').first().click();
    await button('Really open Front door?').first().waitFor();
    await owner.screenshot(`door-sure-${place}`, still);
    assert.deepEqual(await faultsOf(owner.page), []);
    await button('Really open Front door?').first().click();
    await daemon.log.waitFor(/opens 'door'/);
    await button('Front door is open').first().waitFor();

    const banner = owner.page.getByRole('region', { name: words.en.rings });
    await banner.waitFor({ timeout: ringLimitMs });
    await button('Open Front door', banner).waitFor();
    await owner.screenshot(`door-rings-${place}`, still);
    assert.deepEqual(await faultsOf(owner.page), []);
  });
}

test('who may only watch has no door to open', async (t) => {
  const daemon = await startDaemon({ suite, name: 'doors-guest', config: testConfig({ camera: cameras, output }) });
  t.after(() => daemon.kill());
  const guest = await ViewerPage.open(browser, daemon.linkTo('/?camera=porch', createToken(daemon.stateDir, ['--name', 'guest', '--for', '1h'])), { suite, context: { locale: 'en', viewport: phone } });
  t.after(() => guest.close());
  await guest.firstFrame(ringLimitMs);
  assert.equal(await guest.page.getByRole('button', { name: /Front door/ }).count(), 0);
});

test('the keyboard comes to the answer first', async (t) => {
  const daemon = await startDaemon({ suite, name: 'doorbell-keyboard', config: testConfig({ camera: cameras, input }) });
  t.after(() => daemon.kill());
  const viewer = await ViewerPage.open(browser, daemon.link, { suite, context: { locale: 'en', viewport: desktop } });
  t.after(() => viewer.close());
  await viewer.page.getByRole('region', { name: words.en.rings }).waitFor({ timeout: ringLimitMs });

  await viewer.page.keyboard.press('Tab');
  await viewer.page.keyboard.press('Tab');
  await viewer.page.keyboard.press('Enter');

  await viewer.page.waitForURL(/camera=porch/);
});
