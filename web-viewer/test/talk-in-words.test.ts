// SPDX-License-Identifier: Apache-2.0
// What is said about talking, and to whom.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { microphoneFaults } from '../src/core/microphone';
import type { AudioInfo } from '../src/core/signaling-messages';
import type { TalkEnd, TalkState } from '../src/core/talk';
import { othersInWords, talkInWords } from '../src/text/talk-in-words';
import { languages } from '../src/text/text';

const { en, ko } = languages;
const told = (state: TalkState, audio?: AudioInfo, isSilent = false, texts = en) => talkInWords({ state, isMuted: false, isSilent, audio }, texts);
const talking: TalkState = { name: 'talking', isOther: false };

describe('who talks', () => {
  test('is told nothing while nobody has pressed', () => {
    assert.equal(told({ name: 'off' }), undefined);
  });

  test('is told for whom to wait, and how long the queue is', () => {
    const audio = { speaker: { state: 'live' }, talkers: ['Grandma', 'Tom'] };
    assert.deepEqual(told({ name: 'waiting', position: 1 }, audio), {
      title: 'Waiting for Grandma to finish', hint: 'You are next.',
    });
    assert.equal(told({ name: 'waiting', position: 3 }, audio)?.hint, 'You are number 3 of those who wait.');
    assert.equal(told({ name: 'waiting', position: 1 }, audio, false, ko)?.title, 'Grandma의 말이 끝나기를 기다리고 있어요');
  });

  test('waits for somebody where no name is known', () => {
    for (const talkers of [undefined, [], ['']]) {
      const audio = talkers ? { talkers } : {};
      assert.equal(told({ name: 'waiting', position: 1 }, audio)?.title, 'Waiting for somebody to finish');
    }
  });

  test('is told that they are heard, or that their microphone is silent', () => {
    assert.equal(told(talking)?.title, 'They hear you');
    assert.equal(told({ ...talking, isOther: true })?.title, 'They hear you through another microphone');
    assert.equal(told(talking, undefined, true)?.title, 'Your microphone is silent');
    const muted = talkInWords({ state: talking, isMuted: true, isSilent: true, audio: undefined }, en);
    assert.equal(muted?.title, 'Your microphone is muted');
  });

  test('is told what the device says of its loudspeaker', () => {
    const audio = { speaker: { state: 'away', reason: 'there is no loudspeaker' } };
    assert.match(told({ name: 'off', why: 'speaker' }, audio)?.hint ?? '', /What the device reports: there is no loudspeaker$/);
    assert.doesNotMatch(told({ name: 'off', why: 'speaker' })?.hint ?? '', /reports/);
    assert.doesNotMatch(told({ name: 'off', why: 'limit' }, audio)?.hint ?? '', /reports/);
  });

  test('reads on an insecure page what stands beside their account', () => {
    assert.equal(told({ name: 'off', why: 'insecure' })?.hint, en.account.microphone);
  });

  for (const [language, texts] of Object.entries(languages)) {
    test(`has a sentence of its own for each end, in ${language}`, () => {
      const ends: TalkEnd[] = [
        ...microphoneFaults, 'limit', 'silent', 'preempted', 'speaker', 'forbidden', 'no-way', 'trouble', 'ready',
      ];
      const words = ends.map((why) => told({ name: 'off', why }, undefined, false, texts));

      assert.equal(new Set(words.map((one) => one?.title)).size, ends.length);
      assert.equal(new Set(words.map((one) => one?.hint)).size, ends.length);
    });
  }
});

describe('everybody', () => {
  test('is told who talks', () => {
    assert.equal(othersInWords(['Grandma'], undefined, en), 'Grandma is talking');
    assert.equal(othersInWords(['Grandma', 'Tom'], undefined, en), 'Grandma and Tom are talking');
    assert.equal(othersInWords(['할머니'], undefined, ko), '지금 말하는 사람: 할머니');
  });

  test('is told that somebody does who gave no name', () => {
    assert.equal(othersInWords([''], undefined, en), 'Somebody is talking');
    assert.equal(othersInWords(['', ''], undefined, en), 'Somebody is talking');
    assert.equal(othersInWords(['Grandma', ''], undefined, en), 'Grandma and somebody are talking');
  });

  test('is told nothing where nobody does', () => {
    assert.equal(othersInWords(undefined, undefined, en), undefined);
    assert.equal(othersInWords([], undefined, en), undefined);
  });

  test('is not told of themselves', () => {
    assert.equal(othersInWords(['Grandma'], 'Grandma', en), undefined);
    assert.equal(othersInWords(['Tom', 'Grandma'], 'Grandma', en), 'Tom is talking');
    // The list is about to change.
    assert.equal(othersInWords(['Tom'], 'Grandma', en), undefined);
  });
});
