// SPDX-License-Identifier: Apache-2.0
// The web's own attacks: pages of others, in the browser in which the owner is signed in, try to use the device.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Admin } from '../support/admin.mjs';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { repository } from '../support/paths.mjs';
import { createToken } from '../support/sign_in.mjs';
import { tryEverything } from './attempts.mjs';
import { Witness } from './witness.mjs';

const suite = 'browser';
const camera = 'front-door';
const fixture = (/** @type {string} */ name) => JSON.parse(readFileSync(path.join(repository, 'tests/fixtures', name), 'utf8'));
/** @type {{ routes: { method: string, path: string, needs: string }[] }} */
const surface = fixture('access/surface.json');
const offer = fixture('offers/chromium-page.json').sdp;

/** What lets others see or embed an answer. */
const isPermission = (/** @type {string} */ header) => /^(access-control-|cross-origin-embedder|set-cookie)/.test(header);
/** @typedef {import('./witness.mjs').Answer} Answer */
const looks = (/** @type {Answer} */ { method, isUpgrade }) => ['GET', 'HEAD', 'OPTIONS'].includes(method) && !isUpgrade;

/** A site that is not the device's: the same empty page at every address of it. */
class EvilSite {
  #server = http.createServer((_, response) => response.setHeader('content-type', 'text/html').end(EvilSite.page));
  static page = '<!doctype html><meta charset="utf-8"><title>A nice page</title><body></body>';

