// SPDX-License-Identifier: Apache-2.0
// Who this viewer is: by a link, by the cookie, by a pairing code, and no more.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { AccessClient, kRequestTimeout } from '../src/core/access-client';
import { kAskPairing, kLoginAgain, SignIn } from '../src/core/sign-in';
import { refusalCodes } from '../src/core/signaling-messages';
import { problemOfRefusal, problems } from '../src/core/viewer-problem';
import { FakeHttp, last, LinkBench, settle } from './fakes';

const grant = { rights: ['view'], name: 'kitchen tablet', expires: 1_790_000_000 };

class SignInBench extends LinkBench {
  readonly http = new FakeHttp();
  readonly signIn = new SignIn(this.link, new AccessClient(this.http.fetch, this.clock), this.clock);

  get asked(): string[] {
    return this.http.requests.map(({ method, url, body }) => `${method} ${url} ${body}`.trim());
  }

  override async greet(): Promise<void> {
    super.greet();
    await settle();
  }

  async refuse(code: string): Promise<void> {
    this.channel.open();
    this.channel.deliver({ type: 'error', code, message: 'no' });
    await settle();
  }
}

describe('a link that is opened', () => {
  test('is said to the device at once, and exchanged for a cookie beside that', () => {
    const bench = new SignInBench();
    bench.signIn.start('jwt');
    bench.channel.open();

    assert.deepEqual(bench.channel.sent, [{ type: 'hello', token: 'jwt' }]);
    assert.deepEqual(bench.asked, ['POST /api/v1/login {"token":"jwt"}']);
  });

  test('lets in before the cookie is there', async () => {
    const bench = new SignInBench();
    bench.signIn.start('jwt');
    await bench.greet();

    assert.equal(bench.link.state.name, 'ready');
    assert.deepEqual(bench.signIn.rights, ['view']);
    assert.equal(bench.signIn.grant, undefined);
    await bench.http.json(grant);
    assert.deepEqual(bench.signIn.grant, grant);
  });

  test('goes on to be said with each channel, for browsers that keep no cookie', async () => {
    const bench = new SignInBench();
    bench.signIn.start('jwt');
    await bench.http.json(grant);
    await bench.greet();
    bench.channel.lose();
    await bench.clock.advance(0);
    bench.channel.open();

    assert.equal(bench.channels.length, 2);
    assert.deepEqual(bench.channel.sent, [{ type: 'hello', token: 'jwt' }]);
  });

  test('tries again to get its cookie where the device did not answer', async () => {
    const bench = new SignInBench();
    bench.signIn.start('jwt');
    await bench.greet();
    await bench.http.answer(new Error('no network'));
    await bench.clock.advance(kLoginAgain);
    await bench.http.json(grant);
    await bench.clock.advance(60_000);

    assert.equal(bench.asked.length, 2);
    assert.deepEqual(bench.signIn.grant, grant);
  });

  test('replaces who was signed in', async () => {
    const bench = new SignInBench();
    bench.signIn.start('first');
    await bench.greet();
    const before = bench.signIn.person;
    bench.signIn.start('second');
    bench.channel.open();
    await bench.http.json({ ...grant, name: 'too late' });

    assert.deepEqual(bench.channel.sent, [{ type: 'hello', token: 'second' }]);
    assert.equal(bench.channels[0]?.isClosed, true);
    assert.notEqual(bench.signIn.person, before);
    assert.equal(bench.signIn.grant, undefined);
  });

  for (const code of refusalCodes) {
    test(`that is refused is told why: ${code}`, async () => {
      const bench = new SignInBench();
      bench.signIn.start('jwt');
      await bench.refuse(code);

      const problem = problemOfRefusal(code);
      assert.ok(problem);
      assert.equal(bench.link.refusal, problem);
      if (problems[problem] === 'asked') assert.deepEqual(bench.signIn.state, { name: 'out', reason: problem });
      else assert.equal(bench.link.state.name, 'waiting');
    });
  }
});

