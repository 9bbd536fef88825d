// SPDX-License-Identifier: Apache-2.0
// Names are text, whatever they look like: of the device, its cameras, and those who may watch.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Admin } from '../support/admin.mjs';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { LineLog } from '../support/events.mjs';
import { repository } from '../support/paths.mjs';
import { createToken, fetchWith } from '../support/sign_in.mjs';

const suite = 'browser';
const offer = JSON.parse(readFileSync(path.join(repository, 'tests/fixtures/offers/chromium-video-only.json'), 'utf8')).sdp;

/** Each would call `ran` where a name became more than text, fetch from elsewhere, or break out of what is around it. */
const markup = [
  '<script>ran()</script>',
  '<img src=x onerror=ran()>',
  '<svg onload=ran()>',
  '<svg><script>ran()</script></svg>',
  '<svg><animate onbegin=ran() attributeName=x dur=1s>',
  '"><svg/onload=ran()>',
  "'><img src=x onerror='ran()'>",
  '</title><script>ran()</script>',
  '</textarea><img src=x onerror=ran()>',
  '</style><script>ran()</script>',
  '<iframe src=javascript:parent.ran()>',
  '<iframe srcdoc="<script>parent.ran()</script>">',
  '<a href=javascript:ran()>here</a>',
  '<body onload=ran()>',
  '<details open ontoggle=ran()>x</details>',
  '<input autofocus onfocus=ran()>',
];
const others = [
  '<video><source onerror=ran()></video>',
  '<link rel=stylesheet href=//evil.test/x.css>',
  '<meta http-equiv=refresh content="0;url=//evil.test">',
  '<base href=//evil.test/>',
  '<template><slot name=x></slot></template>',
  '<style>*{background:url(//evil.test)}</style>',
  '--><script>ran()</script><!--',
  '<?lit$1$?><!--?lit$1$-->',
  '" autofocus onfocus="ran()',
  'javascript:ran()',
  '${ran()}`-ran()-`',
  '{{constructor.constructor("ran()")()}}',
  "\\';ran();//",
  '&lt;script&gt;ran()&lt;/script&gt;',
  '%3Cscript%3Eran()%3C/script%3E',
  '\u202e<script>ran()</script>',
];

/** Elements that are in no part of the page, and would be there if a name had been read as markup. */
const foreign = 'iframe, img, object, embed, base, math, template, animate, details, textarea, body *:is(link, meta, script)';

/** Counts what a page must never do. @param {import('playwright-core').BrowserContext} profile */
async function watch(profile) {
  const faults = new LineLog('what must not happen');
  await profile.exposeFunction('ran', () => faults.push('a script ran'));
  await profile.exposeFunction('violated', (/** @type {string} */ what) => faults.push(what));
  await profile.addInitScript(() => {
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) =>
      /** @type {any} */ (globalThis).violated(`the policy '${violatedDirective}' met ${blockedURI}`));
  });
  profile.on('request', (request) => new URL(request.url()).hostname === '127.0.0.1' || faults.push(`asked for ${request.url()}`));
  return faults;
}

