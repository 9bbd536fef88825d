// SPDX-License-Identifier: Apache-2.0
// That there is a good sentence for everything, in every language.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { byeReasons, deviceTroubles, encoderKinds, errorCodes, slowedCauses, type CameraInfo } from '../src/core/signaling-messages';
import { problemOfBye, problemOfError, problems, type Problem } from '../src/core/viewer-problem';
import { checkUpLanguages } from '../src/text/check-up-in-words';
import { chooseLanguage, encoderInWords, formatAge, formatDate, frozenInWords, languages, messageOf, slowedInWords } from '../src/text/text';
import { frontDoor } from './fakes';

/** All strings in a tree of texts, with where they are. Functions are called with something that fits. */
function strings(value: unknown, at: string): [string, string][] {
  if (typeof value === 'string') return [[at, value]];
  if (typeof value === 'function') return [[at, String(value(2, 'second'))]];
  return Object.entries(value as object).flatMap(([name, inner]) => strings(inner, `${at}.${name}`));
}

for (const language of ['en', 'ko'] as const) {
  const texts = languages[language];

  describe(`in ${language}`, () => {
    for (const code of errorCodes) {
      test(`there are words for the error ${code}`, () => {
        const message = messageOf({ name: 'failed', problem: problemOfError(code) }, texts);
        assert.ok(message && message.title.length > 3 && message.hint.length > 3);
      });
    }

    for (const reason of byeReasons) {
      test(`there are words for the bye ${reason}`, () => {
        const message = messageOf({ name: 'failed', problem: problemOfBye(reason) }, texts);
        assert.ok(message && message.title.length > 3 && message.hint.length > 3);
      });
    }

    test('nothing is empty, shouts or needs a dictionary', () => {
      for (const [at, text] of strings({ ...texts, checkUpAsSuch: checkUpLanguages[language] }, language)) {
        assert.notEqual(text.trim(), '', at);
        assert.doesNotMatch(text, /[!！]/, at);
        assert.doesNotMatch(text, /\b(ICE|SDP|DTLS|WebRTC|WebSocket|H\.?264|RTP|timeout|undefined|NaN)\b/i, at);
      }
    });

    test('no two problems have the same title', () => {
      const titles = Object.keys(problems).map((problem) => texts.problems[problem as Problem].title);
      assert.equal(new Set(titles).size, titles.length);
    });
  });
}

describe('Korean', () => {
  test('is polite in every sentence', () => {
    const { problems: ofProblems, waits, signIn } = languages.ko;
    const messages = [...Object.values(ofProblems), ...Object.values(waits), signIn.newcomer, signIn.left];
    for (const { title, hint } of messages) {
      assert.match(title, /요$/);
      for (const sentence of hint.split(/(?<=[.])\s/)) assert.match(sentence, /요\.$/);
    }
    const { opening, asking, heard, heardOtherwise, muted, silent, ends } = languages.ko.talk;
    for (const { title, hint } of [opening, asking, heard, heardOtherwise, muted, silent, ...Object.values(ends)]) {
      assert.match(title, /요$/);
      for (const sentence of hint.split(/(?<=[.])\s/)) assert.match(sentence, /요\.$/);
    }
    for (const fault of [...Object.values(signIn.faults), ...Object.values(languages.ko.sharing.faults)]) {
      for (const sentence of fault.split(/(?<=[.])\s/)) assert.match(sentence, /요\.$/);
    }
  });
});

describe('the language', () => {
  test('is the first of the browser that the page has', () => {
    assert.equal(chooseLanguage('', ['fr-FR', 'ko-KR', 'en-US']), 'ko');
    assert.equal(chooseLanguage('', ['en-GB', 'ko']), 'en');
  });

  test('is English where the page has none of them', () => {
    assert.equal(chooseLanguage('', ['fr', 'de-AT']), 'en');
    assert.equal(chooseLanguage('', []), 'en');
  });

  test('follows the address before the browser', () => {
    assert.equal(chooseLanguage('?camera=porch&lang=ko', ['en-US']), 'ko');
    assert.equal(chooseLanguage('?lang=xx', ['ko-KR']), 'ko');
  });
});

describe('a date', () => {
  test('is written as people of the language do', () => {
    assert.match(formatDate(1_790_000_000, 'ko'), /^2026\. 9\. \d+\. .* ?\d+:\d\d$/);
    assert.match(formatDate(1_790_000_000, 'en'), /^Sep \d+, 2026, \d+:\d\d.[AP]M$/);
  });
});

