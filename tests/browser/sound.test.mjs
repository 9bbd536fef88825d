// SPDX-License-Identifier: Apache-2.0
// A camera's sound in the page: nobody hears it who did not ask, and the microphone is on for nobody else.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { findChirps } from '../support/chirp.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { PageEar } from '../support/page_ear.mjs';
import { addAxe, faultsOf } from './axe.mjs';

const suite = 'browser';
const rate = 48_000;
/** The test tone comes each second. */
const enoughSamples = 3.3 * rate;

describe('the sound of a camera', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;

  before(async () => {
    daemon = await startDaemon({ suite, name: 'sound-daemon', config: testConfig({ audio: [{ id: 'hall', microphone: 'test' }] }) });
    browser = await launchBrowser({ args: ['--autoplay-policy=no-user-gesture-required'] });
  });
  after(async () => {
    await browser?.close();
    await daemon?.stop();
  });

  /** @param {import('node:test').TestContext} t */
  async function open(t) {
    // The tap is a script of the test's, which the page's policy would not let in.
    const viewer = await ViewerPage.open(browser, daemon.link, { suite, name: 'sound', context: { bypassCSP: true } });
    t.after(() => viewer.close());
    await viewer.frames(3);
    return viewer;
  }
  /** @param {ViewerPage} viewer */
  const hear = async (viewer) => findChirps(await (await PageEar.open(viewer.page, rate)).next(enoughSamples), rate);
  /** @param {ViewerPage} viewer @param {string} state */
  const microphoneIs = (viewer, state) =>
    viewer.waitForMessage(`microphone that is ${state}`, ({ type, audio }) => type === 'state' && audio?.microphone?.state === state);

  test('is not sent before somebody turns it on', async (t) => {
    const viewer = await open(t);
    await viewer.page.getByRole('button', { name: 'Turn sound on' }).waitFor();
    assert.deepEqual(await hear(viewer), []);
    assert.equal(daemon.log.lines.some((line) => line.includes("'hall' hears")), false);
  });

  test('is heard as soon as it is turned on, and the microphone is off again once nobody hears it', async (t) => {
    const viewer = await open(t);
    await viewer.page.getByRole('button', { name: 'Turn sound on' }).click();
    await microphoneIs(viewer, 'live');

    const chirps = await hear(viewer);
    t.diagnostic(chirps.map(({ at, likeness }) => `${at.toFixed(3)} s, ${(100 * likeness).toFixed(0)} % like it`).join('; '));
    assert.ok(chirps.length >= 2, 'chirps were heard');

    await viewer.page.getByRole('button', { name: 'Turn sound off' }).click();
    await microphoneIs(viewer, 'idle');
  });
});

for (const [locale, words] of Object.entries({
  en: { on: 'Turn sound on', off: 'Turn sound off', told: 'The microphone cannot be heard. The device tries it again every few seconds.' },
  ko: { on: '소리 켜기', off: '소리 끄기', told: '마이크 소리를 들을 수 없어요. 기기가 몇 초마다 다시 켜 보고 있어요.' },
})) {
  test(`a microphone that is not there is told to who wants to hear it, in ${locale}, and the picture goes on`, async (t) => {
    const daemon = await startDaemon({
      suite, name: `no-sound-daemon-${locale}`,
      config: testConfig({ audio: [{ id: 'hall', microphone: 'alsa', microphone_device: 'hw:31' }] }),
    });
    t.after(() => daemon.stop());
    const browser = await launchBrowser();
    t.after(() => browser.close());
    const profile = await browser.newContext({ locale, viewport: { width: 390, height: 844 } });
    await addAxe(profile);
    const viewer = await ViewerPage.openIn(profile, daemon.link, { suite, name: `no-sound-${locale}` });
    await viewer.frames(3);
    const { page } = viewer;
    assert.equal(await page.locator('.notice').count(), 0);

    await page.getByRole('button', { name: words.on }).click();
    await page.locator('.notice', { hasText: words.told }).waitFor();
    await page.locator('[role=status]', { hasText: words.told }).waitFor({ state: 'attached' });
    await viewer.screenshot(`no-sound-${locale}`);
    assert.deepEqual(await faultsOf(page), []);
    await viewer.frames(10);

    await page.getByRole('button', { name: words.off }).click();
    await page.locator('.notice').waitFor({ state: 'detached' });
  });
}
