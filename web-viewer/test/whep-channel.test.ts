// SPDX-License-Identifier: Apache-2.0
// Signaling by WHEP with a key in the address: the same messages, as requests.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { CandidateMessage, DeviceMessage, ViewerMessage } from '../src/core/signaling-messages';
import { decode } from '../src/core/signaling-messages';
import { kAskAgain, kIceServersFor, snapshotAddress, WhepChannel, type WhepSessions } from '../src/core/whep-channel';
import { fragmentOf, iceServersOf } from '../src/core/whep-words';
import { FakeClock, FakeHttp, last, settle } from './fakes';

const source = { origin: 'https://cam.example', key: 'KEY', camera: 'porch' };
const whep = 'https://cam.example/k/KEY/whep/porch';
const offer = ['v=0', 'm=video 9 UDP/TLS/RTP/SAVPF 96', 'a=ice-ufrag:abcd', 'a=ice-pwd:0123456789012345678901', 'a=mid:0', '']
  .join('\r\n');

class WhepBench {
  readonly clock = new FakeClock();
  readonly http = new FakeHttp();
  readonly sessions: WhepSessions = new Map();
  readonly heard: string[] = [];
  readonly messages: DeviceMessage[] = [];
  channel = this.next();

  next(): WhepChannel {
    const channel = new WhepChannel(source, this.http.fetch, this.clock, this.sessions);
    channel.on('open', () => this.heard.push('open'));
    channel.on('close', () => this.heard.push('close'));
    channel.on('message', (text) => {
      const decoded = decode(text);
      assert.ok(decoded.ok, text);
      this.messages.push(decoded.message);
      this.heard.push(decoded.message.type);
    });
    return channel;
  }

  async say(message: ViewerMessage): Promise<void> {
    this.channel.send(JSON.stringify(message));
    await settle();
  }

  async offer(session = 's1'): Promise<void> {
    await this.say({ type: 'offer', session, camera: 'porch', sdp: offer });
  }

  created(): Promise<void> {
    const headers = { Location: '/whep/porch/abc', ETag: '"tag"' };
    return this.http.answer(new Response('the answer', { status: 201, headers }));
  }

  get asked(): string[] {
    return this.http.requests.map(({ method, url }) => `${method} ${url}`);
  }
}

const candidate = (text: string): CandidateMessage =>
  ({ type: 'candidate', session: 's1', candidate: text, sdpMid: '0', sdpMLineIndex: 0 });

