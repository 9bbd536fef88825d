// SPDX-License-Identifier: Apache-2.0
// How the page has the device checked, and what it makes of the answers.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CheckUp, kCheckUpTick, kForgotten } from '../src/core/check-up';
import { kCommandTimeout, kNoAnswer, kNoLink } from '../src/core/command-caller';
import { countOf, deviceThings, findingCauses, verdicts } from '../src/core/finding';
import { CommandBench, last, settle } from './fakes';
import { commandFixtures, findingWords } from './golden';

const clock = { verdict: 'ok', what: 'time', evidence: 'it is noon' } as const;
const camera = { verdict: 'broken', what: 'camera', evidence: 'gone', cause: 'camera-missing' } as const;

class CheckUpBench extends CommandBench {
  readonly checkUp = new CheckUp(this.commands, this.clock);

  tell(state: string, ...findings: object[]): Promise<void> {
    return this.answer('doctor', { state, findings });
  }

  tick(): Promise<void> {
    return this.clock.advance(kCheckUpTick);
  }

  get questions() {
    return this.asked.map((command) => command.arguments);
  }
}

function begin(): CheckUpBench {
  const bench = new CheckUpBench();
  bench.checkUp.begin();
  return bench;
}

test('the page has the words of the wire', () => {
  const { verdicts: ofWire, whats, causes } = findingWords();

  assert.deepEqual([ofWire, whats, causes], [[...verdicts], [...deviceThings], [...findingCauses]]);
});

