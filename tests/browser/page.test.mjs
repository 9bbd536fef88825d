// SPDX-License-Identifier: Apache-2.0
// The page as people use it, in Chromium against the daemon with the test picture.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readClock } from './picture_clock.mjs';
import { PageStage } from './page_stage.mjs';

const phone = { viewport: { width: 390, height: 844 }, deviceScaleFactor: 2, hasTouch: true, isMobile: true };
const desktop = { viewport: { width: 1440, height: 900 } };

const stage = new PageStage();

/** @param {string} name @param {import('../support/daemon.mjs').Config} [changes] */
const start = (name, changes) => stage.start(name, changes);
/** @param {import('playwright-core').BrowserContextOptions} [context] @param {string} [path] */
const open = (context = desktop, path = '/') => stage.open(context, path);

for (const [place, view] of Object.entries({ phone, desktop })) {
  for (const [locale, live] of Object.entries({ 'en-GB': 'Live', 'ko-KR': '실시간' })) {
    test(`the only camera is shown at once on a ${place}, in ${locale}`, async (t) => {
      await start(`live-${place}-${locale}`);
      const viewer = await open({ ...view, locale });
      const { width, height } = await viewer.firstFrame();
      await viewer.page.getByText(live, { exact: true }).first().waitFor();

      const picture = await viewer.screenshot(`live-${place}-${locale}`, { animations: 'disabled' });

      t.diagnostic(`picture kept: ${picture.split('/').at(-1)}`);
      assert.deepEqual({ width, height }, { width: 640, height: 360 });
      assert.equal(await viewer.page.evaluate(() => document.documentElement.lang.slice(0, 2)), locale.slice(0, 2));
      assert.deepEqual(viewer.complaints, []);
    });
  }
}

test('the clock in the picture goes as the clock on the wall does', async (t) => {
  await start('clock');
  const viewer = await open();
  await viewer.frames(10);

  const readings = [await readClock(viewer.page)];
  const passed = () => readings[readings.length - 1].now - readings[0].now;
  while (passed() < 3000) readings.push(await readClock(viewer.page));

  // A busy machine only ever makes a picture later, so that the least age is what the clocks alone make of it.
  const leastAge = (/** @type {typeof readings} */ some) => Math.min(...some.map(({ now, picture }) => now - picture));
  const middle = readings[0].now + passed() / 2;
  const early = leastAge(readings.filter(({ now }) => now < middle));
  const late = leastAge(readings.filter(({ now }) => now >= middle));
  t.diagnostic(`least age ${early.toFixed(1)} ms, then ${late.toFixed(1)} ms, in ${readings.length} readings`);
  assert.ok(Math.abs(late - early) < 200, `an age of ${early} ms became one of ${late} ms`);
});

test('the session uses what makes it fast and safe', async () => {
  await start('session');
  const viewer = await open();
  await viewer.frames(30);

  const { message } = await viewer.waitForMessage('an answer', ({ type }) => type === 'answer');
  const sent = viewer.signaling.lines.filter((line) => line.startsWith('> ')).map((line) => JSON.parse(line.slice(2)));

  assert.match(message.sdp, /^a=extmap:\d+ http:\/\/www\.webrtc\.org\/experiments\/rtp-hdrext\/playout-delay\r$/m);
  assert.match(message.sdp, /^a=extmap:\d+ .*transport-wide-cc-extensions-01\r$/m);
  assert.match(message.sdp, /^a=rtpmap:\d+ rtx\/90000\r$/m);
  assert.match(message.sdp, /^a=fmtp:\d+ .*profile-level-id=42e01f\r$/m);
  assert.match(message.sdp, /^m=audio [\s\S]*^a=inactive\r$/m);
  assert.match(message.sdp, /^m=application 9 /m);
  assert.deepEqual(sent.slice(0, 2).map(({ type }) => type), ['hello', 'offer']);
  const stats = await viewer.videoStats();
  assert.ok(stats.packetsLost < stats.packetsReceived / 20, `${stats.packetsLost} lost, ${stats.packetsReceived} received`);
  assert.ok(stats.keyFramesDecoded >= 1);
});

test('a page that is closed says bye', async () => {
  const { log } = await start('bye');
  const viewer = await open();
  await viewer.firstFrame();

  await viewer.close();

  await log.waitFor(/session: '\S+' of camera 'front-door' ended: (left|peer-closed)$/);
});