  static async start() {
    const site = new EvilSite();
    await new Promise((resolve) => site.#server.listen(0, '0.0.0.0', () => resolve(undefined)));
    return site;
  }
  get port() {
    return /** @type {import('node:net').AddressInfo} */ (this.#server.address()).port;
  }
  close() {
    this.#server.close();
    this.#server.closeAllConnections();
  }
}

for (const [network, host] of Object.entries({ loopback: '127.0.0.1', 'the LAN': '192.0.2.1' })) {
  describe(`a device on ${network}`, () => {
    /** @type {import('../support/daemon.mjs').Daemon} */
    let daemon;
    /** @type {Witness} */
    let witness;
    /** @type {EvilSite} */
    let evil;
    /** @type {import('playwright-core').Browser} */
    let browser;
    /** The browser in which the owner is signed in. @type {import('playwright-core').BrowserContext} */
    let profile;
    /** @type {ViewerPage} */
    let owner;
    /** @type {Admin} */
    let admin;
    /** A token that the attacker really has. */
    let guestToken = '';

    before(async () => {
      const name = `attacks-${host}`;
      daemon = await startDaemon({ suite, name, config: testConfig({ http: { listen: [`${host}:0`] } }) });
      witness = await Witness.start(daemon.url, { suite, name: `${name}-witness` });
      evil = await EvilSite.start();
      guestToken = createToken(daemon.stateDir, ['--name', 'attacker', '--for', '1h']);
      const names = `--host-resolver-rules=MAP evil.test ${host}, MAP rebind.test ${host}`;
      browser = await launchBrowser({ args: [names] });
      profile = await browser.newContext();
      owner = await ViewerPage.openIn(profile, `${witness.url}/${new URL(daemon.link).hash}`, { suite, name: `${name}-owner` });
      await owner.firstFrame();
      admin = await Admin.open(daemon.link);
    });
    after(async () => {
      admin?.close();
      await browser?.close();
      evil?.close();
      witness?.close();
      await daemon?.stop();
    });

    /** What an attacker would send to each route, if it were let through. @returns {import('./attempts.mjs').Target[]} */
    function targets() {
      /** @type {Record<string, [body: string, type: string]>} */
      const bodies = {
        '/api/v1/login': [JSON.stringify({ token: guestToken }), 'application/json'],
        '/api/v1/logout': ['{}', 'application/json'],
        '/api/v1/pair': ['{"code":"AAAA-AAAA"}', 'application/json'],
        '/api/v1/signaling': [`${hello}\n${JSON.stringify(share)}\n`, 'application/x-ndjson'],
        '/api/v1/signaling/{channel}': [`${JSON.stringify(share)}\n`, 'application/x-ndjson'],
        '/whep/{camera}': [offer, 'application/sdp'],
      };
      return surface.routes.map(({ method, path: pattern }) => {
        const [body, type] = bodies[pattern] ?? ['', 'application/trickle-ice-sdpfrag'];
        const filled = pattern.replace('{camera}', camera).replace('{file}', 'viewer.js').replace(/\{\w+\}/, '0'.repeat(32));
        return { method, path: filled, body, type };
      });
    }
    const hello = '{"type":"hello"}';
    const share = { type: 'command', id: '1', name: 'share', arguments: { name: 'attacker', rights: ['view', 'admin'] } };

    /** All that an attack could have changed. */
    async function state() {
      const { tokens } = await admin.command('tokens');
      const { viewers } = await admin.command('viewers');
      const cookies = (await profile.cookies(witness.url)).map(({ name, value }) => ({ name, value }));
      return { tokens, viewers: viewers.map((/** @type {any} */ { session, token }) => ({ session, token })), cookies };
    }

    /**
     * Lets the page try everything, and makes sure that nothing came of it.
     * @param {import('node:test').TestContext} t @param {import('playwright-core').Frame} frame @param {string} device
     * @returns {Promise<{ answers: Answer[], attempts: import('./attempts.mjs').Attempt[] }>}
     */
    async function attack(t, frame, device) {
      const before = await state();
      const from = witness.answers.length;
      const first = witness.log.lines.length;

      const attempts = await frame.evaluate(tryEverything, { device, targets: targets(), hello });

      for (const { path: where } of targets().filter(({ method }) => method === 'POST'))
        await witness.log.waitFor(new RegExp(`^POST ${where}\\?by=beacon `), { from: first });
      const answers = witness.answers.slice(from).filter(({ url }) => url.includes('?by='));
      tell(t, answers);
      assert.ok(attempts.length > surface.routes.length, 'hardly anything was tried');
      assert.deepEqual(await state(), before);
      assert.equal((await profile.request.get(`${witness.url}/api/v1/cameras`)).status(), 200);
      for (const { method, url, headers } of answers) assert.deepEqual(headers.filter(isPermission), [], `${method} ${url}`);
      await owner.frames(5);
      return { answers, attempts };
    }

    /** How the device answered, in a few lines. @param {import('node:test').TestContext} t @param {Answer[]} answers */
    function tell(t, answers) {
      /** @type {Map<string, Map<number, number>>} */
      const counts = new Map();
      for (const { method, url, status } of answers) {
        const kind = `${method} by ${url.split('?by=')[1]}`;
        const statuses = counts.get(kind) ?? new Map();
        counts.set(kind, statuses.set(status, (statuses.get(status) ?? 0) + 1));
      }
      for (const [kind, statuses] of counts) t.diagnostic(`${kind}: ${[...statuses].map(([status, count]) => `${count} × ${status}`).join(', ')}`);
    }

    /** Nothing was read, every act was refused for its origin. @param {Awaited<ReturnType<typeof attack>>} outcome */
    function isRefused({ answers, attempts }) {
      assert.deepEqual(attempts.filter(({ read }) => read !== undefined), []);
      const acts = answers.filter((answer) => !looks(answer));
      assert.ok(acts.some(({ isUpgrade }) => isUpgrade) && acts.some(({ method }) => method === 'POST'));
      for (const { method, url, status } of acts) assert.equal(status, 403, `${method} ${url}`);
      // What a browser asks first on behalf of a page that wants more than a form could.
      for (const { url, status } of answers.filter(({ method }) => method === 'OPTIONS')) {
        // Each is a wrong key as well, and after ten of them none is looked at.
        const isTooMany = status === 429 && url.startsWith('/k/');
        assert.ok([401, 404, 405].includes(status) || isTooMany, `${url}: ${status}`);
      }
    }

    const isOfCookie = (/** @type {Answer} */ { asked }) => asked.cookie?.includes('fanlight-test=') === true;
    const needsToken = (/** @type {Answer} */ { method, url }) => surface.routes.some((route) =>
      route.method === method && route.needs === 'view' && route.path.replace('{camera}', camera) === url.split('?')[0]);
    /** Answers that tell something to who has a token. @param {Answer[]} answers */
    const privateOnes = (answers) => answers.filter((answer) => looks(answer) && needsToken(answer));

    test('another port of its address, to which the browser sends the cookie, gets nothing', async (t) => {
      const page = await profile.newPage();
      await page.goto(`http://${host}:${evil.port}/`);

      const outcome = await attack(t, page.mainFrame(), witness.url);

      isRefused(outcome);
      assert.ok(outcome.answers.some(isOfCookie), 'without the cookie this shows nothing');
      // Where a browser says of which site a request is, the cookie does not even count; elsewhere the answer is kept
      // from the page.
      const isSaid = outcome.answers.some(({ asked }) => asked['sec-fetch-site'] === 'same-site');
      assert.equal(isSaid, host === '127.0.0.1');
      for (const { method, url, status } of privateOnes(outcome.answers)) assert.ok(status === 401 || !isSaid, `${method} ${url}: ${status}`);
      await page.close();
    });

    test('another site gets nothing, and its requests have no cookie', async (t) => {
      const page = await profile.newPage();
      await page.goto(`http://evil.test:${evil.port}/`);

      const outcome = await attack(t, page.mainFrame(), witness.url);

      isRefused(outcome);
      assert.deepEqual(outcome.answers.filter(isOfCookie), []);
      for (const { method, url, status } of privateOnes(outcome.answers)) assert.equal(status, 401, `${method} ${url}`);
      await page.close();
    });

    for (const [kind, attributes] of Object.entries({
      'a sandboxed frame': { sandbox: 'allow-scripts allow-forms', src: '/sandboxed' },
      'a page that is its own address': { src: `data:text/html,${encodeURIComponent(EvilSite.page)}` },
    })) {
      test(`${kind}, whose origin is 'null', gets nothing`, async (t) => {
        const page = await profile.newPage();
        await page.goto(`http://${host}:${evil.port}/`);
        const [frame] = await Promise.all([
          page.waitForEvent('framenavigated', (one) => one !== page.mainFrame()),
          page.evaluate((some) => document.body.append(Object.assign(document.createElement('iframe'), some)), attributes),
        ]);
        assert.equal(await frame.evaluate(() => self.origin), 'null');

        const outcome = await attack(t, frame, witness.url);

        isRefused(outcome);
        assert.ok(outcome.answers.some(({ asked }) => asked.origin === 'null'));
        await page.close();
      });
    }

    test('a name that turns to its address is not answered', async (t) => {
      const page = await profile.newPage();
      const device = `http://rebind.test:${witness.port}`;
      // The name led elsewhere when the page was loaded.
      witness.answerInstead('rebind.test', EvilSite.page);
      await page.goto(`${device}/`);
      assert.equal(await page.title(), 'A nice page');

      const { answers, attempts } = await attack(t, page.mainFrame(), device);

      assert.ok(answers.length > surface.routes.length);
      for (const { method, url, status } of answers) assert.equal(status, 421, `${method} ${url}`);
      const read = new Set(attempts.map((one) => one.read).filter((one) => one !== undefined));
      t.diagnostic(`read: ${[...read].join(' | ')}`);
      for (const text of read) assert.match(text, /does not answer to this name/);
      await page.close();
    });

    test('no page has the device’s page in a frame', async () => {
      const page = await profile.newPage();
      await page.goto(`http://${host}:${evil.port}/`);
      const from = witness.log.lines.length;

      await page.evaluate((url) => new Promise((resolve) => {
        document.body.append(Object.assign(document.createElement('iframe'), { src: `${url}/?framed`, onload: resolve, width: 800, height: 500 }));
      }), witness.url);

      await witness.log.waitFor(/^GET \/\?framed .*: 200$/, { from });
      const [frame] = page.mainFrame().childFrames();
      assert.match(frame.url(), /^chrome-error:/);
      assert.equal(await frame.locator('fanlight-app').count(), 0);
      assert.ok(!witness.log.lines.slice(from).some((line) => line.includes('viewer.js')), 'the page has begun');
      await page.close();
    });

    test('a page that opens the device’s page sees nothing of it, and talks to nobody', async (t) => {
      const before = await state();
      const page = await profile.newPage();
      await page.goto(`http://${host}:${evil.port}/`);
      const [opened] = await Promise.all([
        page.context().waitForEvent('page'),
        page.evaluate((url) => void (/** @type {any} */ (globalThis).opened = open(`${url}/`)), witness.url),
      ]);
      await opened.getByText('Live', { exact: true }).first().waitFor();

      const seen = await page.evaluate((messages) => {
        const { opened: device } = /** @type {any} */ (globalThis);
        for (const message of messages) device.postMessage(message, '*');
        const read = (/** @type {() => unknown} */ what) => {
          try {
            return String(what());
          } catch {
            return 'refused';
          }
        };
        return {
          document: read(() => device.document.title),
          address: read(() => device.location.href),
          storage: read(() => device.sessionStorage.length),
          frames: read(() => device.length),
          element: read(() => device['fanlight-app']),
        };
      }, [share, { type: 'hello', token: guestToken }, JSON.stringify(share), 'logout']);

      t.diagnostic(`seen: ${JSON.stringify(seen)}`);
      assert.deepEqual(seen, { document: 'refused', address: 'refused', storage: 'refused', frames: '0', element: 'refused' });
      await opened.getByText('Live', { exact: true }).first().waitFor();
      await opened.close();
      assert.deepEqual((await state()).tokens, before.tokens);
      assert.deepEqual((await state()).cookies, before.cookies);
      await page.close();
    });
  });
}
