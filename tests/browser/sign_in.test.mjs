// SPDX-License-Identifier: Apache-2.0
// Getting in, letting others in, and ending it, as people do it on the page.

import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { commandKinds, commandMessages, nothingThere } from '../support/commands.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { tokenMustNotBeSeen } from '../support/secrets.mjs';
import { createToken, tokenOf } from '../support/sign_in.mjs';

const suite = 'browser';
const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1440, height: 900 } };
const still = { animations: /** @type {const} */ ('disabled') };
/** Who is the owner for years must not be asked for the link again after a month. */
const longSeconds = 365 * 24 * 3600;
/** Beyond every control of the page. */
const mostTabs = 30;

/** @typedef {import('playwright-core').Page} Page */
/** @typedef {import('../support/daemon.mjs').Daemon} Daemon */

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());
afterEach(() => Promise.all(browser.contexts().map((context) => context.close())));

/** A browser of their own, at this address. @param {string} link @param {import('playwright-core').BrowserContextOptions} [context] */
async function visit(link, context = desktop) {
  return ViewerPage.openIn(await browser.newContext(context), link, { suite });
}

/** Opens the panel as with the mouse. @param {Page} page */
async function openSharing(page) {
  await page.getByRole('button', { name: 'Share, and who watches' }).click();
  return page.getByRole('dialog', { name: 'Share' });
}

/** The next answer to what the page asks of a route. @param {Page} page @param {string} path */
function answerOf(page, path) {
  return page.waitForResponse((response) => new URL(response.url()).pathname === path);
}

/** Who comes without anything is offered nothing, not even a field. @param {Page} page @param {string} url @param {string} title */
async function staysPrivate(page, url, title) {
  const pairing = answerOf(page, '/api/v1/pair');
  await page.goto(url);
  await page.getByRole('heading', { name: title }).waitFor();
  assert.deepEqual(await (await pairing).json(), { open: false });
  assert.equal(await page.getByRole('textbox').count(), 0);
}

/** What the keyboard is on, within shadow trees too. @param {Page} page */
function focusedLabel(page) {
  return page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim();
  });
}

/**
 * All that the page leaves behind where a script, or the next person at this tab, finds it. The browser's own list of
 * visited addresses has the link as it was opened: no page can change that.
 * @param {Page} page
 */
async function keptBy(page) {
  const { cookies: _, ...stored } = await page.context().storageState({ indexedDB: true });
  const inPage = await page.evaluate(async () => ({
    address: location.href,
    title: document.title,
    name: window.name,
    state: history.state,
    local: { ...localStorage },
    session: { ...sessionStorage },
    databases: await indexedDB.databases(),
    caches: await caches.keys(),
    visible: document.cookie,
    referrer: document.referrer,
  }));
  const history = await (await page.context().newCDPSession(page)).send('Page.getNavigationHistory');
  return { inPage, stored, history: history.entries.map(({ url }) => url) };
}

