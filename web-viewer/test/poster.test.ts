// SPDX-License-Identifier: Apache-2.0
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fetch } from '../src/core/access-client';
import { fetchPoster } from '../src/core/poster';
import { FakeClock } from './fakes';

const clock = new FakeClock();

/** Asks a device that answers so; what it was asked is kept. */
function ask(answer: () => Promise<Response>, token?: string) {
  const asked: { url: string; request: RequestInit }[] = [];
  const fetch: Fetch = (url, request) => {
    asked.push({ url, request });
    return answer();
  };
  return { asked, poster: fetchPoster(fetch, clock, 'front-door', token) };
}

test('a poster is as old as the device says', async () => {
  const { asked, poster } = ask(async () => new Response('a file', { headers: { Age: '90' } }));
  const got = await poster;
  assert.equal(got?.date, clock.date() - 90_000);
  assert.equal(await got?.image.text(), 'a file');
  assert.equal(asked[0]?.url, '/api/v1/cameras/front-door/poster.jpg');
  assert.deepEqual(asked[0]?.request.headers, {}, 'the cookie says who asks');
});

test('a poster is asked for by the token where there is one', async () => {
  const { asked } = ask(async () => new Response(''), 'abc');
  assert.deepEqual(asked[0]?.request.headers, { Authorization: 'Bearer abc' });
});

test('without an age that can be read a poster is new', async () => {
  for (const headers of [{}, { Age: 'yesterday' }]) {
    const { poster } = ask(async () => new Response('', { headers }));
    assert.equal((await poster)?.date, clock.date());
  }
});

test('where there is no poster nothing is said', async () => {
  assert.equal(await ask(async () => new Response(null, { status: 204 })).poster, undefined);
  assert.equal(await ask(async () => new Response('none', { status: 404 })).poster, undefined);
  assert.equal(await ask(async () => new Response('who?', { status: 401 })).poster, undefined);
  assert.equal(await ask(() => Promise.reject(new TypeError('no network'))).poster, undefined);
});

test('a device that does not answer is not waited for without end', async () => {
  const pending = clock.pending;
  const { asked } = ask(() => new Promise<Response>(() => {}));
  assert.equal(clock.pending, pending + 1);
  await clock.advance(60_000);
  assert.equal(asked[0]?.request.signal?.aborted, true);
});
