// SPDX-License-Identifier: Apache-2.0
// Ten people at one door: each of them talks, one at a time, in the order in which they asked; and who vanishes keeps nobody
// waiting.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { talkButton, TalkStage, told } from './talk_stage.mjs';

const viewers = 10;
const camera = { id: 'door', name: 'Door', source: 'test', width: 160, height: 120, framerate: 5, bitrate: 100_000 };
const nameOf = (/** @type {number} */ i) => `Viewer ${i + 1}`;
const granted = (/** @type {number} */ i) => new RegExp(`heard by the speaker of 'hall' now: '${nameOf(i)}'$`);

describe('ten who want to talk', () => {
  /** @type {TalkStage} */
  let stage;

  before(async () => void (stage = await TalkStage.start('talk-turns', { camera: [camera] })));
  after(() => stage?.stop());

  test('talk one after the other, in their order, and nobody waits for who has vanished', async (t) => {
    const { daemon } = stage;
    const all = [];
    for (let i = 0; i < viewers; i++) {
      all.push(await stage.open(t, { name: nameOf(i) }));
    }
    const { length: from } = daemon.log.lines;
    for (const [i, viewer] of all.entries()) {
      await talkButton(viewer).click();
      await told(viewer, i === 0 ? 'They hear you' : `Waiting for ${nameOf(0)} to finish`);
    }
    const heard = () => daemon.log.lines.slice(from).filter((line) => line.includes("heard by the speaker of 'hall' now: 'Viewer"));
    assert.equal(heard().length, 1, 'one talks, and nine wait');
    const [first, last] = [all[0], all[viewers - 1]];
    await told(last, `${nameOf(0)} is talking`);
    await last.screenshot('talk-turns');

    await talkButton(first).click();
    for (let i = 1; i < viewers - 1; i++) {
      await told(all[i], 'They hear you');
      await talkButton(all[i]).click();
    }
    await told(last, 'They hear you');
    assert.equal(heard().length, viewers);
    heard().forEach((line, i) => assert.match(line, granted(i)));

    await talkButton(first).click();
    await told(first, 'You are next.');
    const { length } = daemon.log.lines;
    const vanished = performance.now();
    // Without a goodbye: its packets stop.
    await last.page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestPeers.at(-1).getSenders()
      .forEach((/** @type {RTCRtpSender} */ sender) => sender.replaceTrack(null)));
    await daemon.waitForLog(granted(0), { from: length });
    t.diagnostic(`${(performance.now() - vanished).toFixed(0)} ms until the next was let talk`);
    await told(first, 'They hear you');
  });
});