describe('a check-up of the device', () => {
  test('is asked for and read as the device does', async () => {
    const fixture = commandFixtures().find(({ name }) => name === 'doctor');
    assert.ok(fixture);
    const bench = begin();
    assert.deepEqual(last(bench.questions), fixture.arguments);
    await bench.answer('doctor', fixture.value);

    assert.deepEqual(bench.checkUp.state, { name: 'running' });
    assert.deepEqual(bench.checkUp.findings, fixture.value?.['findings']);
  });

  test('is begun once, and asked about each second until it is done', async () => {
    const bench = begin();
    await bench.tell('running');
    await bench.tick();
    await bench.tell('running', clock);
    assert.deepEqual(bench.checkUp.findings, [clock]);
    await bench.tick();
    await bench.tell('done', clock, camera);
    await bench.clock.advance(60_000);

    assert.deepEqual(bench.questions, [{ begin: true }, {}, {}]);
    assert.deepEqual([bench.checkUp.state.name, bench.checkUp.findings], ['done', [clock, camera]]);
    assert.equal(bench.clock.pending, 0);
  });

  test('says each change, and where it is', async () => {
    const bench = new CheckUpBench();
    const seen: string[] = [];
    bench.checkUp.onChange(() => seen.push(`${bench.checkUp.state.name} ${bench.checkUp.stage}`));
    bench.checkUp.begin();
    for (const found of [[], [clock], [clock, camera]]) {
      await bench.tell('running', ...found);
      await bench.tick();
    }

    assert.deepEqual(seen, ['running device', 'running device', 'running rest', 'running rest']);
  });

  test('is not begun twice at a time, and anew when it has ended', async () => {
    const bench = begin();
    bench.checkUp.begin();
    assert.equal(bench.asked.length, 1);
    await bench.tell('done', clock);
    bench.checkUp.begin();

    assert.deepEqual([bench.checkUp.state.name, bench.checkUp.findings], ['running', []]);
    assert.deepEqual(bench.questions, [{ begin: true }, { begin: true }]);
  });

  test('goes on in the device while the link is lost', async () => {
    const bench = begin();
    await bench.tell('running', clock);
    bench.channel.lose();
    await bench.tick();
    assert.deepEqual([bench.checkUp.state.name, bench.checkUp.findings], ['running', [clock]]);
    bench.greet();
    await bench.tick();
    await bench.tell('done', clock, camera);

    assert.equal(bench.checkUp.state.name, 'done');
    assert.deepEqual(last(bench.questions), {});
  });

  test('is begun by the first question that gets through', async () => {
    const bench = new CheckUpBench();
    bench.channel.lose();
    bench.checkUp.begin();
    await settle();
    await bench.clock.advance(0);
    bench.greet();
    await bench.tick();

    assert.deepEqual(bench.questions, [{ begin: true }]);
  });

  test('is given up after three answers in a row that say nothing, and keeps what it has', async () => {
    const bench = begin();
    await bench.tell('running', clock);
    bench.channel.lose();
    for (const seconds of [1, 2, 3]) {
      assert.equal(bench.checkUp.state.name, 'running', `after ${seconds} s`);
      await bench.tick();
    }

    assert.deepEqual([bench.checkUp.state, bench.checkUp.findings], [{ name: 'failed', code: kNoLink }, [clock]]);
  });

  test('is not given up for fruitless answers with others in between', async () => {
    const bench = begin();
    for (let turn = 0; turn < 3; turn += 1) {
      for (const code of ['busy', 'rate-limited']) {
        await bench.refuse('doctor', code);
        await bench.tick();
      }
      await bench.tell('running');
      await bench.tick();
    }

    assert.equal(bench.checkUp.state.name, 'running');
  });

  test('takes what it cannot read for no answer', async () => {
    const bench = begin();
    for (const value of [{}, { state: 'sleeping', findings: [] }, { state: 'done', findings: [{ verdict: 'ok' }] }]) {
      await bench.answer('doctor', value);
      await bench.tick();
    }

    assert.deepEqual(bench.checkUp.state, { name: 'failed', code: kNoAnswer });
  });

  test('fails where nothing is answered at all', async () => {
    const bench = begin();
    await bench.clock.advance(3 * (kCommandTimeout + kCheckUpTick));

    assert.deepEqual(bench.checkUp.state, { name: 'failed', code: kNoAnswer });
  });

  for (const code of ['forbidden', 'unknown-command']) {
    test(`fails at once where the device says '${code}'`, async () => {
      const bench = begin();
      await bench.refuse('doctor', code);
      await bench.clock.advance(60_000);

      assert.deepEqual(bench.checkUp.state, { name: 'failed', code });
      assert.equal(bench.asked.length, 1);
    });
  }

  test('fails where the device has started anew meanwhile, and is not begun again by itself', async () => {
    const bench = begin();
    await bench.tell('running', clock);
    await bench.tick();
    await bench.tell('none');
    await bench.clock.advance(60_000);

    assert.deepEqual([bench.checkUp.state, bench.checkUp.findings], [{ name: 'failed', code: kForgotten }, [clock]]);
    assert.equal(bench.asked.length, 2);
  });

  test('is not asked about any more once nobody looks, and joined when somebody looks again', async () => {
    const bench = begin();
    bench.checkUp.close();
    await bench.tell('running', clock);
    await bench.clock.advance(60_000);
    assert.deepEqual([bench.checkUp.state.name, bench.checkUp.findings, bench.asked.length], ['idle', [], 1]);
    assert.equal(bench.clock.pending, 0);
    bench.checkUp.begin();
    await bench.tell('running', clock);

    assert.deepEqual(bench.checkUp.findings, [clock]);
  });
});

describe('a finding of a newer device', () => {
  test('is taken as it comes, and not counted where its verdict is unknown', async () => {
    const bench = begin();
    const newer = { what: 'weather', evidence: 'it rains', cause: 'clouds', certainty: 0.9 };
    await bench.tell('done', { ...newer, verdict: 'dubious' }, { ...newer, verdict: 'broken' });
    const { findings } = bench.checkUp;

    assert.deepEqual(findings[0], { verdict: 'untried', what: 'weather', evidence: 'it rains', cause: 'clouds' });
    assert.deepEqual(verdicts.map((verdict) => countOf(verdict, findings)), [0, 0, 1, 1]);
  });
});