describe('a browser without a link', () => {
  test('is let in by its cookie, which is renewed', async () => {
    const bench = new SignInBench();
    bench.signIn.start(undefined);
    await bench.greet();
    await bench.http.json(grant);

    assert.deepEqual(bench.channel.sent, [{ type: 'hello' }]);
    assert.deepEqual(bench.asked, ['POST /api/v1/login {}']);
    assert.deepEqual(bench.signIn.grant, grant);
  });

  test('that brings nothing is a newcomer, and the device is left alone', async () => {
    const bench = new SignInBench();
    bench.signIn.start(undefined);
    await bench.refuse('unauthorized');
    bench.link.hurry();
    bench.link.reopen();
    await bench.clock.advance(60_000);

    assert.deepEqual(bench.signIn.state, { name: 'out', reason: 'newcomer' });
    assert.equal(bench.channels.length, 1);
  });

  test('is told when its access is ended while it looks', async () => {
    const bench = new SignInBench();
    bench.signIn.start(undefined);
    await bench.greet();
    bench.channel.deliver({ type: 'error', code: 'revoked', message: 'no' });

    assert.deepEqual(bench.signIn.state, { name: 'out', reason: 'revoked' });
    assert.deepEqual(bench.signIn.rights, []);
    assert.equal(bench.channel.isClosed, true);
  });

  test('is tried once more when a person asks for it', async () => {
    const bench = new SignInBench();
    bench.signIn.start(undefined);
    await bench.refuse('expired');
    bench.signIn.tryAgain();
    await bench.greet();

    assert.deepEqual(bench.signIn.state, { name: 'in' });
    assert.equal(bench.channels.length, 2);
  });

  test('is let in by its cookie after all, where the link is of no use', async () => {
    const bench = new SignInBench();
    bench.signIn.start('old');
    await bench.refuse('revoked');
    bench.signIn.tryAgain();
    await bench.greet();

    assert.deepEqual(bench.channel.sent, [{ type: 'hello' }]);
    assert.deepEqual(bench.signIn.state, { name: 'in' });
  });

  test('is told what is wrong with its link, also where there is no cookie either', async () => {
    const bench = new SignInBench();
    bench.signIn.start('old');
    await bench.refuse('expired');
    bench.signIn.tryAgain();
    await bench.refuse('unauthorized');

    assert.deepEqual(bench.signIn.state, { name: 'out', reason: 'expired' });
  });

  test('keeps a link that only comes too early', async () => {
    const bench = new SignInBench();
    bench.signIn.start('early');
    await bench.refuse('not-yet');
    bench.signIn.tryAgain();
    bench.channel.open();

    assert.deepEqual(bench.channel.sent, [{ type: 'hello', token: 'early' }]);
  });

  test('waits by itself for a device that does not know the time', async () => {
    const bench = new SignInBench();
    bench.signIn.start(undefined);
    await bench.refuse('clock-unset');
    await bench.clock.advance(5000);
    assert.equal(bench.channels.length, 1);
    await bench.clock.advance(5000);
    assert.equal(bench.link.refusal, 'clock-unset');
    await bench.greet();

    assert.equal(bench.channels.length, 2);
    assert.equal(bench.link.refusal, undefined);
  });
});

describe('a pairing code', () => {
  async function newcomer(): Promise<SignInBench> {
    const bench = new SignInBench();
    bench.signIn.start(undefined);
    await bench.refuse('unauthorized');
    return bench;
  }

  test('is asked for only where the device shows one', async () => {
    const bench = await newcomer();
    assert.equal(bench.signIn.isPairing, false);
    await bench.http.json({ open: false });
    await bench.clock.advance(kAskPairing);
    await bench.http.json({ open: true });

    assert.deepEqual(bench.asked, ['GET /api/v1/pair', 'GET /api/v1/pair']);
    assert.equal(bench.signIn.isPairing, true);
  });

  test('makes this browser the owner’s, without a reload', async () => {
    const bench = await newcomer();
    await bench.http.json({ open: true });
    const fault = bench.signIn.pair('K7QF-M2XD');
    await bench.http.json({ rights: ['view', 'admin'], name: 'owner' });
    await bench.greet();

    assert.equal(await fault, undefined);
    assert.equal(last(bench.asked), 'POST /api/v1/pair {"code":"K7QF-M2XD"}');
    assert.deepEqual(bench.signIn.state, { name: 'in' });
    assert.equal(bench.signIn.grant?.name, 'owner');
    assert.equal(bench.link.state.name, 'ready');
  });

  for (const [status, code, fault] of [
    [401, 'wrong-code', 'wrong-code'], [403, 'no-pairing', 'no-pairing'], [429, 'rate-limited', 'too-often'],
  ] as const) {
    test(`that is refused is told why: ${code}`, async () => {
      const bench = await newcomer();
      await bench.http.json({ open: true });
      const told = bench.signIn.pair('AAAA-AAAA');
      await bench.http.json({ code, message: 'no' }, status);

      assert.equal(await told, fault);
      assert.equal(bench.signIn.state.name, 'out');
      assert.equal(bench.signIn.isPairing, code !== 'no-pairing');
    });
  }

  test('to which nothing is said is given up', async () => {
    const bench = await newcomer();
    await bench.http.json({ open: true });
    const told = bench.signIn.pair('AAAA-AAAA');
    await bench.clock.advance(kRequestTimeout);

    assert.equal(await told, 'unreachable');
  });

  test('that a stranger answers is told as trouble', async () => {
    const bench = await newcomer();
    const told = bench.signIn.pair('AAAA-AAAA');
    await bench.http.json({ open: true });
    await bench.http.answer(new Response('<html>', { status: 502 }));

    assert.equal(await told, 'trouble');
  });
});

describe('signing out', () => {
  test('takes the cookie and the token away, and closes the link', async () => {
    const bench = new SignInBench();
    bench.signIn.start('jwt');
    await bench.greet();
    await bench.http.json(grant);
    const done = bench.signIn.signOut();
    await bench.http.answer(new Response(null, { status: 204 }));

    assert.equal(await done, true);
    assert.equal(last(bench.asked.filter((line) => line.startsWith('POST'))), 'POST /api/v1/logout {}');
    assert.deepEqual(bench.signIn.state, { name: 'out', reason: 'left' });
    assert.equal(bench.link.state.name, 'closed');
    assert.equal(bench.link.token, undefined);
  });

  test('did not happen where the device does not answer', async () => {
    const bench = new SignInBench();
    bench.signIn.start('jwt');
    await bench.greet();
    await bench.http.json(grant);
    const done = bench.signIn.signOut();
    await bench.http.answer(new Error('no network'));

    assert.equal(await done, false);
    assert.equal(bench.link.state.name, 'ready');
  });

  test('is over with the page: no timer is left', async () => {
    const bench = new SignInBench();
    bench.signIn.start(undefined);
    await bench.refuse('unauthorized');
    await bench.http.json({ open: false });
    bench.signIn.close();

    assert.equal(bench.clock.pending, 0);
  });
});
