// SPDX-License-Identifier: Apache-2.0
// Talking through a camera's speaker: a real browser's microphone, a real sound server, and nobody heard who may not be.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { findChirps } from '../support/chirp.mjs';
import { soundRate } from '../support/sound_server.mjs';
import { addAxe, faultsOf } from './axe.mjs';
import { talkButton, TalkStage, told } from './talk_stage.mjs';

const phone = { width: 390, height: 844 };

describe('who talks through a camera', () => {
  /** @type {TalkStage} */
  let stage;

  before(async () => void (stage = await TalkStage.start('talk')));
  after(() => stage?.stop());

  /** @param {import('node:test').TestContext} t @param {string} name @param {string} [rights] */
  async function open(t, name, rights) {
    const profile = await stage.browser.newContext({ viewport: phone });
    await addAxe(profile);
    return stage.open(t, { name, rights, profile });
  }
  const chirpsIn = (/** @type {Float32Array} */ samples) => findChirps(samples, soundRate);
  const hasThree = (/** @type {Float32Array} */ samples) => chirpsIn(samples).length >= 3;

  test('is heard while the button is pressed, and not after it', async (t) => {
    const viewer = await open(t, 'visitor');
    await talkButton(viewer).click();
    await told(viewer, 'They hear you');
    const recorded = await stage.sound.record(hasThree);
    const chirps = chirpsIn(recorded);
    t.diagnostic(chirps.map(({ at, likeness }) => `${at.toFixed(3)} s, ${(100 * likeness).toFixed(0)} % like it`).join('; '));
    await viewer.screenshot('talk-heard');
    assert.deepEqual(await faultsOf(viewer.page), []);

    await talkButton(viewer).click();
    await viewer.page.getByText('They hear you').first().waitFor({ state: 'detached' });
    const afterwards = await stage.sound.record((samples) => samples.length > 2.5 * soundRate);
    // Of the first half second something may still have been on its way.
    assert.deepEqual(chirpsIn(afterwards.slice(soundRate / 2)), []);
  });

  test('is told to everybody who watches, and the next has to wait for the turn', async (t) => {
    const first = await open(t, 'Grandma');
    const second = await open(t, 'Postman');
    await talkButton(first).click();
    await told(first, 'They hear you');
    await told(second, 'Grandma is talking');
    await talkButton(second).click();
    await told(second, 'Waiting for Grandma to finish');
    await told(second, 'You are next.');
    await second.screenshot('talk-waits');
    await talkButton(first).click();
    await told(second, 'They hear you');
    await told(first, 'Postman is talking');
    await talkButton(second).click();
  });

  test('loses the turn to the owner', async (t) => {
    const guest = await open(t, 'guest');
    const owner = await open(t, 'owner', 'view,talk,admin');
    await talkButton(guest).click();
    await told(guest, 'They hear you');
    await talkButton(owner).click();
    await told(owner, 'They hear you');
    await told(guest, 'The camera’s owner talks now');
    await guest.screenshot('talk-preempted');
  });

  test('has no button without the right', async (t) => {
    const viewer = await open(t, 'viewer', 'view');
    assert.equal(await talkButton(viewer).count(), 0);
  });
});