for (const [kind, names] of Object.entries({ 'markup': markup, 'words that break out': others })) {
  describe(`names that are ${kind}`, () => {
    /** @type {import('../support/daemon.mjs').Daemon} */
    let daemon;
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** @type {ViewerPage} */
    let owner;
    /** @type {LineLog} */
    let faults;
    /** @type {Map<string, string>} */
    const tokens = new Map();
    const idOf = (/** @type {string} */ name) => `camera-${names.indexOf(name)}`;

    before(async () => {
      const cameras = names.map((name) => ({ id: idOf(name), name, source: 'test', width: 160, height: 90, framerate: 10, bitrate: 100_000 }));
      const device = { id: 'test', name: names[0] };
      const limits = { viewers: 64, viewers_per_source: 64 };
      daemon = await startDaemon({ suite, name: `names-${names === markup ? 1 : 2}`, config: testConfig({ device, limits, camera: cameras }) });
      const admin = await Admin.open(daemon.link);
      for (const [at, name] of names.entries()) {
        const cli = () => createToken(daemon.stateDir, [`--name=${name}`, '--for', '1h']);
        tokens.set(name, at % 2 ? cli() : (await admin.command('share', { name, rights: ['view'] })).token);
      }
      admin.close();
      browser = await launchBrowser();
      const profile = await browser.newContext({ viewport: { width: 1440, height: 900 } });
      faults = await watch(profile);
      owner = await ViewerPage.openIn(profile, daemon.link, { suite, name: 'names' });
    });
    after(async () => {
      await browser?.close();
      await daemon?.stop();
    });

    /** No name has become more than text by now. */
    async function isOnlyText(page = owner) {
      assert.equal(await page.page.locator(foreign).count(), 0);
      assert.deepEqual(faults.lines, []);
      assert.deepEqual(page.complaints, []);
    }

    const sorted = (/** @type {Iterable<string>} */ texts) => [...texts].sort();

    test('stand in the list of cameras as they are', async () => {
      const { page } = owner;
      await page.getByRole('link').last().waitFor();
      assert.equal(await page.getByRole('heading', { level: 1 }).textContent(), names[0]);
      assert.deepEqual(await page.getByRole('link').locator('.name').allTextContents(), names);
      await owner.screenshot(`names-cameras-${names === markup ? 1 : 2}`, { animations: 'disabled' });
      await isOnlyText();
    });

    test('stand in what is shared, and with whom, as they are', async () => {
      const { page } = owner;
      // Each watches, as far as the device can tell.
      for (const [name, token] of tokens) {
        const watching = await fetchWith(daemon.linkTo('/', token), `/whep/${idOf(name)}`, {
          method: 'POST', headers: { 'content-type': 'application/sdp' }, body: offer,
        });
        assert.equal(watching.status, 201, await watching.text());
      }
      await page.getByRole('button', { name: 'Share, and who watches' }).click();
      const sharing = page.getByRole('dialog', { name: 'Share' });
      await sharing.getByLabel('Some', { exact: true }).check();
      const lists = sharing.locator('fanlight-access ul');
      await lists.nth(1).locator('.name').nth(names.length).waitFor();
      for (const name of names) await lists.nth(0).locator('bdi').getByText(name, { exact: true }).waitFor();

      assert.deepEqual(await sharing.locator('.chosen bdi').allTextContents(), names);
      // The owner's wall watches, too.
      const watching = (await lists.nth(0).locator('bdi').allTextContents()).filter((name) => name !== 'Owner');
      assert.deepEqual(sorted(watching), sorted(names));
      assert.deepEqual(sorted(await lists.nth(1).locator('bdi').allTextContents()), sorted([...names, 'Owner']));
      for (const name of names) {
        await sharing.getByRole('button', { name: `End access of ${name}`, exact: true }).click();
        await sharing.getByText(`End access of ${name}?`).waitFor();
        await sharing.getByRole('button', { name: 'Keep' }).click();
      }
      await owner.screenshot(`names-sharing-${names === markup ? 1 : 2}`, { animations: 'disabled' });
      await isOnlyText();
    });

    test('stand over the new link as they are', async () => {
      const sharing = owner.page.getByRole('dialog', { name: 'Share' });
      await sharing.getByLabel('All', { exact: true }).check();
      for (const name of names) {
        await sharing.getByRole('textbox', { name: 'Who is it for?' }).fill(name);
        await sharing.getByRole('button', { name: 'Make a link' }).click();
        await sharing.getByRole('heading', { name: `Link for ${name}`, exact: true }).waitFor();
        await sharing.getByRole('button', { name: 'Share with somebody else' }).click();
      }
      await isOnlyText();
    });

    test('stand over the picture and in the browser’s own list of pages as they are', async () => {
      const { page } = owner;
      for (const name of names) {
        await page.goto(`${daemon.url}/?camera=${idOf(name)}`);
        await page.locator('.top .name').getByText(name, { exact: true }).waitFor();
        assert.equal(await page.title(), `${name} – Fanlight`);
        assert.equal(await page.locator('video').getAttribute('aria-label'), `Live picture of ${name}`);
        await isOnlyText();
      }
    });

    test('stand before their own bearer as they are', async () => {
      const profile = await browser.newContext();
      const guestFaults = await watch(profile);
      const [name, token] = [...tokens][1];
      const guest = await ViewerPage.openIn(profile, daemon.linkTo('/', token), { suite, name: 'names-guest' });
      await guest.page.getByRole('button', { name: 'You on this device' }).click();
      await guest.page.locator('fanlight-account bdi').waitFor();
      assert.equal(await guest.page.locator('fanlight-account bdi').textContent(), name);
      assert.deepEqual(guestFaults.lines, []);
      await isOnlyText(guest);
    });
  });
}

test('what watches for scripts would see one', async () => {
  const browser = await launchBrowser();
  try {
    const profile = await browser.newContext();
    const faults = await watch(profile);
    const page = await profile.newPage();
    await page.setContent(markup.join(''));
    await faults.waitFor(/^a script ran$/);
  } finally {
    await browser.close();
  }
});
