// SPDX-License-Identifier: Apache-2.0
// Signaling over HTTPS: a stream of lines towards us, one POST at a time from us.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { HttpsChannel, kSilence } from '../src/core/https-channel';
import { FakeClock, FakeHttp, FakeStream, last, settle } from './fakes';

class HttpsBench {
  readonly clock = new FakeClock();
  readonly http = new FakeHttp();
  readonly stream = new FakeStream();
  readonly channel: HttpsChannel;
  readonly heard: string[] = [];

  constructor(token?: string) {
    this.channel = new HttpsChannel('http://device/api/v1/signaling', token, this.http.fetch, this.clock);
    this.channel.on('open', () => this.heard.push('open'));
    this.channel.on('message', (text) => this.heard.push(text));
    this.channel.on('close', () => this.heard.push('close'));
  }

  /** Says hello, and the device opens its stream. */
  async open(): Promise<void> {
    await settle();
    this.channel.send('hello');
    await this.http.answer(this.stream.response);
  }

  done(): Promise<void> {
    return this.http.answer(new Response(null, { status: 204 }));
  }
}

describe('signaling over HTTPS', () => {
  test('is opened by its first message', async () => {
    const bench = new HttpsBench();
    await settle();
    assert.deepEqual(bench.heard, ['open']);
    assert.equal(bench.http.requests.length, 0);

    bench.channel.send('hello');

    const [{ url, method, body, headers }] = bench.http.requests as [(typeof bench.http.requests)[0]];
    assert.deepEqual([method, url, body], ['POST', 'http://device/api/v1/signaling', 'hello\n']);
    assert.equal(headers.get('Content-Type'), 'application/x-ndjson');
    assert.equal(headers.get('Authorization'), null);
  });

  test('says who is asking where the cookie does not', async () => {
    const bench = new HttpsBench('jwt');
    await bench.open();
    bench.channel.send('offer');

    const said = bench.http.requests.map(({ headers }) => headers.get('Authorization'));
    assert.deepEqual(said, ['Bearer jwt', 'Bearer jwt']);
  });

  test('hears each line once it is whole, and no signs of life', async () => {
    const bench = new HttpsBench();
    await bench.open();
    await bench.stream.write('one\n\ntw');
    await bench.stream.write('o\nthree');

    assert.deepEqual(bench.heard, ['open', 'one', 'two']);
  });

  test('keeps letters whole that come in two pieces', async () => {
    const bench = new HttpsBench();
    await bench.open();
    const bytes = new TextEncoder().encode('현관\n');
    await bench.stream.write(bytes.slice(0, 4));
    await bench.stream.write(bytes.slice(4));

    assert.deepEqual(bench.heard, ['open', '현관']);
  });

  test('sends one at a time, in order, and together what queued up meanwhile', async () => {
    const bench = new HttpsBench();
    await bench.open();
    for (const text of ['a', 'b', 'c']) bench.channel.send(text);
    assert.deepEqual(bench.http.requests.slice(1).map(({ body }) => body), ['a\n']);

    await bench.done();

    assert.deepEqual(bench.http.requests.slice(1).map(({ body }) => body), ['a\n', 'b\nc\n']);
    assert.equal(last(bench.http.requests).url, 'http://device/api/v1/signaling/channel-1');
  });

  test('waits with what follows hello until it knows where to', async () => {
    const bench = new HttpsBench();
    await settle();
    bench.channel.send('hello');
    bench.channel.send('offer');
    assert.equal(bench.http.requests.length, 1);

    await bench.http.answer(bench.stream.response);

    assert.equal(last(bench.http.requests).body, 'offer\n');
  });

  test('is lost when the stream ends, and says so once', async () => {
    const bench = new HttpsBench();
    await bench.open();
    await bench.stream.end();
    bench.channel.send('a');

    assert.deepEqual(bench.heard, ['open', 'close']);
    assert.equal(bench.http.requests.length, 1);
    assert.equal(bench.clock.pending, 0);
  });

  test('is lost when the device does not know it any more', async () => {
    const bench = new HttpsBench();
    await bench.open();
    bench.channel.send('a');
    await bench.http.json({ code: 'unknown-channel', message: '' }, 404);

    assert.deepEqual(bench.heard, ['open', 'close']);
  });

  test('is lost when nobody answers', async () => {
    const bench = new HttpsBench();
    await settle();
    bench.channel.send('hello');
    await bench.http.answer(new Error('no network'));

    assert.deepEqual(bench.heard, ['open', 'close']);
  });

  test('is lost when the signs of life stay away, and not before', async () => {
    const bench = new HttpsBench();
    await bench.open();
    await bench.clock.advance(kSilence - 1000);
    await bench.stream.write('\n');
    await bench.clock.advance(kSilence - 1);
    assert.deepEqual(bench.heard, ['open']);

    await bench.clock.advance(1);

    assert.deepEqual(bench.heard, ['open', 'close']);
  });

  test('is lost when a line has no end', async () => {
    const bench = new HttpsBench();
    await bench.open();
    await bench.stream.write('x'.repeat((1 << 20) + 1));

    assert.deepEqual(bench.heard, ['open', 'close']);
  });

  test('tells a refusal in the words of signaling', async () => {
    const bench = new HttpsBench();
    await settle();
    bench.channel.send('hello');
    await bench.http.json({ code: 'revoked', message: 'no' }, 401);

    assert.deepEqual(bench.heard, ['open', '{"type":"error","code":"revoked","message":""}', 'close']);
  });

  test('drops its stream when it is closed, and is silent from then on', async () => {
    const bench = new HttpsBench();
    await bench.open();
    bench.channel.close();
    bench.channel.close();
    await bench.stream.write('too late\n');

    assert.equal(bench.http.requests[0]?.signal?.aborted, true);
    assert.deepEqual(bench.heard, ['open']);
    assert.equal(bench.clock.pending, 0);
  });

  test('lets small messages outlive the page', async () => {
    const bench = new HttpsBench();
    await bench.open();
    bench.channel.send('bye');
    await bench.done();
    bench.channel.send('x'.repeat(10_000));

    assert.deepEqual(bench.http.requests.slice(1).map(({ keepalive }) => keepalive), [true, false]);
  });
});
