// SPDX-License-Identifier: Apache-2.0
// What an admin asks of the device about others, and the form in which they say it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { kCommandTimeout, kNoAnswer, kNoLink, type Outcome } from '../src/core/command-caller';
import { abilitiesOf } from '../src/core/rights';
import { faultOf, grantableRights, newShareForm, requestOf, withChosen, withRight } from '../src/core/share-form';
import { Sharing } from '../src/core/sharing';
import { kRefreshInterval, SharingLists } from '../src/core/sharing-lists';
import { english } from '../src/text/english';
import { CommandBench, last } from './fakes';
import { commandFixtures, rightFixtures } from './golden';

const token = {
  id: 't1', name: 'Grandma', rights: ['view'], cameras: ['front-door'], created: 1, expires: 2, own: false,
};
const viewer = {
  session: 's1', camera: 'front-door', token: 't1', name: 'Grandma', source: '192.0.2.7', state: 'live', seconds: 9,
};

class SharingBench extends CommandBench {
  readonly sharing = new Sharing(this.commands);
}

describe('a command', () => {
  test('gets the result that bears its id, whatever the order', async () => {
    const bench = new SharingBench();
    const [first, second] = [bench.commands.call('a', {}), bench.commands.call('b', { x: 1 })];
    await bench.answer('b', { b: true });
    await bench.answer('a');

    assert.deepEqual(await first, { ok: true, value: {} });
    assert.deepEqual(await second, { ok: true, value: { b: true } });
    assert.deepEqual(bench.asked.map(({ name, arguments: given }) => [name, given]), [['a', {}], ['b', { x: 1 }]]);
    assert.notEqual(bench.asked[0]?.id, bench.asked[1]?.id);
  });

  test('fails with the device’s own code', async () => {
    const bench = new SharingBench();
    const result = bench.commands.call('share', {});
    await bench.refuse('share', 'forbidden');

    assert.deepEqual(await result, { ok: false, code: 'forbidden' });
  });

  test('fails when nothing comes back, and leaves no timer', async () => {
    const bench = new SharingBench();
    const result = bench.commands.call('a', {});
    await bench.clock.advance(kCommandTimeout);

    assert.deepEqual(await result, { ok: false, code: kNoAnswer });
    assert.equal(bench.clock.pending, 0);
  });

  test('fails with the link that it went over, and where there is none', async () => {
    const bench = new SharingBench();
    const under = bench.commands.call('a', {});
    bench.channel.lose();

    assert.deepEqual(await under, { ok: false, code: kNoLink });
    assert.deepEqual(await bench.commands.call('b', {}), { ok: false, code: kNoLink });
  });
});

describe('sharing', () => {
  test('takes what it cannot read for no answer', async () => {
    const bench = new SharingBench();
    const tokens = bench.sharing.tokens();
    await bench.answer('tokens', { tokens: [{ ...token, own: 'yes' }] });

    assert.deepEqual(await tokens, { ok: false, code: kNoAnswer });
  });

  /** How each command is asked for on the page, with what its fixture says; and what of its answer the page keeps. */
  const asked: Record<string, (sharing: Sharing, given: any) => Promise<Outcome<unknown>>> = {
    share: (sharing, given) => sharing.share(given),
    tokens: (sharing) => sharing.tokens(),
    revoke: (sharing, { token }) => sharing.revoke(token),
    viewers: (sharing) => sharing.viewers(),
    end: (sharing, { session }) => sharing.end(session),
  };
  const kept: Record<string, (value: any) => unknown> = {
    share: ({ id, token, expires }) => ({ id, token, expires }),
    tokens: ({ tokens }) => tokens,
    viewers: ({ viewers }) => viewers,
  };

  // Those of a session are said by itself, those of the door by Rings and Doors, the device's check-up by CheckUp:
  // listening.test.ts, switching.test.ts, talk.test.ts, rings.test.ts, doors.test.ts, path-probe.test.ts, check-up.test.ts.
  const ofOthers = ['listen', 'talk', 'switch', 'answer', 'open', 'ping', 'doctor'];
  for (const { name, arguments: given, value } of commandFixtures().filter(({ name: one }) => !ofOthers.includes(one))) {
    test(`sends '${name}' and reads its answer as the device does`, async () => {
      const bench = new SharingBench();
      const outcome = asked[name]?.(bench.sharing, given);
      assert.ok(outcome, 'no such command on the page');
      assert.deepEqual(last(bench.asked).arguments, given);
      await bench.answer(name, value);

      assert.deepEqual(await outcome, { ok: true, value: kept[name]?.(value) });
    });
  }
});

