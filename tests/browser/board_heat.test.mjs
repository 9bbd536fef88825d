// SPDX-License-Identifier: Apache-2.0
// A board that gets hot under a viewer: fewer pictures, said in words, and all of them again when it has cooled. Its sysfs
// is a folder; what reads it, slows the camera and shows it is real.

import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withLimit } from '../support/events.mjs';
import { fetchWith } from '../support/sign_in.mjs';
import { SysfsBoard } from '../support/sysfs_board.mjs';
import { PageStage } from './page_stage.mjs';

const stage = new PageStage();
const suite = { camera: [{ id: 'front-door', source: 'test', width: 640, height: 360, framerate: 30, bitrate: 300_000 }] };
/** Frames a second, of 30 and of 20 that are given. */
const fullRate = 26;
const slowedRate = 21.5;
/** The device looks every five seconds, with room for a slow machine. */
const noticedMs = 30_000;
/** It is cool for a minute before it goes up a step. */
const cooledMs = 60_000 + noticedMs;

/** One that is gone with the test. @param {import('node:test').TestContext} t */
function newBoard(t) {
  const board = new SysfsBoard();
  t.after(() => board.remove());
  return board;
}

/** Starts the daemon on a board. @param {string} name @param {SysfsBoard} board */
const startOn = (name, board) => stage.start(name, { device: { id: 'test', name: 'Test', sysfs_root: board.root }, ...suite });

/** What the viewer gets: frames and kilobits a second, over so many frames. @param {import('../support/browser.mjs').ViewerPage} viewer @param {number} frames */
async function rates(viewer, frames) {
  const before = await viewer.videoStats();
  const { elapsedMs } = await viewer.frames(frames);
  const after = await viewer.videoStats();
  const seconds = (after.timestamp - before.timestamp) / 1000;
  return { shown: (frames * 1000) / elapsedMs, kilobits: ((after.bytesReceived - before.bytesReceived) * 8) / 1000 / seconds };
}

/**
 * The same, once all pictures come: a busy machine loses some at first.
 * @param {import('../support/browser.mjs').ViewerPage} viewer
 */
async function fullRates(viewer) {
  for (let tries = 1; ; ++tries) {
    const full = await rates(viewer, 60);
    if (full.shown > fullRate) return full;
    assert.ok(tries < 10, `${full.shown} frames a second at best`);
  }
}

/** Waits until it is drawn in full: what is over the picture fades while nobody moves. @param {import('playwright-core').Locator} words */
function isSeen(words) {
  const drawn = words.evaluate(
    (element) =>
      new Promise((resolve) => {
        const look = () => (getComputedStyle(element).opacity === '1' ? resolve(undefined) : requestAnimationFrame(look));
        look();
      }),
  );
  return withLimit(drawn, noticedMs, (ms) => new Error(`the words were not to be seen within ${ms} ms`));
}

/** The next of these events. @param {RegExp} line @param {{ timeout?: number, from?: number }} [options] */
const event = (line, options) => {
  if (!stage.daemon) throw new Error('no daemon');
  return stage.daemon.waitForLog(line, { timeout: noticedMs, ...options });
};

for (const [locale, words] of Object.entries({
  en: 'The device is hot: fewer pictures a second',
  ko: '기기가 뜨거워서 초당 화면 수를 줄였어요',
})) {
  test(`a hot board is told in words, in ${locale}, and gives fewer pictures without a break`, async (t) => {
    const board = newBoard(t);
    board.heat(55);
    const daemon = await startOn(`board-heat-${locale}`, board);
    const viewer = await stage.open({ locale, viewport: { width: 1280, height: 720 } });
    await viewer.firstFrame();
    const full = await fullRates(viewer);
    const notice = viewer.page.getByText(words, { exact: true });
    assert.equal(await notice.count(), 0);

    board.heat(85);
    await notice.waitFor({ timeout: noticedMs });
    await isSeen(notice);
    await viewer.screenshot(`board-heat-${locale}`);
    await viewer.frames(20);
    const slowed = await rates(viewer, 60);
    t.diagnostic(`frames a second ${full.shown.toFixed(1)} → ${slowed.shown.toFixed(1)}, kbit/s ${full.kilobits.toFixed(0)} → ${slowed.kilobits.toFixed(0)}`);
    assert.ok(slowed.shown < slowedRate, `${slowed.shown} frames a second of ${full.shown}`);
    assert.ok(slowed.kilobits < full.kilobits * 0.9, `${slowed.kilobits} kbit/s of ${full.kilobits}`);

    assert.equal(await viewer.peerCount(), 1, 'the session is the same');
    const starts = daemon.log.lines.filter((line) => line.includes("'front-door' runs:"));
    assert.equal(starts.length, 1, 'and so is the pipeline');
    const [{ slowed: cause }] = (await (await fetchWith(daemon.link, '/api/v1/cameras')).json()).cameras;
    assert.equal(cause, 'heat');
    assert.equal(daemon.log.lines.filter((line) => line.includes('cpu-thermal is at 85.0 °C')).length, 1);
  });
}

test('when the board has cooled there are all pictures again, and no words', async (t) => {
  const board = newBoard(t);
  board.heat(85);
  await startOn('board-heat-cooled', board);
  await event(/step 1 of 3/);
  // At once, or the next step would come.
  board.heat(60);
  const viewer = await stage.open({ locale: 'en', viewport: { width: 1280, height: 720 } });
  await viewer.firstFrame();
  const notice = viewer.page.getByText('The device is hot: fewer pictures a second', { exact: true });
  await notice.waitFor();
  const slowed = await rates(viewer, 60);
  assert.ok(slowed.shown < slowedRate, `${slowed.shown} frames a second`);

  await event(/the board is cool again; cameras give all their pictures again/, { timeout: cooledMs });
  await notice.waitFor({ state: 'detached' });
  const full = await fullRates(viewer);
  t.diagnostic(`frames a second ${slowed.shown.toFixed(1)} → ${full.shown.toFixed(1)}`);
  assert.equal(await viewer.peerCount(), 1, 'the session is the same');
});

test('too little power is told on the wall, once for all cameras', async (t) => {
  const board = newBoard(t);
  board.write('class/hwmon/hwmon0/name', 'rpi_volt');
  board.write('class/hwmon/hwmon0/in0_lcrit_alarm', '1');
  await stage.start('board-power', {
    device: { id: 'test', name: 'Test', sysfs_root: board.root },
    camera: ['porch', 'garden'].map((id) => ({ id, source: 'test', width: 320, height: 180, framerate: 15 })),
  });
  await event(/the supply's voltage is too low: a stronger supply/);
  const viewer = await stage.open({ locale: 'en', viewport: { width: 1280, height: 720 } });
  const notice = viewer.page.getByText('The device gets too little power: fewer pictures a second', { exact: true });

  await notice.waitFor();
  assert.equal(await notice.count(), 1);
  await viewer.screenshot('board-power-wall');
});
