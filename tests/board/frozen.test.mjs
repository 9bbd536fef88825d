// SPDX-License-Identifier: Apache-2.0
// A camera that repeats one picture, beside one that does not: on the page it is not live, and says why.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { addAxe, faultsOf } from '../browser/axe.mjs';
import { BoardStage } from './board_stage.mjs';
import { twoCameras } from './machine.mjs';

/** Seconds, and an emulation's slowness. */
const limitMs = 60_000;
const mode = { source: 'v4l2', width: 320, height: 180, framerate: 10, frozen_after: '3s', encoder: 'x264enc' };
const cameras = [
  { ...mode, id: 'porch', name: 'Porch', device: '/dev/video0' },
  { ...mode, id: 'garden', name: 'Garden', device: '/dev/video1' },
];
const [phone, desktop] = [{ width: 390, height: 844 }, { width: 1280, height: 720 }];
const words = {
  en: { tile: 'Porch Not live The camera repeats one picture', other: 'Garden Live', notice: /^The camera repeats one picture\. What you see may be old/ },
  ko: { tile: 'Porch 실시간 아님 카메라가 같은 화면만 보내고 있어요', other: 'Garden 실시간', notice: /^카메라가 같은 화면만 보내고 있어요\. 지금 보이는 화면은/ },
};

/** vivid's text, with a clock in it, is all that moves in its picture. */
const [withText, withoutText] = [0, 2];

describe('a camera that repeats one picture', { timeout: 600_000 }, () => {
  const stage = new BoardStage((guest) => guest.plugCameras(twoCameras));
  /** @param {number} how */
  const setText = (how) => stage.guest.run(`inHost v4l2-ctl -d /dev/video0 --set-ctrl osd_text_mode=${how}`);

  test('is told on the wall and edge to edge, in both languages, until it moves again', async (t) => {
    const { viewer, says } = await stage.serveAll(t, cameras);
    const { page } = viewer;
    await addAxe(page.context());
    await page.getByRole('link', { name: 'Porch Live', exact: true }).waitFor({ timeout: limitMs });

    await setText(withoutText);
    await says(/'porch' gives one and the same picture again and again/);
    for (const locale of /** @type {const} */ (['en', 'ko'])) {
      const said = words[locale];
      await page.setViewportSize(desktop);
      await page.goto(`${stage.guest.url}/?lang=${locale}`);
      await page.getByRole('link', { name: said.tile, exact: true }).waitFor({ timeout: limitMs });
      await page.getByRole('link', { name: said.other, exact: true }).waitFor({ timeout: limitMs });
      await viewer.screenshot(`frozen-wall-${locale}`);
      const found = await faultsOf(page);
      await page.setViewportSize(phone);
      await page.goto(`${stage.guest.url}/?camera=porch&lang=${locale}`);
      await page.locator('.notice', { hasText: said.notice }).waitFor({ timeout: limitMs });
      await page.locator('[role=status]', { hasText: said.notice }).waitFor({ state: 'attached' });
      assert.equal(await page.locator('.pill.on').count(), 0, 'it looks live');
      await viewer.screenshot(`frozen-phone-${locale}`);
      assert.deepEqual([...found, ...(await faultsOf(page))], [], locale);
    }

    await setText(withText);
    await says(/'porch' gives new pictures again/);
    await page.locator('.pill.on').waitFor({ timeout: limitMs });
    assert.equal(await page.locator('.notice').count(), 0);
  });
});
