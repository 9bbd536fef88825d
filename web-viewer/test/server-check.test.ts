// SPDX-License-Identifier: Apache-2.0
// What is made of what a browser tells while it asks one server; and of all servers together.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { judgeServer, judgeUdp, kSoon, type BrowserFinding, type ServerFacts } from '../src/core/server-check';

const kStun = 'stun:stun.example';
const kTurn = 'turn:turn.example?transport=udp';

const candidate = (kind: string, address = '203.0.113.5 40000', after = 35) =>
  ({ candidate: `candidate:842163049 1 udp 1677729535 ${address} typ ${kind} generation 0 ufrag x`, after });
const host = candidate('host', 'e4c3a7f1-0000-4000-8000-000000000000.local 50123', 2);

function judge(url: string, seen: Partial<ServerFacts> = {}): BrowserFinding {
  return judgeServer({ url, candidates: [], errors: [], isComplete: true, duration: 200, ...seen });
}

/** Verdict and cause. */
const briefly = ({ verdict, cause }: BrowserFinding) => [verdict, cause];

describe('a STUN server', () => {
  test('works where it tells the browser of itself', () => {
    const finding = judge(kStun, { candidates: [host, candidate('srflx')], isComplete: false });

    assert.deepEqual(finding, { verdict: 'ok', what: 'stun', url: kStun, evidence: '203.0.113.5:40000 after 35 ms' });
  });

  for (const [hidden, shown] of [
    ['2001:db8::5 40000', '[2001:db8::5]:40000 after 35 ms'],
    ['0.0.0.0 9', 'after 35 ms'],
    [':: 9', 'after 35 ms'],
    ['e4c3a7f1-0000-4000-8000-000000000000.local 9', 'after 35 ms'],
  ] as const) {
    test(`is told of with the time alone where the address says nothing: ${hidden}`, () => {
      assert.equal(judge(kStun, { candidates: [candidate('srflx', hidden)] }).evidence, shown);
    });
  }

  test('works where one interface does not reach it, and another does', () => {
    const errors = [{ code: 701, text: 'STUN binding request timed out.' }];

    assert.equal(judge(kStun, { candidates: [host, candidate('srflx')], errors }).verdict, 'ok');
  });

  test('has told nothing new where the browser is soon done and complains of nothing', () => {
    assert.deepEqual(briefly(judge(kStun, { candidates: [host] })), ['ok', 'nothing-new']);
    assert.deepEqual(briefly(judge(kStun, { candidates: [host], duration: kSoon })), ['ok', 'nothing-new']);
  });

  test('is silent where the browser takes long to be done, which is how some give up', () => {
    const finding = judge(kStun, { candidates: [host], duration: 7900 });

    assert.deepEqual([briefly(finding), finding.evidence], [['broken', 'unanswered'], 'nothing within 8 s']);
  });

  test('is silent where the browser says so, or time is up', () => {
    const errors = [{ code: 701, text: 'STUN host lookup received error.' }, { code: 701, text: '' }];
    const said = judge(kStun, { candidates: [host], errors });
    assert.deepEqual([briefly(said), said.evidence], [['broken', 'unanswered'], '701 STUN host lookup received error.']);
    const unsaid = judge(kStun, { candidates: [host], isComplete: false, duration: 8000 });

    assert.deepEqual([briefly(unsaid), unsaid.evidence], [['broken', 'unanswered'], 'nothing within 8 s']);
  });

  test('was not asked by a browser that has no network', () => {
    assert.deepEqual(briefly(judge(kStun)), ['untried', 'not-asked']);
  });

  test('may answer with an error', () => {
    const finding = judge(kStun, { candidates: [host], errors: [{ code: 400, text: 'Bad Request' }] });

    assert.deepEqual([briefly(finding), finding.evidence], [['broken', 'stun-refused'], '400 Bad Request']);
  });

  test('does not work by a relay’s candidate', () => {
    assert.equal(judge(kStun, { candidates: [candidate('relay')], isComplete: false, duration: 8000 }).verdict, 'broken');
  });
});

