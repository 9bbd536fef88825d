// SPDX-License-Identifier: Apache-2.0
// What axe finds on every screen of the page, in both languages and colours, from a phone to a wall; and the way through
// all of it without a pointer.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { keyMustNotBeSeen } from '../support/secrets.mjs';
import { addAxe, faultsOf } from './axe.mjs';

const suite = 'browser';
const sizes = [[320, 640], [844, 390], [1280, 800], [3840, 2160]];
const camera = { source: 'test', width: 320, height: 180, framerate: 10, bitrate: 200_000 };
const cameras = [
  { ...camera, id: 'garden', name: 'Garden', pattern: 'zone-plate' },
  { ...camera, id: 'porch', name: 'Porch' },
  { id: 'shed', name: 'Shed', source: 'v4l2', device: '/dev/video-not-there' },
];
const words = {
  en: { live: 'Live', away: /^Shed Not live The camera is not there/, share: 'Share, and who watches', check: 'Check the connection', code: 'Pairing code', elsewhere: 'Use elsewhere', makeKey: 'Make a key' },
  ko: { live: '실시간', away: /^Shed 실시간 아님 카메라가 보이지 않아요/, share: '공유하기, 지금 보는 사람', check: '연결 점검하기', code: '등록 코드', elsewhere: '다른 곳에서 쓰기', makeKey: '키 만들기' },
};

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {(page: Page, said: typeof words.en) => Promise<unknown>} Step */

/** @type {import('playwright-core').Browser} */
let browser;
/** @type {import('../support/daemon.mjs').Daemon} */
let owned;
/** @type {import('../support/daemon.mjs').Daemon} */
let unowned;

before(async () => {
  browser = await launchBrowser();
  owned = await startDaemon({ suite, name: 'accessibility', config: testConfig({ camera: cameras }) });
  unowned = await startDaemon({ suite, name: 'accessibility-pairing', config: testConfig(), hasOwner: false });
});
after(async () => {
  await browser?.close();
  await owned?.kill();
  await unowned?.kill();
});

/** @param {Page} page @param {string} state */
const live = (page, state) => page.locator('.pill.on').getByText(state, { exact: true }).waitFor();

/** What is looked at, in the order of one visit. @type {[string, Step][]} */
const screens = [
  ['the wall', async (page, { live: state, away }) => {
    await page.getByRole('link', { name: `Porch ${state}`, exact: true }).waitFor();
    await page.getByRole('link', { name: away }).scrollIntoViewIfNeeded();
    await page.getByRole('link', { name: away }).waitFor();
  }],
  ['who may watch, over the wall', async (page, { share }) => {
    await page.getByRole('button', { name: share }).click();
    await page.locator('fanlight-access .item').first().waitFor();
  }],
  ['a camera that is live', async (page, { live: state }) => {
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: /^Porch / }).click();
    await live(page, state);
  }],
  ['its picture, closer', async (page) => {
    await page.keyboard.press('+');
    await page.locator('.zoom').waitFor();
  }],
  ['its details', async (page) => {
    await page.keyboard.press('0');
    await page.keyboard.press('s');
    await page.locator('.sparkline polyline').first().waitFor({ state: 'attached' });
  }],
  ['a check-up', async (page, { check }) => {
    await page.getByRole('button', { name: check }).click();
    await page.locator('fanlight-doctor .buttons').waitFor();
  }],
  ['who may watch it', async (page, { share }) => {
    await page.getByRole('button', { name: share }).click();
    await page.locator('fanlight-access .item').first().waitFor();
  }],
  ['what makes a key', async (page, { elsewhere }) => {
    await page.getByLabel(elsewhere, { exact: true }).check();
  }],
  ['the lines for elsewhere', async (page, { makeKey }) => {
    await page.locator('#name').fill('axe');
    await page.getByRole('button', { name: makeKey }).click();
    const line = await page.locator('#whep').inputValue();
    keyMustNotBeSeen(line.split('/')[4]);
  }],
  ['the list of cameras', async (page) => {
    await page.keyboard.press('Escape');
    await page.locator('.title button').click();
    await page.locator('fanlight-cameras a').first().waitFor();
  }],
  ['a camera that is away', async (page) => {
    await page.locator('fanlight-cameras a').last().click();
    await page.locator('fanlight-status summary').waitFor();
  }],
];