describe('the lists', () => {
  async function open() {
    const bench = new SharingBench();
    const lists = new SharingLists(bench.sharing, bench.clock);
    lists.start();
    const answer = async (tokens: unknown[], viewers: unknown[]) => {
      await bench.answer('tokens', { tokens });
      await bench.answer('viewers', { viewers });
    };
    return { bench, lists, answer };
  }

  test('are asked for at once, and again while somebody looks', async () => {
    const { bench, lists, answer } = await open();
    assert.equal(lists.tokens, undefined);
    await answer([token], [viewer]);
    assert.deepEqual([lists.tokens, lists.viewers], [[token], [viewer]]);
    await bench.clock.advance(kRefreshInterval);
    await answer([token], []);

    assert.deepEqual([lists.tokens, lists.viewers], [[token], []]);
    assert.equal(bench.asked.length, 4);
  });

  test('are not asked for any more once nobody looks', async () => {
    const { bench, lists, answer } = await open();
    lists.stop();
    await answer([token], [viewer]);
    await bench.clock.advance(60_000);

    assert.equal(bench.asked.length, 2);
    assert.equal(lists.tokens, undefined);
    assert.equal(bench.clock.pending, 0);
  });

  test('stay while the link is lost, and come anew with it', async () => {
    const { bench, lists, answer } = await open();
    await answer([token], [viewer]);
    bench.channel.lose();
    await bench.clock.advance(kRefreshInterval);
    assert.deepEqual(lists.tokens, [token]);
    bench.greet();
    await bench.clock.advance(kRefreshInterval);
    await answer([], []);

    assert.deepEqual(lists.tokens, []);
  });

  test('keep their pace, however often somebody asks in between', async () => {
    const { bench, lists, answer } = await open();
    await answer([token], [viewer]);
    void lists.refresh();
    void lists.refresh();
    await answer([token], [viewer]);
    const before = bench.asked.length;
    await bench.clock.advance(kRefreshInterval);

    assert.equal(bench.asked.length, before + 2);
  });
});

