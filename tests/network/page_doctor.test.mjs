// SPDX-License-Identifier: Apache-2.0
// The doctor on the page, where something is wrong at one end: the right one of the two says so.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Stage } from './stage.mjs';

/** Between these only a relay leads. */
const apart = { camera: { boxes: [/** @type {const} */ ('symmetric')] }, viewer: { boxes: [/** @type {const} */ ('symmetric')] } };
const limitMs = 60_000;
const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-page-doctor-'));
const otherSecret = path.join(folder, 'secret');

/** @typedef {[name: string, verdict: string, words: RegExp]} Told */

/**
 * `browser` and `device`: what each says does not work, or not well, beside the clock, which nothing keeps right here
 * @type {{ name: string, topology: Parameters<typeof Stage.start>[0], options: import('./stage.mjs').Options, isLive?: boolean,
 *          browser: Told[], device: Told[] }[]}
 */
const cases = [
  { name: 'nothing is wrong', topology: {}, options: { help: 'turn' }, isLive: true, browser: [], device: [] },
  {
    name: "the relay knows neither end", topology: apart, options: { help: 'turn', server: { secret: otherSecret } },
    browser: [['Relay (TURN)', 'Does not work', /credentials/], ['Relay (TURN)', 'Does not work', /credentials/], ['Relay (TURN)', 'Does not work', /credentials/]],
    device: [['Relay (TURN)', 'Does not work', /static-auth-secret/], ['Relay (TURN)', 'Does not work', /static-auth-secret/]],
  },
  {
    name: "the viewer's network lets no UDP out", topology: { viewer: { boxes: ['no-udp'] } }, options: { help: 'turn' }, isLive: true,
    browser: [['Relay (TURN)', 'Does not work', /answer/], ['UDP', 'Could be better', /relay/]],
    device: [],
  },
  {
    name: "the device's network lets no UDP out", topology: { camera: { boxes: ['no-udp'] } }, options: { help: 'turn' }, isLive: true,
    browser: [],
    device: [['Relay (TURN)', 'Does not work', /firewall/], ['UDP', 'Could be better', /relay/]],
  },
];

/** What is in the panel's sections, but what works or was not tried. @param {import('playwright-core').Page} page */
function complaints(page) {
  return page.locator('fanlight-doctor').evaluate((panel) => {
    const lists = [...(panel.shadowRoot?.querySelectorAll('ul') ?? [])];
    const textOf = (/** @type {Element} */ of, /** @type {string} */ selector) => of.querySelector(selector)?.textContent?.trim() ?? '';
    return lists.map((list) => [...list.children]
      .map((item) => [textOf(item, '.name'), textOf(item, '.verdict'), item.textContent?.replace(/\s+/g, ' ') ?? ''])
      .filter(([name, verdict]) => verdict !== 'Works' && verdict !== 'Not tried' && name !== 'Clock'));
  });
}

describe('the page says what it is', () => {
  before(() => writeFileSync(otherSecret, 'of-another-server'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [index, { name, topology, options, isLive, ...expected }] of cases.entries())
    test(`where ${name}`, async (t) => {
      const stage = await Stage.start(`page-doctor-${index + 1}`, topology, options);
      t.after(() => stage.stop());
      const viewer = await stage.open();
      t.after(() => viewer.close());
      const { page } = viewer;
      if (isLive) {
        await viewer.frames(1, limitMs);
        await page.keyboard.press('s');
        await page.getByRole('button', { name: 'Check the connection' }).click();
      } else {
        await page.getByRole('button', { name: 'Find out why' }).click({ timeout: limitMs });
      }
      const from = performance.now();
      await page.locator('fanlight-doctor .buttons').waitFor({ timeout: limitMs });
      t.diagnostic(`told after ${((performance.now() - from) / 1000).toFixed(1)} s`);
      await viewer.screenshot(`page-doctor-${index + 1}`);
      const [browser, device] = await complaints(page);
      const [ofBrowser, ofDevice] = [browser, device].map((told) => told.map(([what, verdict]) => [what, verdict]));
      const wanted = (/** @type {Told[]} */ told) => told.map(([what, verdict]) => [what, verdict]);
      assert.deepEqual({ browser: ofBrowser, device: ofDevice }, { browser: wanted(expected.browser), device: wanted(expected.device) }, JSON.stringify({ browser, device }));
      for (const [index, [, , words]] of expected.browser.entries()) assert.match(browser[index][2], words);
      for (const [index, [, , words]] of expected.device.entries()) assert.match(device[index][2], words);
      await page.keyboard.press('Escape');
      await page.locator('fanlight-doctor').waitFor({ state: 'detached' });
    });
});
