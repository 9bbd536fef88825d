// SPDX-License-Identifier: Apache-2.0
// The page says in one line what encodes, and what that takes; the figure is the process's own.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { makeVideo } from '../support/made_video.mjs';
import { fetchWith } from '../support/sign_in.mjs';
import { PageStage } from './page_stage.mjs';

const stage = new PageStage();
/** Two looks of the device, five seconds apart, with room for a slow machine. */
const measuredMs = 45_000;
const camera = { id: 'front-door', source: 'test', width: 640, height: 360, framerate: 30, encoder: 'x264enc' };

/** CPU time of the whole process so far, in seconds. @param {number} pid */
function cpuSeconds(pid) {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\) /, '').split(' ');
  return (Number(fields[11]) + Number(fields[12])) / 100;
}

for (const [locale, line] of Object.entries({ en: /^x264, software: (\d+) % of a core$/, ko: /^x264, 소프트웨어: 코어 하나의 (\d+)%$/ })) {
  test(`what encodes is told with what it takes, in ${locale}`, async (t) => {
    const daemon = await stage.start(`encoder-line-${locale}`, { camera: [camera] });
    const [{ encoder: before }] = (await (await fetchWith(daemon.link, '/api/v1/cameras')).json()).cameras;
    assert.equal(before, undefined, 'it has not run yet');
    const viewer = await stage.open({ locale, viewport: { width: 1280, height: 800 } });
    await viewer.firstFrame();
    const [since, cpu] = [performance.now(), cpuSeconds(daemon.pid)];
    await viewer.page.keyboard.press('s');

    const value = viewer.page.locator('fanlight-statistics dd').filter({ hasText: line });
    await value.waitFor({ timeout: measuredMs });

    const percent = Number(line.exec(await value.innerText())?.[1]);
    const whole = ((cpuSeconds(daemon.pid) - cpu) / (performance.now() - since)) * 100_000;
    t.diagnostic(`${percent} % of a core, of ${whole.toFixed(1)} % that the process took`);
    assert.ok(percent > 0 && percent < whole + 5, `${percent} % of a core, where the process took ${whole.toFixed(1)} %`);
    const [{ encoder }] = (await (await fetchWith(daemon.link, '/api/v1/cameras')).json()).cameras;
    assert.deepEqual([encoder.kind, encoder.name, encoder.corePercent > 0], ['software', 'x264enc', true]);
    await viewer.screenshot(`encoder-line-${locale}`);
  });
}

test('where nothing encodes that is told, too', async () => {
  const file = path.join(os.tmpdir(), 'passed.mp4');
  await makeVideo(file, { width: 320, height: 180 });
  await stage.start('encoder-line-passed', { camera: [{ id: 'front-door', source: 'file', file }] });
  const viewer = await stage.open({ locale: 'en', viewport: { width: 320, height: 640 } });
  await viewer.firstFrame();
  await viewer.page.keyboard.press('s');

  await viewer.page.locator('fanlight-statistics dd').getByText('Passed through: no encoder').waitFor();
  await viewer.screenshot('encoder-line-passed');
});