/** @param {string} link @param {import('playwright-core').BrowserContextOptions} context */
async function visit(link, context) {
  const profile = await browser.newContext({ reducedMotion: 'reduce', ...context });
  await addAxe(profile);
  return ViewerPage.openIn(profile, link, { suite, name: 'accessibility' });
}

for (const locale of /** @type {const} */ (['en', 'ko'])) {
  for (const colorScheme of /** @type {const} */ (['dark', 'light'])) {
    describe(`in ${locale}, ${colorScheme}`, () => {
      for (const [width, height] of sizes) {
        test(`axe finds nothing wrong on ${width} × ${height}`, async () => {
          const context = { locale, colorScheme, viewport: { width, height } };
          const guest = await visit(unowned.url, context);
          await guest.page.getByRole('textbox', { name: words[locale].code }).waitFor();
          const found = (await faultsOf(guest.page)).map((fault) => `sign-in: ${fault}`);
          await guest.close();

          const viewer = await visit(owned.link, context);
          for (const [screen, step] of screens) {
            await step(viewer.page, words[locale]);
            found.push(...(await faultsOf(viewer.page)).map((fault) => `${screen}: ${fault}`));
          }
          await viewer.close();
          assert.deepEqual(found, []);
        });
      }
    });
  }
}

test('axe would find what is wrong', async () => {
  const viewer = await visit(unowned.url, {});
  await viewer.page.getByRole('textbox').waitFor();
  await viewer.page.evaluate(() => document.body.append(document.createElement('button')));
  assert.match((await faultsOf(viewer.page)).join('\n'), /critical button-name/);
});

/** What has the keyboard, and whether a person can see that. @param {Page} page */
function focused(page) {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (!element || element === document.body) return { name: '', isSeen: false };
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    const { left, top, right, bottom, width } = element.getBoundingClientRect();
    let opacity = 1;
    for (let at = /** @type {any} */ (element); at; at = at.assignedSlot ?? at.parentElement ?? at.getRootNode().host) opacity *= Number(getComputedStyle(at).opacity);
    const isInside = width > 0 && left >= 0 && top >= 0 && right <= innerWidth && bottom <= innerHeight;
    const hasRing = outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
    return { name: element.getAttribute('aria-label') ?? element.textContent?.replace(/\s+/g, ' ').trim() ?? '', isSeen: isInside && hasRing && opacity > 0.9 };
  });
}

/** Presses a key until the keyboard is where it is wanted; on the way there it is always seen. @param {Page} page @param {string} key @param {RegExp} wanted */
async function moveTo(page, key, wanted) {
  const passed = [];
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press(key);
    // Controls that had faded come back with the keyboard, drawn with the next picture.
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const { name, isSeen } = await focused(page);
    passed.push(name);
    assert.ok(isSeen, `the keyboard is on '${name}', and nobody sees it`);
    if (wanted.test(name)) return;
  }
  assert.fail(`'${wanted}' is not reached, only '${passed.join("', '")}'`);
}

test('everything is done without a pointer, and the keyboard is always seen', async () => {
  const viewer = await visit(owned.link, { viewport: { width: 1280, height: 800 }, locale: 'en', acceptDownloads: true });
  const { page } = viewer;
  await page.getByRole('link', { name: 'Garden Live', exact: true }).waitFor();

  await moveTo(page, 'Tab', /^Garden/);
  await moveTo(page, 'ArrowRight', /^Porch/);
  await page.keyboard.press('Enter');
  await live(page, 'Live');
  assert.match(page.url(), /camera=porch/);

  await moveTo(page, 'Tab', /^This camera sends no sound$/);
  await page.keyboard.press('Enter');
  await page.locator('.sound.explained').waitFor();
  await moveTo(page, 'ArrowRight', /^Save this picture$/);
  const [download] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
  assert.match(download.suggestedFilename(), /^Porch /);
  await moveTo(page, 'ArrowRight', /^Connection details$/);
  await page.keyboard.press('Enter');
  await moveTo(page, 'Tab', /^Close$/);
  await page.keyboard.press('Escape');
  await page.locator('fanlight-statistics').waitFor({ state: 'detached' });
  assert.deepEqual(await focused(page), { name: 'Connection details', isSeen: true });

  await moveTo(page, 'Shift+Tab', /^All cameras$/);
  await page.keyboard.press('Enter');
  await page.locator('fanlight-tile').first().waitFor();
  await page.getByRole('link', { name: /^Porch / }).and(page.locator(':focus')).waitFor();
  assert.equal((await focused(page)).isSeen, true);
  await viewer.close();
});
