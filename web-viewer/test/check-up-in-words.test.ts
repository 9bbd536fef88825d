// SPDX-License-Identifier: Apache-2.0
// That a check-up has words for all it may find, and what becomes of those that it does not know.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kForgotten } from '../src/core/check-up';
import { kNoAnswer, kNoLink } from '../src/core/command-caller';
import { deviceThings, findingCauses, verdicts, type Finding } from '../src/core/finding';
import { browserCauses, type BrowserFinding } from '../src/core/server-check';
import { isOfWay, problems, type Problem } from '../src/core/viewer-problem';
import {
  browserFindingInWords, checkUpLanguages, faultInWords, findingInWords, reportInWords, summaryInWords,
} from '../src/text/check-up-in-words';

const { en, ko } = checkUpLanguages;
const camera: Finding = { verdict: 'broken', what: 'camera', evidence: "'porch': gone", cause: 'camera-missing' };
const clock: Finding = { verdict: 'warning', what: 'time', evidence: 'it is noon', cause: 'clock-unkept' };
const disk: Finding = { verdict: 'ok', what: 'disk', evidence: '' };
const relay: BrowserFinding = {
  verdict: 'broken', what: 'turn', url: 'turn:turn.example', evidence: '403 Forbidden', cause: 'relay-forbidden',
};

const section = (...findings: Finding[]) =>
  ({ title: en.device, findings: findings.map((finding) => findingInWords(finding, en)) });

describe('a finding in words', () => {
  for (const [language, texts] of Object.entries(checkUpLanguages)) {
    test(`has words of its own for each cause, in ${language}`, () => {
      const { causes, browserCauses: ofBrowser } = texts;
      const told = [...findingCauses.map((cause) => causes[cause]), ...browserCauses.map((cause) => ofBrowser[cause])];
      assert.ok(told.every((words) => /[.]$/.test(words)));
      assert.ok(new Set(findingCauses.map((cause) => causes[cause])).size === findingCauses.length);
      assert.ok(new Set(browserCauses.map((cause) => ofBrowser[cause])).size === browserCauses.length);
    });

    test(`tells its verdict and its thing apart from all others, in ${language}`, () => {
      const { verdicts: ofVerdict, things } = texts;
      assert.equal(new Set(verdicts.map((verdict) => ofVerdict[verdict])).size, verdicts.length);
      assert.equal(new Set(deviceThings.map((thing) => things[thing])).size, deviceThings.length);
    });
  }

  test('is polite in Korean', () => {
    const { causes, browserCauses: ofBrowser, faults, progress, about, forOwner } = ko;
    for (const words of [about, forOwner, ...[causes, ofBrowser, faults].flatMap((one) => Object.values<string>(one))]) {
      for (const sentence of words.split(/(?<=[.])\s/)) assert.match(sentence, /요\.$/);
    }
    for (const words of Object.values(progress)) assert.match(words, /요 …$/);
  });

  test('says what was seen beneath what it means', () => {
    assert.deepEqual(findingInWords(camera, en), {
      verdict: 'broken', name: 'Camera', words: en.causes['camera-missing'], evidence: "'porch': gone",
      code: 'camera camera-missing',
    });
    assert.deepEqual(findingInWords(disk, ko), { verdict: 'ok', name: '저장 공간', code: 'disk' });
  });

  test('names the server that was asked from here', () => {
    const { name, words, evidence } = browserFindingInWords(relay, en);

    assert.deepEqual([name, words, evidence],
      ['Relay (TURN)', en.browserCauses['relay-forbidden'], 'turn:turn.example: 403 Forbidden']);
  });

  test('is shown as it is where only a newer device knows of it', () => {
    for (const strange of ['weather', 'constructor', 'toString', '__proto__']) {
      const shown = findingInWords({ verdict: 'untried', what: strange, evidence: 'it rains', cause: strange }, en);
      assert.deepEqual(shown, { verdict: 'untried', name: strange, evidence: 'it rains', code: `${strange} ${strange}` });
    }
  });
});

describe('a check-up in one sentence', () => {
  const nothing = section(disk);

  test('counts what does not work, else what could be better', () => {
    assert.equal(summaryInWords([nothing, section(clock, camera, camera)], en), '2 things do not work.');
    assert.equal(summaryInWords([nothing, section(camera)], en), 'One thing does not work.');
    assert.equal(summaryInWords([section(clock), section(clock)], en), 'Everything works, and 2 things could be better.');
    assert.equal(summaryInWords([nothing, section({ ...clock, verdict: 'untried' })], en), en.summary.works);
    assert.equal(summaryInWords([section(camera)], ko), '작동하지 않는 것이 1가지 있어요.');
  });

  test('says that it is not complete', () => {
    const fault = faultInWords({ name: 'failed', code: kNoLink }, en);

    assert.equal(summaryInWords([nothing, { ...section(), fault }], en), `${en.summary.works} ${fault}`);
  });
});

test('a check-up is offered where the way to the device is the matter', () => {
  const offered = (Object.keys(problems) as Problem[]).filter(isOfWay);

  assert.deepEqual(offered.sort(),
    ['insecure', 'interrupted', 'no-path', 'no-picture', 'turn-refused', 'udp-blocked', 'unreachable']);
});

describe('why the device’s part is not complete', () => {
  const { faults } = en;

  test('has words for each code', () => {
    for (const [code, words] of [
      [kNoLink, faults.unreachable], [kNoAnswer, faults.unreachable], [kForgotten, faults.forgotten],
      ['forbidden', faults.forbidden], ['unknown-command', faults['unknown-command']], ['internal', faults.other],
      ['constructor', faults.other],
    ] as const) assert.equal(faultInWords({ name: 'failed', code }, en), words);
  });

  test('is no question where it is, or goes on', () => {
    for (const name of ['idle', 'running', 'done'] as const) assert.equal(faultInWords({ name }, en), undefined);
  });
});

test('a report is plain lines that can be read in any language', () => {
  const browser = { title: en.browser, findings: [browserFindingInWords(relay, en)] };
  const fault = en.faults.forgotten;
  const report = reportInWords(['Porch, 2026', 'a browser'], [browser, { ...section(disk, clock), fault }], en);

  assert.equal(report, [
    'Porch, 2026',
    'a browser',
    `One thing does not work. ${fault}`,
    '',
    'This browser',
    '- Does not work: Relay (TURN) [turn relay-forbidden]',
    `  ${en.browserCauses['relay-forbidden']}`,
    '  turn:turn.example: 403 Forbidden',
    '',
    'The device',
    '- Works: Storage [disk]',
    '- Could be better: Clock [time clock-unkept]',
    `  ${en.causes['clock-unkept']}`,
    '  it is noon',
    fault,
    '',
  ].join('\n'));
});