describe('a device with an owner', () => {
  /** @type {Daemon} */
  let daemon;
  before(async () => {
    daemon = await startDaemon({ suite, name: 'sign-in-daemon' });
  });
  after(() => daemon?.stop());

  test('a link shows the picture, and its token stays in a cookie that no script sees', async (t) => {
    const token = tokenOf(daemon.link);
    const viewer = await visit('about:blank');
    const login = answerOf(viewer.page, '/api/v1/login');
    await viewer.page.goto(daemon.link);
    await viewer.firstFrame();
    assert.equal((await login).status(), 200);

    const kept = await keptBy(viewer.page);

    t.diagnostic(`kept: ${JSON.stringify(kept)}`);
    assert.equal(kept.inPage.address, `${daemon.url}/`);
    assert.deepEqual(kept.history, ['about:blank', `${daemon.url}/`]);
    assert.ok(!JSON.stringify(kept).includes(token.slice(-20)), 'the token was kept');
    const [cookie, ...others] = await viewer.page.context().cookies();
    assert.deepEqual(others, []);
    assert.deepEqual([cookie.name, cookie.httpOnly, cookie.sameSite, cookie.path], ['fanlight-test', true, 'Strict', '/']);
    assert.ok(cookie.expires > Date.now() / 1000 + longSeconds, `the cookie ends at ${cookie.expires}`);
    assert.deepEqual(viewer.complaints, []);
  });

  test('the cookie alone is enough from then on', async () => {
    const viewer = await visit(daemon.link);
    await viewer.firstFrame();
    const from = viewer.signaling.lines.length;

    await viewer.page.reload();

    await viewer.firstFrame();
    const hello = viewer.signaling.lines.slice(from).find((line) => line.includes('"hello"'));
    assert.deepEqual(JSON.parse(hello?.slice(2) ?? ''), { type: 'hello' });
    const other = await ViewerPage.openIn(viewer.page.context(), daemon.url, { suite, name: 'other-tab' });
    await other.firstFrame();
  });

  for (const [place, view] of Object.entries({ phone, desktop })) {
    for (const [locale, title] of Object.entries({ 'en-GB': 'This camera is private', 'ko-KR': '초대받은 사람만 볼 수 있어요' })) {
      test(`who has no link is told so on a ${place}, in ${locale}`, async () => {
        const viewer = await visit('about:blank', { ...view, locale });
        const { page } = viewer;

        await staysPrivate(page, daemon.url, title);

        await viewer.screenshot(`private-${place}-${locale}`, still);
        assert.equal(await page.locator('video').count(), 0);
        assert.deepEqual(viewer.complaints, []);
      });
    }
  }

  test('who signs out is out, until the link is opened again', async () => {
    const viewer = await visit(daemon.link);
    const { page } = viewer;
    await viewer.firstFrame();
    const sharing = await openSharing(page);

    await sharing.getByRole('button', { name: 'Sign out' }).click();

    await page.getByRole('heading', { name: 'You are signed out' }).waitFor();
    assert.deepEqual(await page.context().cookies(), []);
    await page.reload();
    await page.getByRole('heading', { name: 'This camera is private' }).waitFor();
    await page.goto(daemon.link);
    await viewer.firstFrame();
  });

  test('the keyboard alone makes a link', async () => {
    const viewer = await visit(daemon.link);
    const { page } = viewer;
    await viewer.firstFrame();
    for (let tabs = 0; (await focusedLabel(page)) !== 'Share, and who watches'; tabs++) {
      assert.ok(tabs < mostTabs, 'the share button is not reached');
      await page.keyboard.press('Tab');
    }

    await page.keyboard.press('Enter');
    const sharing = page.getByRole('dialog', { name: 'Share' });
    await sharing.getByRole('textbox', { name: 'Who is it for?' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.type('Grandpa');
    await page.keyboard.press('Enter');
    await sharing.getByRole('heading', { name: 'Link for Grandpa' }).and(page.locator(':focus')).waitFor();
    await page.keyboard.press('Tab');
    assert.equal(await focusedLabel(page), 'Link');
    assert.match(await page.evaluate(() => String(getSelection())), /#token=/);
    await page.keyboard.press('Escape');

    await sharing.waitFor({ state: 'detached' });
    assert.equal(await focusedLabel(page), 'Share, and who watches');
  });
});

test('the code that the device shows makes a browser the owner’s, once', async (t) => {
  const daemon = await startDaemon({ suite, name: 'pairing-daemon', hasOwner: false });
  t.after(() => daemon.kill());
  const { match } = await daemon.waitForLog(/ type the pairing code (\S+) within /);
  const code = match[1];
  const viewer = await visit(daemon.url, phone);
  const { page } = viewer;
  const field = page.getByRole('textbox', { name: 'Pairing code' });
  await field.tap();
  await viewer.screenshot('pairing-phone', still);

  await page.keyboard.type(`${code.startsWith('7') ? '8' : '7'}${code.slice(1)}`);
  await page.keyboard.press('Enter');
  await page.getByRole('alert').filter({ hasText: 'That is not the code.' }).waitFor();
  await viewer.screenshot('pairing-wrong-phone', still);
  await page.keyboard.type(code.replace('-', '').toLowerCase());
  assert.equal(await field.inputValue(), code);
  await page.keyboard.press('Enter');

  await viewer.firstFrame();
  const welcome = await viewer.waitForMessage('welcome', ({ type }) => type === 'welcome');
  assert.ok(welcome.message.rights.includes('admin'));
  await daemon.waitForLog(/ is the owner of this device from now on$/);
  const stranger = await visit('about:blank', phone);
  await staysPrivate(stranger.page, daemon.url, 'This camera is private');
});

describe('a camera that is shared', () => {
  /** @type {Daemon} */
  let daemon;
  /** @type {ViewerPage} */
  let owner;
  /** @type {ViewerPage} */
  let guest;

  const cameras = ['Garden', 'Porch', 'Attic'].map((name) => ({
    id: name.toLowerCase(), name, source: 'test', width: 320, height: 180, framerate: 15, bitrate: 300_000,
  }));

  before(async () => {
    // The second is not loopback: as in a home, without a secure context.
    const http = { listen: ['127.0.0.1:0', '192.0.2.1:0'] };
    daemon = await startDaemon({ suite, name: 'sharing-daemon', config: testConfig({ camera: cameras, http }) });
  });
  after(() => daemon?.stop());

  /** What the owner fills in, and the link that comes of it. @param {Page} page @param {string} name @param {string[]} choices */
  async function share(page, name, choices) {
    const sharing = await openSharing(page);
    await sharing.getByRole('textbox', { name: 'Who is it for?' }).fill(name);
    for (const choice of choices) await sharing.getByLabel(choice, { exact: true }).check();
    await sharing.getByRole('button', { name: 'Make a link' }).click();
    await sharing.getByRole('heading', { name: `Link for ${name}` }).waitFor();
    const link = await sharing.getByRole('textbox', { name: 'Link' }).inputValue();
    tokenMustNotBeSeen(tokenOf(link));
    return { sharing, link };
  }

  /** Of a token, without asking the device. @param {string} link */
  const claimsOf = (link) => JSON.parse(Buffer.from(tokenOf(link).split('.')[1], 'base64url').toString());

  /** The device's refusals of commands that a page sends on a channel of its own. @param {Page} page */
  const tryCommands = (page) => page.evaluate((messages) => new Promise((resolve, reject) => {
    /** @type {Record<string, string>} */
    const answers = {};
    const socket = new WebSocket(`${location.origin.replace('http', 'ws')}/api/v1/signaling`, 'fanlight.v1');
    socket.onopen = () => socket.send('{"type":"hello"}');
    socket.onclose = reject;
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      if (message.type === 'welcome') for (const one of messages) socket.send(JSON.stringify(one));
      if (message.type === 'result') answers[message.id] = message.ok ? 'ok' : message.error.code;
      if (Object.keys(answers).length === messages.length) resolve(answers);
    };
  }), commandMessages());

  for (const [place, view] of Object.entries({ phone, desktop })) {
    test(`the owner lets somebody in, sees them watch, and ends it, on a ${place}`, async (t) => {
      owner = await visit(daemon.linkTo('/?camera=garden'), view);
      await owner.firstFrame();
      const { sharing, link } = await share(owner.page, 'Grandma', ['1 day']);
      await owner.screenshot(`share-link-${place}`, still);
      const { rights, cameras: scope, iat, exp } = claimsOf(link);
      assert.deepEqual({ rights, scope, seconds: exp - iat }, { rights: ['view'], scope: ['garden'], seconds: 86_400 });
      assert.equal(link.split('#')[0], `${daemon.url}/?camera=garden`);

      guest = await visit(link, view);
      await guest.firstFrame();
      const { message: welcome } = await guest.waitForMessage('welcome', ({ type }) => type === 'welcome');
      assert.deepEqual(welcome.rights, ['view']);
      assert.deepEqual(welcome.cameras.map((/** @type {any} */ { id }) => id), ['garden']);
      const labels = await guest.page.getByRole('button').evaluateAll((all) => all.map((one) => one.ariaLabel ?? one.textContent));
      t.diagnostic(`the guest's controls: ${labels.join(', ')}`);
      assert.ok(!labels.some((label) => /share|talk|microphone/i.test(label ?? '')), labels.join());
      // What a viewer may is about a session of their own, or a door: the channel that asks has none, nor the device.
      const refusals = commandKinds.map(({ name, needs, of }) => [name, needs === 'view' && of ? nothingThere[of] : 'forbidden']);
      assert.deepEqual(await tryCommands(guest.page), Object.fromEntries(refusals));
      await guest.screenshot(`guest-${place}`, still);

      await sharing.getByRole('button', { name: 'End what Grandma watches' }).click();
      await guest.page.getByText('The camera’s owner ended this').first().waitFor();
      await owner.screenshot(`share-lists-${place}`, still);
      await guest.page.getByRole('button', { name: 'Try again' }).click();
      await guest.firstFrame();

      await sharing.getByRole('button', { name: 'End access of Grandma' }).click();
      await owner.screenshot(`share-question-${place}`, still);
      await sharing.getByRole('button', { name: 'End access', exact: true }).click();
      await guest.page.getByRole('heading', { name: 'Your access was ended' }).waitFor();
      await guest.screenshot(`ended-access-${place}`, still);
      await sharing.getByRole('button', { name: 'End access of Grandma' }).waitFor({ state: 'detached' });
      assert.equal(await guest.page.locator('video').count(), 0);
      await guest.page.reload();
      await guest.page.getByRole('heading', { name: 'Your access was ended' }).waitFor();
      await owner.frames(10);
    });
  }

  test('a guest of some cameras has a list of those, and of no other', async () => {
    owner = await visit(daemon.linkTo('/'));
    const { link } = await share(owner.page, 'Neighbour', ['Some', 'Garden', 'Porch']);
    guest = await visit(link);
    await guest.page.getByRole('link', { name: 'Garden' }).waitFor();
    await guest.screenshot('guest-list', still);

    assert.deepEqual(await guest.page.getByRole('link').locator('.name').allTextContents(), ['Garden', 'Porch']);
    assert.equal(await guest.page.getByRole('button', { name: 'Share, and who watches' }).count(), 0);
    // Whether there is another one is not for them to know.
    for (const other of ['attic', 'cellar']) {
      await guest.page.goto(`${daemon.url}/?camera=${other}`);
      await guest.page.getByText('There is no such camera here').first().waitFor();
    }
  });

  test('only who may talk is told how a browser gives the microphone', async () => {
    const words = 'Browsers give the microphone only to pages with HTTPS.';
    for (const [rights, count] of /** @type {const} */ ([['view', 0], ['view,talk', 1]])) {
      const token = createToken(daemon.stateDir, ['--name', rights, '--rights', rights, '--camera', 'garden', '--for', '1h']);
      guest = await visit(`${daemon.urls[1]}/#token=${token}`);
      await guest.firstFrame();
      await guest.page.keyboard.press('s');
      await guest.page.getByRole('button', { name: 'Sign out' }).waitFor();
      assert.equal(await guest.page.getByText(words).count(), count, rights);
    }
  });
});