describe('signaling by WHEP', () => {
  test('asks whether the key opens the camera, and finds the servers that lead to it', async () => {
    const bench = new WhepBench();
    await settle();
    await bench.say({ type: 'hello' });
    await bench.http.answer(new Response('', { headers: { Link: '<stun:a.example>; rel="ice-server"' } }));

    assert.deepEqual(bench.asked, [`GET ${whep}`]);
    const [welcome] = bench.messages;
    assert.ok(welcome?.type === 'welcome');
    assert.deepEqual([welcome.cameras.map(({ id }) => id), welcome.rights], [['porch'], ['view']]);
    assert.deepEqual(welcome.iceServers, [{ urls: ['stun:a.example'] }]);
  });

  test('asks for servers anew before their credentials end, also after it was not answered', async () => {
    const bench = new WhepBench();
    const answer = (password: string) => {
      const Link = `<turn:a.example>; rel="ice-server"; username="u"; credential="${password}"; credential-type="password"`;
      return bench.http.answer(new Response('', { headers: { Link } }));
    };
    await bench.say({ type: 'hello' });
    await answer('1');
    await bench.clock.advance(kIceServersFor);
    await bench.http.answer(new Error('lost'));
    await bench.clock.advance(kIceServersFor);
    await answer('2');

    assert.deepEqual(bench.heard, ['open', 'welcome', 'ice']);
    assert.deepEqual(last(bench.messages), { type: 'ice', iceServers: [{ urls: ['turn:a.example'], username: 'u', credential: '2' }] });
  });

  for (const [status, code] of [[401, 'unauthorized'], [403, 'forbidden'], [429, 'rate-limited'], [503, 'rate-limited']] as const) {
    test(`says '${code}' where it is answered ${status}`, async () => {
      const bench = new WhepBench();
      await bench.say({ type: 'hello' });
      await bench.http.answer(new Response('', { status }));

      assert.deepEqual(bench.messages, [{ type: 'error', code, message: '' }]);
    });
  }

  test('asks again for a camera that is not there', async () => {
    const bench = new WhepBench();
    await bench.say({ type: 'hello' });
    await bench.http.answer(new Response('', { status: 404 }));
    const [welcome] = bench.messages;
    assert.ok(welcome?.type === 'welcome');
    assert.deepEqual(welcome.cameras, []);
    await bench.clock.advance(kAskAgain);

    assert.deepEqual(bench.heard, ['open', 'welcome', 'close']);
  });

  test('offers, is answered, trickles what gathered meanwhile in one request, and says goodbye', async () => {
    const bench = new WhepBench();
    await bench.offer();
    await bench.say(candidate('candidate:1 1 udp 1 192.0.2.1 5000 typ host'));
    await bench.say(candidate(''));
    assert.equal(bench.http.requests.length, 1);
    await bench.created();
    await bench.http.answer(new Response(null, { status: 204 }));
    await bench.say({ type: 'bye', session: 's1' });

    assert.deepEqual(bench.messages, [
      { type: 'state', camera: 'porch', state: 'live' }, { type: 'answer', session: 's1', sdp: 'the answer' },
    ]);
    const address = 'https://cam.example/whep/porch/abc';
    assert.deepEqual(bench.asked, [`POST ${whep}`, `PATCH ${address}`, `DELETE ${address}`]);
    const [post, patch, remove] = bench.http.requests;
    assert.deepEqual([post?.body, post?.headers.get('Content-Type')], [offer, 'application/sdp']);
    assert.equal(patch?.headers.get('If-Match'), '"tag"');
    assert.match(patch?.body ?? '', /^a=ice-ufrag:abcd\r\n.*a=mid:0\r\na=candidate:1 .*\r\na=end-of-candidates\r\n$/s);
    assert.equal(remove?.keepalive, true);
  });

  test('ends a session that is answered after its goodbye', async () => {
    const bench = new WhepBench();
    await bench.offer();
    await bench.say({ type: 'bye', session: 's1' });
    await bench.created();

    assert.deepEqual(bench.messages, []);
    assert.equal(last(bench.asked), 'DELETE https://cam.example/whep/porch/abc');
  });

  test('ends a session that is answered when nobody listens any more', async () => {
    const bench = new WhepBench();
    await bench.offer();
    bench.channel.close();
    await bench.created();

    assert.equal(last(bench.asked), 'DELETE https://cam.example/whep/porch/abc');
  });

  test('ends a session of the channel before', async () => {
    const bench = new WhepBench();
    await bench.offer();
    await bench.created();
    bench.channel.close();
    bench.channel = bench.next();
    await bench.say({ type: 'bye', session: 's1' });

    assert.equal(last(bench.asked), 'DELETE https://cam.example/whep/porch/abc');
  });

  test('tells of a camera that is away, and fails the session, which is tried again later', async () => {
    const bench = new WhepBench();
    await bench.offer();
    await bench.http.answer(new Response('', { status: 409 }));

    assert.deepEqual(bench.messages, [
      { type: 'state', camera: 'porch', state: 'away' }, { type: 'error', session: 's1', code: 'busy', message: '' },
    ]);
  });

  test('is lost where a request does not get through, and says nothing after that', async () => {
    const bench = new WhepBench();
    await bench.offer();
    await bench.http.answer(new TypeError('no network'));
    await bench.say({ type: 'hello' });

    assert.deepEqual(bench.heard, ['open', 'close']);
    assert.equal(bench.http.requests.length, 1);
  });
});

describe('the words of WHEP', () => {
  test('are addresses in which nothing leads elsewhere', () => {
    assert.equal(snapshotAddress({ ...source, camera: '../x', key: 'a/b' }), 'https://cam.example/k/a%2Fb/cameras/..%2Fx/snapshot.jpg');
  });

  test('name ICE servers among other links, with quotes in what they say', () => {
    const link = '<https://a>; rel="help", <turn:b?transport=udp>; rel="ice-server"; username="u,\\"1"; credential="p;"; '
      + 'credential-type="password"';

    assert.deepEqual(iceServersOf(link), [{ urls: ['turn:b?transport=udp'], username: 'u,"1', credential: 'p;' }]);
    assert.deepEqual(iceServersOf(null), []);
  });

  test('say that there are no more candidates, where there are none', () => {
    assert.match(fragmentOf(offer, [candidate('')]), /m=video .*\r\na=mid:0\r\na=end-of-candidates\r\n$/);
  });
});