describe('the share form', () => {
  const mine = ['view', 'talk', 'admin'];
  const all = ['front-door', 'garden'];
  const named = { ...newShareForm('front-door'), name: ' Grandma ' };

  test('gives little to begin with: to watch this camera for a week', () => {
    assert.deepEqual(requestOf(named, mine, 'front-door', all), {
      name: 'Grandma', rights: ['view'], cameras: ['front-door'], seconds: 604_800,
    });
  });

  test('gives all cameras where none is looked at', () => {
    assert.deepEqual(requestOf({ ...newShareForm(undefined), name: 'x', duration: 'forever' }, mine, undefined, all), {
      name: 'x', rights: ['view'],
    });
  });

  test('has a switch for each right that may be chosen, and a word for each there is', () => {
    const chosen = rightFixtures().filter(({ shared }) => shared === 'by choice');

    assert.deepEqual(chosen.map(({ name }) => name), [...grantableRights]);
    assert.deepEqual(Object.keys(english.sharing.right).sort(), rightFixtures().map(({ name }) => name).sort());
  });

  test('adds and takes rights', () => {
    const talking = withRight(withRight(named, 'talk', true), 'control', true);

    assert.deepEqual(requestOf(talking, mine, 'front-door', all).rights, ['view', 'talk', 'control']);
    assert.deepEqual(requestOf(withRight(talking, 'talk', false), mine, 'front-door', all).rights, ['view', 'control']);
  });

  test('gives all that one has oneself, everywhere, where it gives admin', () => {
    const request = requestOf(withRight(named, 'admin', true), mine, 'front-door', all);

    assert.deepEqual(request.rights, mine);
    assert.equal(request.cameras, undefined);
  });

  test('gives the cameras that were chosen', () => {
    const chosen = withChosen(withChosen({ ...named, reach: 'chosen' }, 'garden', true), 'porch', true);

    assert.deepEqual(requestOf(withChosen(chosen, 'garden', false), mine, 'front-door', all).cameras, ['porch']);
  });

  test('is not sent without a name, nor with cameras to choose and none chosen', () => {
    assert.equal(faultOf({ ...named, name: '  ' }), 'no-name');
    assert.equal(faultOf({ ...named, reach: 'chosen' }), 'no-camera');
    assert.equal(faultOf(withRight({ ...named, reach: 'chosen' }, 'admin', true)), undefined);
    assert.equal(faultOf(named), undefined);
  });

  test('is not sent with a longer name than the device takes, which counts bytes', () => {
    assert.equal(faultOf({ ...named, name: 'x'.repeat(64) }), undefined);
    assert.equal(faultOf({ ...named, name: '할'.repeat(21) }), undefined);
    assert.equal(faultOf({ ...named, name: '할'.repeat(22) }), 'long-name');
  });
});

describe('the form of a key', () => {
  const all = ['front-door', 'garden'];
  const named = { ...newShareForm('front-door', 'key'), name: 'recorder' };

  test('asks for a key to view, whatever rights somebody has', () => {
    const withAdmin = withRight(named, 'admin', true);

    assert.deepEqual(requestOf(withAdmin, ['view', 'admin'], 'front-door', all), {
      name: 'recorder', rights: ['view'], cameras: ['front-door'], seconds: 604_800, form: 'key',
    });
  });

  test('names all cameras that there are, where all are chosen', () => {
    const { cameras, seconds } = requestOf({ ...named, reach: 'all', duration: 'forever' }, [], 'front-door', all);

    assert.deepEqual([cameras, seconds], [all, undefined]);
  });

  test('is not sent without a name, nor with no camera chosen', () => {
    assert.equal(faultOf({ ...named, name: '' }), 'no-name');
    assert.equal(faultOf({ ...withRight(named, 'admin', true), reach: 'chosen' }), 'no-camera');
  });
});

describe('what a viewer finds on the page', () => {
  test('is no sharing, no check-up of the device and no word of a microphone for who may only watch', () => {
    assert.deepEqual(abilitiesOf(['view'], false), {
      share: false, give: [], examine: false, talk: false, microphoneHint: false,
    });
  });

  test('is why the microphone would not work, for who may talk over plain HTTP', () => {
    assert.equal(abilitiesOf(['view', 'talk'], false).microphoneHint, true);
    assert.equal(abilitiesOf(['view', 'talk'], true).microphoneHint, false);
  });

  test('is a way to talk for who may, whatever came of the microphone', () => {
    assert.equal(abilitiesOf(['view', 'talk'], true).talk, true);
    assert.equal(abilitiesOf(['view', 'talk'], false).talk, true);
    assert.equal(abilitiesOf(['view', 'admin'], true).talk, false);
  });

  test('is the device’s check-up for an admin, and sharing of no more than they have themselves', () => {
    assert.deepEqual(abilitiesOf(['view', 'talk', 'admin', 'a-newer-right'], true), {
      share: true, give: ['talk', 'admin'], examine: true, talk: true, microphoneHint: false,
    });
  });
});