test('a browser that ends its connection ends its session', async () => {
  const { log } = await start('peer-closed');
  const viewer = await open();
  await viewer.firstFrame();

  await viewer.page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestPeers.at(-1).close());

  await log.waitFor(/ended: peer-closed$/);
});

test('reloading never meets the limit of viewers', async () => {
  await start('reload', { limits: { viewers: 1 } });
  const viewer = await open();
  await viewer.firstFrame();

  for (let reload = 0; reload < 5; reload++) {
    const from = viewer.signaling.lines.length;
    await viewer.page.reload();
    await viewer.firstFrame();
    assert.ok(!viewer.signaling.lines.slice(from).some((line) => line.includes('"busy"')), `reload ${reload + 1}`);
  }
});

test('one viewer too many is told so, and comes in when another leaves', async () => {
  await start('busy', { limits: { viewers: 1 } });
  const first = await open();
  await first.firstFrame();
  const second = await open();
  await second.page.getByText('There is no room for another viewer').first().waitFor();
  await second.screenshot('busy', { animations: 'disabled' });

  await first.close();

  await second.firstFrame();
});

test('two viewers see the same picture from one encode', async () => {
  const { log } = await start('shared');
  const [first, second] = [await open(), await open()];
  await Promise.all([first.frames(10), second.frames(10)]);

  const starts = log.lines.filter((line) => / camera: 'front-door' runs: /.test(line));
  assert.equal(starts.length, 1);
});

test('several cameras are offered, and each opens', async () => {
  const camera = (/** @type {string} */ id, /** @type {string} */ name, /** @type {number} */ width) => ({
    id, name, source: 'test', width, height: 180, framerate: 15, bitrate: 300_000,
  });
  await start('several', { camera: [camera('garden', 'Garden', 320), camera('porch', 'Porch', 256)] });
  const viewer = await open(phone);
  await viewer.page.getByText('Garden').first().waitFor();
  await viewer.screenshot('cameras', { animations: 'disabled' });

  await viewer.page.getByRole('link', { name: /^Porch / }).click();

  const { width } = await viewer.firstFrame();
  assert.equal(width, 256);
  assert.match(viewer.page.url(), /camera=porch/);
});

test('a camera that is not there is named as such', async () => {
  await start('unknown');
  const viewer = await open(desktop, '/?camera=attic');

  await viewer.page.getByText('There is no such camera here').first().waitFor();

  await viewer.screenshot('unknown-camera', { animations: 'disabled' });
});

test('the page can be installed, and its icons are what the manifest says', async () => {
  await start('install');
  const viewer = await open();
  await viewer.firstFrame();
  const tools = await viewer.page.context().newCDPSession(viewer.page);

  const { errors, data } = await tools.send('Page.getAppManifest');
  // A private window installs nothing, which is all that is in the way here.
  const { installabilityErrors } = await tools.send('Page.getInstallabilityErrors');
  assert.deepEqual(errors, []);
  assert.deepEqual(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito'), []);
  for (const { src, sizes, type } of JSON.parse(/** @type {string} */ (data)).icons) {
    const icon = await fetch(`${stage.daemon?.url}/${src}`);
    assert.equal(icon.headers.get('content-type'), type, src);
    const bytes = Buffer.from(await icon.arrayBuffer());
    if (type === 'image/png') assert.equal(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`, sizes, src);
  }
});

test('the statistics begin with the session, not with their panel', async () => {
  await start('statistics-before');
  const viewer = await open();
  await viewer.frames(150);

  await viewer.page.keyboard.press('s');

  const line = viewer.page.locator('.sparkline polyline').first();
  await line.waitFor({ state: 'attached' });
  const points = /** @type {string} */ (await line.getAttribute('points')).split(' ').length;
  assert.ok(points >= 2, `${points} points`);
});

test('the keyboard opens the statistics, and they speak of this picture', async () => {
  await start('statistics');
  const viewer = await open();
  await viewer.frames(30);

  await viewer.page.keyboard.press('s');

  await viewer.page.getByText(/640\s*[×x]\s*360/).first().waitFor();
  for (const range of [/from .* Mb\/s to .* Mb\/s$/, /from \d+ a second to/, /from [\d.]+ ms to/, /from [\d.]+ % to/])
    await viewer.page.getByRole('img', { name: range }).first().waitFor();
  await viewer.screenshot('statistics', { animations: 'disabled' });
});
