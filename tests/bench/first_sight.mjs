// SPDX-License-Identifier: Apache-2.0
// What a person sees who opens the page while the camera is off: when the still and the live picture stand there, and
// the screen at three moments, as files.

import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { logDirectory } from '../support/paths.mjs';
import { request } from '../support/requests.mjs';
import { authorization } from '../support/sign_in.mjs';
import { camera, pass, startDevice, suite } from './device.mjs';
import { median, quantile } from './figures.mjs';

/** The moments of which pictures are kept, after the address was opened. */
const momentsMs = [0, 200, 1000];
/** Beyond the last of them. */
const lookForMs = 1500;
const askEveryMs = 200;
const viewport = { width: 1280, height: 720 };

/** Runs in the page before its own code: notes when a still and when a live picture are first on the screen. */
function noteSights() {
  const sights = /** @type {Record<string, number>} */ ((/** @type {any} */ (globalThis).fanlightSights = {}));
  /** @type {(root: Document | ShadowRoot) => Element[]} */
  const all = (root) => [...root.querySelectorAll('*')].flatMap((one) => [one, ...(one.shadowRoot ? all(one.shadowRoot) : [])]);
  const look = () => {
    for (const element of all(document)) {
      if (element.matches('canvas.kept') && element.checkVisibility()) sights.still ??= performance.now();
      if (element instanceof HTMLVideoElement && element.readyState >= 2) sights.live ??= performance.now();
    }
    if (!sights.live) requestAnimationFrame(look);
  };
  look();
}

/** @param {import('../support/daemon.mjs').Daemon} daemon */
async function untilCameraIsOff(daemon) {
  for (;;) {
    const { body } = await request(`${daemon.url}/api/v1/cameras`, 'GET', undefined, authorization(daemon.link));
    if (JSON.parse(body).cameras[0].state === 'idle') return;
    await pass(askEveryMs);
  }
}

/**
 * @param {import('playwright-core').BrowserContext} context signed in already
 * @param {string} url
 * @returns {Promise<{ still: number, live: number, screens: { at: number, png: Buffer }[] }>} milliseconds after opening
 */
async function openAndLook(context, url) {
  const page = await context.newPage();
  await page.addInitScript(noteSights);
  const devtools = await context.newCDPSession(page);
  /** @type {{ at: number, png: Buffer }[]} */
  const screens = [];
  devtools.on('Page.screencastFrame', ({ data, metadata, sessionId }) => {
    screens.push({ at: (metadata.timestamp ?? 0) * 1000, png: Buffer.from(data, 'base64') });
    void devtools.send('Page.screencastFrameAck', { sessionId }).catch(() => {});
  });
  await devtools.send('Page.startScreencast', { format: 'png', everyNthFrame: 1 });
  await page.goto(url);
  const [began, sights] = await page.evaluate(async () => {
    const { fanlightSights } = /** @type {any} */ (globalThis);
    while (!fanlightSights.live) await new Promise(requestAnimationFrame);
    return [performance.timeOrigin, fanlightSights];
  });
  await pass(Math.max(0, lookForMs - (Date.now() - began)));
  await page.close();
  return { still: sights.still, live: sights.live, screens: screens.map(({ at, png }) => ({ at: at - began, png })) };
}

/** @param {{ at: number, png: Buffer }[]} screens */
function keepScreens(screens) {
  return momentsMs.map((moment) => {
    const shown = screens.filter(({ at }) => at <= moment).at(-1);
    const file = path.join(logDirectory(suite), `first-sight-${moment}-ms.png`);
    if (shown) writeFileSync(file, shown.png);
    return shown ? `${moment} ms: ${file}` : `${moment} ms: nothing yet`;
  });
}

/** @param {{ runs: number }} options @returns {Promise<import('./report.mjs').Measurement>} */
export async function measureFirstSight({ runs }) {
  const browser = await launchBrowser();
  const daemon = await startDevice();
  try {
    const context = await browser.newContext({ viewport });
    // Signs in, and leaves a still behind.
    const before = await ViewerPage.openIn(context, daemon.link, { suite });
    await before.firstFrame();
    await before.page.close();
    const sights = [];
    for (let run = 0; run < runs; run++) {
      await untilCameraIsOff(daemon);
      sights.push(await openAndLook(context, daemon.url));
    }
    const kept = keepScreens(/** @type {NonNullable<typeof sights[0]>} */ (sights.at(-1)).screens);
    const row = (/** @type {string} */ what, /** @type {number[]} */ all) => [
      { what: `${what}, median`, value: median(all), unit: 'ms' },
      { what: `${what}, p95`, value: quantile(all, 0.95), unit: 'ms' },
    ];
    return {
      name: 'first-sight',
      title: `The page of '${camera.id}' opened while the camera is off, ${runs} runs; the screen in the last one at\n${kept.join('\n')}`,
      figures: [
        ...row('last still', sights.map(({ still }) => still)),
        ...row('live picture', sights.map(({ live }) => live)),
      ],
      raw: sights.map(({ still, live }) => ({ still, live })),
    };
  } finally {
    await browser.close();
    await daemon.stop();
  }
}