describe('a relay', () => {
  test('works where it relays', () => {
    const finding = judge(kTurn, { candidates: [candidate('relay', '198.51.100.7 50000', 80)], isComplete: false });

    assert.deepEqual(finding, { verdict: 'ok', what: 'turn', url: kTurn, evidence: '198.51.100.7:50000 after 80 ms' });
  });

  test('does not work by telling the browser of itself', () => {
    const finding = judge(kTurn, { candidates: [candidate('srflx')], errors: [{ code: 403, text: 'Forbidden' }] });

    assert.deepEqual(briefly(finding), ['broken', 'relay-forbidden']);
  });

  for (const [code, cause] of [
    [401, 'relay-credentials'], [403, 'relay-forbidden'], [486, 'relay-full'], [508, 'relay-full'],
    [300, 'relay-refused'], [400, 'relay-refused'], [699, 'relay-refused'], [701, 'unanswered'], [700, 'unanswered'],
  ] as const) {
    test(`that ends with ${code} does not work: ${cause}`, () => {
      assert.deepEqual(briefly(judge(kTurn, { errors: [{ code, text: '' }] })), ['broken', cause]);
    });
  }

  test('is said to refuse rather than to be silent, where it does the one to one interface and the other to another', () => {
    const errors = [{ code: 701, text: 'timed out' }, { code: 401, text: 'Unauthorized' }];

    assert.deepEqual([briefly(judge(kTurn, { errors })), judge(kTurn, { errors }).evidence],
      [['broken', 'relay-credentials'], '401 Unauthorized']);
  });

  test('works where it refuses one interface and relays for another', () => {
    assert.equal(judge(kTurn, { errors: [{ code: 401, text: '' }], candidates: [candidate('relay')] }).verdict, 'ok');
  });

  test('is silent where time is up', () => {
    assert.deepEqual(briefly(judge(kTurn, { isComplete: false, duration: 8000 })), ['broken', 'unanswered']);
  });

  test('is left unexplained by a browser that is done without a word', () => {
    assert.deepEqual(briefly(judge(kTurn)), ['broken', 'relay-unexplained']);
    assert.deepEqual(briefly(judge(kTurn, { duration: 7000 })), ['broken', 'relay-unexplained']);
  });

  test('that the browser does not take is of no use', () => {
    const finding = judge('turns:turn.example', { exception: 'InvalidAccessError' });

    assert.deepEqual(finding, {
      verdict: 'broken', what: 'turn', url: 'turns:turn.example', evidence: 'InvalidAccessError', cause: 'unusable',
    });
  });
});

describe('UDP', () => {
  const kByTcp = 'turn:turn.example:443?transport=tcp';
  const kByTls = 'turns:turn.example';
  const works = (url: string) => judge(url, { candidates: [candidate(url.startsWith('stun') ? 'srflx' : 'relay')] });
  const silent = (url: string) => judge(url, { isComplete: false, duration: 8000 });
  const refuses = (url: string) => judge(url, { errors: [{ code: 401, text: '' }] });
  const briefly = (...servers: BrowserFinding[]) => {
    const { verdict, cause } = judgeUdp(servers) ?? {};
    return [verdict, cause];
  };

  test('gets through where anything answers by it, be it with a refusal', () => {
    assert.deepEqual(briefly(works(kStun), silent(kTurn)), ['ok', undefined]);
    assert.deepEqual(briefly(refuses(kTurn), works(kByTcp)), ['ok', undefined]);
    assert.deepEqual(briefly(judge(kStun, { candidates: [host] })), ['ok', undefined]);
  });

  test('does not get through where only TCP is answered, which helps where it relays', () => {
    for (const tcp of [kByTcp, kByTls]) {
      assert.deepEqual(briefly(silent(kStun), works(tcp)), ['warning', 'udp-relayed']);
      assert.deepEqual(briefly(silent(kStun), refuses(tcp)), ['warning', 'udp-blocked']);
      assert.deepEqual(briefly(silent(kTurn), refuses(kByTls), works(tcp)), ['warning', 'udp-relayed']);
    }
  });

  test('is not blamed where nothing answers at all', () => {
    assert.deepEqual(briefly(silent(kStun)), ['untried', 'udp-unknown']);
    assert.deepEqual(briefly(silent(kStun), silent(kByTcp)), ['untried', 'udp-unknown']);
    assert.deepEqual(briefly(judge(kTurn), judge(kByTls)), ['untried', 'udp-unknown']);
  });

  test('is not known where nobody is asked by it', () => {
    assert.deepEqual(briefly(works(kByTcp)), ['untried', 'udp-unasked']);
    assert.deepEqual(briefly(judge(kStun), works(kByTcp)), ['untried', 'udp-unasked']);
  });

  test('is no matter where no server was asked', () => {
    const useless = judge(kTurn, { exception: 'SyntaxError' });
    const ofLink: BrowserFinding = { verdict: 'ok', what: 'signaling', evidence: '' };

    assert.deepEqual([judgeUdp([]), judgeUdp([ofLink, useless])], [undefined, undefined]);
  });
});
