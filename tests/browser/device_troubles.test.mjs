// SPDX-License-Identifier: Apache-2.0
// A device whose disk fills up under a page, or of which a part hangs: who may do something about it is told, wherever
// they are; nobody else is.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { preloaded } from '../component/preloaded.mjs';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { createToken, tokenOf } from '../support/sign_in.mjs';
import { addAxe, faultsOf } from './axe.mjs';

const suite = 'browser';
const camera = { source: 'test', width: 640, height: 360, framerate: 10, bitrate: 300_000 };
const cameras = [
  { ...camera, id: 'garden', name: 'Garden' },
  { ...camera, id: 'porch', name: 'Porch', pattern: 'zone-plate' },
];
/** Of the state folder's disk, and of what leaves less room on it than the daemon needs. Bytes. */
const [diskSize, tooMuch] = [4 * 1024 * 1024, 3.5 * 1024 * 1024];
const words = {
  en: 'The device cannot write to its disk. It is full or read-only, so that access can neither be given nor ended.',
  ko: '기기의 디스크에 쓸 수 없어요. 가득 찼거나 읽기 전용이라서 새로 공유할 수도, 공유를 끝낼 수도 없어요.',
};
const wordsForStuck = {
  en: 'A part of the device hangs. A camera, still pictures or new viewers may have to wait for it.',
  ko: '기기의 일부가 멈췄어요. 카메라나 정지 화면이 멈추거나 새로 보려는 사람이 기다려야 할 수 있어요.',
};
const [phone, desktop] = [{ width: 390, height: 844 }, { width: 1280, height: 720 }];

/** @type {import('playwright-core').Browser} */
let browser;
before(async () => {
  browser = await launchBrowser();
});
after(() => browser?.close());

/** A daemon whose state is on a small disk of its own. @param {import('node:test').TestContext} t @param {string} name */
async function startOnSmallDisk(t, name) {
  const disk = mkdtempSync(path.join(os.tmpdir(), 'small-disk-'));
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${diskSize}`, 'tmpfs', disk]);
  const directory = path.join(disk, 'daemon');
  mkdirSync(directory);
  /** @type {import('../support/daemon.mjs').Daemon | undefined} */
  let daemon;
  t.after(async () => {
    await daemon?.kill();
    execFileSync('umount', [disk]);
    rmSync(disk, { recursive: true });
  });
  daemon = await startDaemon({ suite, name, directory, config: testConfig({ camera: cameras }) });
  const filler = path.join(disk, 'filler');
  return { daemon, fill: () => writeFileSync(filler, Buffer.alloc(tooMuch)), makeRoom: () => rmSync(filler) };
}

/** @param {string} link @param {import('playwright-core').BrowserContextOptions} context */
async function visit(link, context) {
  const profile = await browser.newContext(context);
  await addAxe(profile);
  return ViewerPage.openIn(profile, link, { suite, name: 'device-troubles' });
}

for (const locale of /** @type {const} */ (['en', 'ko'])) {
  test(`a full disk is told to the owner, in ${locale}, until there is room again`, async (t) => {
    const { daemon, fill, makeRoom } = await startOnSmallDisk(t, `device-troubles-${locale}`);
    const wall = await visit(daemon.link, { locale, viewport: desktop });
    t.after(() => wall.close());
    const phoneWall = await visit(daemon.link, { locale, viewport: phone });
    t.after(() => phoneWall.close());
    const screen = await visit(daemon.linkTo('/?camera=porch'), { locale, viewport: phone });
    t.after(() => screen.close());
    const pages = { wall, 'phone-wall': phoneWall, 'phone-camera': screen };
    for (const { page } of Object.values(pages)) {
      await page.locator('.on').last().waitFor();
      assert.equal(await page.locator('.notice').count(), 0);
    }

    fill();
    await daemon.waitForLog(/the disk of '[^']+' is full/);
    for (const [name, viewer] of Object.entries(pages)) {
      await viewer.page.locator('.notice', { hasText: words[locale] }).waitFor();
      assert.equal(await viewer.page.locator('.notice').count(), 1);
      await viewer.page.locator('[role=status]', { hasText: words[locale] }).waitFor({ state: 'attached' });
      await viewer.screenshot(`disk-full-${name}-${locale}`);
      assert.deepEqual(await faultsOf(viewer.page), [], name);
    }

    makeRoom();
    await daemon.waitForLog(/the disk can be written again/);
    for (const { page } of Object.values(pages)) await page.locator('.notice').waitFor({ state: 'detached' });
  });
}

test('who only watches is not told of a full disk; who comes to it as an owner is', async (t) => {
  const { daemon, fill } = await startOnSmallDisk(t, 'device-troubles-guest');
  const guestToken = createToken(daemon.stateDir, ['--name', 'guest', '--for', '1h']);
  fill();
  await daemon.waitForLog(/the disk of '[^']+' is full/);

  const guest = await visit(daemon.linkTo('/', guestToken), { locale: 'en', viewport: desktop });
  t.after(() => guest.close());
  const owner = await visit(daemon.link, { locale: 'en', viewport: desktop });
  t.after(() => owner.close());

  await owner.page.locator('.notice').waitFor();
  await guest.page.getByRole('link', { name: 'Porch Live', exact: true }).waitFor();
  const { message } = await guest.waitForMessage('welcome', ({ type }) => type === 'welcome');
  assert.equal('troubles' in message, false);
  assert.equal(await guest.page.locator('.notice').count(), 0);
});

for (const locale of /** @type {const} */ (['en', 'ko'])) {
  test(`a part of the device that hangs is told to the owner, in ${locale}, until it goes on`, async (t) => {
    const directory = mkdtempSync(path.join(os.tmpdir(), 'hung-'));
    const hanging = path.join(directory, 'hanging');
    writeFileSync(hanging, '');
    const daemon = await startDaemon({
      suite,
      name: `device-troubles-stuck-${locale}`,
      config: testConfig({ camera: cameras }),
      env: { LD_PRELOAD: preloaded('hang.c', directory), HANGING_PIPELINE: 'still', HANG_WHILE: hanging },
    });
    t.after(async () => {
      rmSync(directory, { recursive: true });
      await daemon.kill();
    });
    const viewer = await visit(daemon.linkTo('/?camera=porch'), { locale, viewport: phone });
    t.after(() => viewer.close());
    const still = fetch(`${daemon.url}/api/v1/cameras/porch/snapshot.jpg`, { headers: { authorization: `Bearer ${tokenOf(daemon.link)}` } });

    await viewer.page.locator('.notice', { hasText: wordsForStuck[locale] }).waitFor();
    await viewer.screenshot(`part-hangs-${locale}`);
    assert.deepEqual(await faultsOf(viewer.page), []);

    rmSync(hanging);
    await viewer.page.locator('.notice').waitFor({ state: 'detached' });
    assert.equal((await still).status, 200);
  });
}