describe('what encodes', () => {
  const { en, ko } = languages;
  const of = (encoder: CameraInfo['encoder'], state = 'live') => ({ ...frontDoor, state, ...(encoder ? { encoder } : {}) });
  const x264 = { kind: 'software', name: 'x264enc', corePercent: 60 };

  test('is told with what it takes while it runs, and with what to expect while it rests', () => {
    assert.equal(encoderInWords(of(x264), en), 'x264, software: 60 % of a core');
    assert.equal(encoderInWords(of(x264, 'idle'), en), 'x264, software: expect 60 % of a core');
    assert.equal(encoderInWords(of(x264, 'away'), ko), 'x264, 소프트웨어: 코어 하나의 60% 예상');
  });

  test('is told without a figure where none was measured', () => {
    assert.equal(encoderInWords(of({ kind: 'hardware', name: 'v4l2h264enc' }), en), 'v4l2h264, hardware');
  });

  test('is nothing where the camera’s own video is passed through, and unknown before it has run', () => {
    assert.equal(encoderInWords(of({ kind: 'passed-through' }), en), 'Passed through: no encoder');
    assert.equal(encoderInWords(of(undefined), en), undefined);
  });

  test('has words for each kind', () => {
    for (const kind of encoderKinds.filter((one) => one !== 'passed-through')) {
      assert.ok(en.statistics.encoder.kinds[kind] && ko.statistics.encoder.kinds[kind], kind);
    }
  });

  test('is called as the device does where it is a newer one’s', () => {
    assert.equal(encoderInWords(of({ kind: 'neural', name: 'nn', corePercent: 3 }), en), 'nn, neural: 3 % of a core');
  });
});

describe('that a camera gives fewer pictures', () => {
  const { en, ko } = languages;
  const live = { ...frontDoor, state: 'live' };

  test('is told with the cause, in words of its own for each', () => {
    assert.equal(slowedInWords({ ...live, slowed: 'heat' }, en), 'The device is hot: fewer pictures a second');
    assert.equal(slowedInWords({ ...live, slowed: 'heat' }, ko), '기기가 뜨거워서 초당 화면 수를 줄였어요');
    for (const texts of [en, ko]) {
      assert.equal(new Set(slowedCauses.map((slowed) => slowedInWords({ ...live, slowed }, texts))).size, slowedCauses.length);
    }
  });

  test('is not told where it is not so, while there are none, and of causes that the page does not know', () => {
    assert.equal(slowedInWords(live, en), undefined);
    assert.equal(slowedInWords({ ...frontDoor, state: 'away', slowed: 'heat' }, en), undefined);
    assert.equal(slowedInWords({ ...live, slowed: 'age' }, en), undefined);
  });
});

describe('that a camera repeats one picture', () => {
  const { en, ko } = languages;
  const live = { ...frontDoor, state: 'live', frozen: true };

  test('is told while there is a picture, with what can be done', () => {
    assert.equal(frozenInWords(live, en)?.title, 'The camera repeats one picture');
    assert.equal(frozenInWords(live, ko)?.title, '카메라가 같은 화면만 보내고 있어요');
  });

  test('is not told of a camera that does not, or shows nothing', () => {
    assert.equal(frozenInWords({ ...frontDoor, state: 'live' }, en), undefined);
    assert.equal(frozenInWords({ ...live, state: 'away' }, en), undefined);
  });
});

describe('what is wrong around the device', () => {
  for (const [language, texts] of Object.entries(languages)) {
    test(`has words of its own for each trouble, in ${language}`, () => {
      const told = deviceTroubles.map((trouble) => texts.deviceTroubles[trouble]);
      assert.ok(told.every(({ title, hint }) => title.length > 3 && hint.length > 3));
      assert.equal(new Set(told.flatMap(({ title, hint }) => [title, hint])).size, 2 * deviceTroubles.length);
    });
  }
});

describe('an age', () => {
  test('is told in the largest unit that fits', () => {
    const { en, ko } = languages;
    assert.equal(formatAge(0, en), '1 s');
    assert.equal(formatAge(59_999, en), '59 s');
    assert.equal(formatAge(60_000, en), '1 min');
    assert.equal(formatAge(3_600_000, ko), '1시간');
    assert.equal(formatAge(86_400_000, en), '1 day');
    assert.equal(formatAge(2 * 86_400_000, ko), '2일');
  });
});
