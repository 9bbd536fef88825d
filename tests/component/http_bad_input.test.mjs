// SPDX-License-Identifier: Apache-2.0
// What nobody should send over HTTP and WebSocket: each has its named error, and one who watches meanwhile notices nothing.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { after, afterEach, before, describe, test } from 'node:test';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { lineLimitMs } from '../support/events.mjs';
import { repository } from '../support/paths.mjs';
import { hello } from '../support/sign_in.mjs';
import { ask, exchange, frame, opcode, parseResponse, RawConnection, RawWebSocket, requestBytes } from './http_raw.mjs';

const camera = 'front-door';
const offer = JSON.parse(readFileSync(`${repository}/tests/fixtures/offers/chromium-page.json`, 'utf8')).sdp;
const candidate = 'candidate:1 1 udp 2113937151 192.0.2.1 50000 typ host';
const sdp = { 'content-type': 'application/sdp' };
const fragment = { 'content-type': 'application/trickle-ice-sdpfrag', 'if-match': '*' };

/** The product's own limits. */
const limits = { message: 64 * 1024, sdp: 48 * 1024, candidates: 64, connections: 128, perAddress: 16 };
const crowd = 500;

let lastSession = 0;
/** Told apart by their first eight characters, which is what the log shows. */
const newSession = () => `${String(++lastSession).padStart(8, '0')}-bad-input`;

describe('bad input', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {ViewerHost} */
  let host;
  /** One who watches all the time. @type {import('../load/viewer_host.mjs').RemoteViewer} */
  let witness;
  /** @type {import('../load/viewer_host.mjs').Packets} */
  let seen;
  /** After which tests packets had been lost, and how many. @type {string[]} */
  const losses = [];
  /** Of the daemon while only the witness is there. */
  let descriptorsBefore = 0;

  before(async () => {
    daemon = await startDaemon({
      suite: 'component',
      name: 'http-bad-input-daemon',
      config: testConfig({ limits: { viewers: 40, viewers_per_source: 40 } }),
    });
    host = await ViewerHost.start();
    witness = host.open({ url: daemon.link, camera });
    await witness.waitFor('packet');
    seen = await packets();
    descriptorsBefore = descriptors();
  });

  after(async () => {
    await host?.stop();
    await daemon?.stop();
  });

  afterEach(async (t) => {
    const end = performance.now() + lineLimitMs;
    let now = await packets();
    for (; now.received <= seen.received && performance.now() < end; now = await packets());
    assert.ok(now.received > seen.received, 'the viewer that watches gets nothing any more');
    const lost = now.expected - now.received - (seen.expected - seen.received);
    if (lost !== 0) losses.push(`${lost} with '${/** @type {import('node:test').TestContext} */ (t).name}'`);
    for (const event of /** @type {const} */ (['bye', 'error'])) assert.equal(witness.find(event), undefined);
    seen = now;
  });

  const packets = async () => /** @type {any} */ ((await host.figures()).get(witness.id));
  const descriptors = () => readdirSync(`/proc/${daemon.pid}/fd`).length;

  /** @returns {Promise<RawWebSocket>} a channel after its welcome */
  async function openChannel() {
    const socket = await RawWebSocket.open(daemon.link);
    socket.say(hello(daemon.link));
    await socket.waitForMessage(({ type }) => type === 'welcome');
    return socket;
  }

  describe('over the WebSocket', () => {
    for (const [name, text, code] of [
      ['text that is not JSON', 'hello?', 'bad-message'],
      ['JSON that is no object', '["offer"]', 'bad-message'],
      ['an object without a type', '{}', 'bad-message'],
      ['a field of the wrong type', '{"type":"offer","session":7,"camera":"front-door","sdp":"v=0"}', 'bad-message'],
      ['a missing field', '{"type":"offer","session":"0123456789abcdef"}', 'bad-message'],
      ['a type that nobody knows', '{"type":"dance"}', 'unknown-type'],
    ]) {
      test(`${name} is answered with '${code}'`, async () => {
        const socket = await openChannel();
        socket.say(text);
        await socket.waitForError(code);
        // The channel goes on.
        socket.say({ type: 'command', id: '1', name: 'none' });
        await socket.waitForMessage(({ type }) => type === 'result');
        socket.connection.drop();
      });
    }

    test("an unknown camera is answered with 'unknown-camera'", async () => {
      const socket = await openChannel();
      const session = newSession();
      socket.say({ type: 'offer', session, camera: 'cellar', sdp: offer });
      assert.equal((await socket.waitForError('unknown-camera')).session, session);
      socket.connection.drop();
    });

    test('an offer that is not SDP, and one without H.264, are told apart', async () => {
      const socket = await openChannel();
      socket.say({ type: 'offer', session: newSession(), camera, sdp: 'not SDP' });
      await socket.waitForError('bad-offer');
      socket.say({ type: 'offer', session: newSession(), camera, sdp: offer.replaceAll('H264', 'VP8') });
      await socket.waitForError('unsupported-offer');
      socket.connection.drop();
    });

    test('a message of 1 MiB of SDP closes the channel with 1009', async () => {
      const socket = await openChannel();
      socket.say({ type: 'offer', session: newSession(), camera, sdp: 'v'.repeat(1 << 20) });
      assert.equal(await socket.waitForClose(), 1009);
    });

    test('a message of 1 MiB in fragments closes the channel with 1009', async () => {
      const socket = await openChannel();
      socket.connection.send(frame(opcode.text, 'x'.repeat(1024), false));
      for (let i = 0; i < 1023; i++) socket.connection.send(frame(opcode.continuation, 'x'.repeat(1024), false));
      assert.equal(await socket.waitForClose(), 1009);
    });

    test("an SDP above its limit in a message within its own is answered with 'too-large'", async () => {
      const socket = await openChannel();
      socket.say({ type: 'offer', session: newSession(), camera, sdp: 'v'.repeat(limits.sdp + 1) });
      await socket.waitForError('too-large');
      socket.connection.drop();
    });

    test("a candidate above a session's limit is answered with 'too-many-candidates'", async () => {
      const socket = await openChannel();
      const session = newSession();
      socket.say({ type: 'offer', session, camera, sdp: offer });
      await socket.waitForMessage(({ type }) => type === 'answer');
      for (let i = 0; i <= limits.candidates; i++)
        socket.say({ type: 'candidate', session, candidate, sdpMid: '0', sdpMLineIndex: 0 });
      await socket.waitForError('too-many-candidates');
      socket.say({ type: 'bye', session });
      await socket.waitForMessage(({ type }) => type === 'bye');
      socket.connection.drop();
    });

    test("10 000 candidates are answered with 'rate-limited', and end the channel", async () => {
      const socket = await openChannel();
      const session = newSession();
      socket.say({ type: 'offer', session, camera, sdp: offer });
      await socket.waitForMessage(({ type }) => type === 'answer');
      const one = frame(opcode.text, JSON.stringify({ type: 'candidate', session, candidate, sdpMid: '0', sdpMLineIndex: 0 }));
      socket.connection.send(Buffer.concat(Array(10_000).fill(one)));
      await socket.waitForError('rate-limited');
      await socket.waitForClose();
      // Losing the channel does not end the session; whoever knows it may.
      const next = await openChannel();
      next.say({ type: 'bye', session });
      await daemon.waitForLog(new RegExp(`'${session.slice(0, 8)}' .* ended: left`));
      next.connection.drop();
    });

    test("messages out of order are answered with 'out-of-order'", async () => {
      const socket = await RawWebSocket.open(daemon.link);
      socket.say({ type: 'offer', session: newSession(), camera, sdp: offer });
      await socket.waitForError('out-of-order');
      socket.say(hello(daemon.link));
      await socket.waitForMessage(({ type }) => type === 'welcome');
      socket.say(hello(daemon.link));
      await socket.connection.waitFor('second error', () => socket.messages.filter(({ code }) => code === 'out-of-order').length === 2);
      socket.connection.drop();
    });

    test("a candidate and a bye of no session are answered with 'unknown-session'", async () => {
      const socket = await openChannel();
      const [first, second] = [newSession(), newSession()];
      socket.say({ type: 'candidate', session: first, candidate, sdpMid: '0', sdpMLineIndex: 0 });
      socket.say({ type: 'bye', session: second });
      for (const session of [first, second])
        await socket.waitForMessage((message) => message.code === 'unknown-session' && message.session === session);
      socket.connection.drop();
    });

    test("a second offer in one session is answered with 'session-exists', and the first goes on", async () => {
      const socket = await openChannel();
      const session = newSession();
      socket.say({ type: 'offer', session, camera, sdp: offer });
      await socket.waitForMessage(({ type }) => type === 'answer');
      socket.say({ type: 'offer', session, camera, sdp: offer });
      await socket.waitForError('session-exists');
      socket.say({ type: 'bye', session });
      assert.equal((await socket.waitForMessage(({ type }) => type === 'bye')).reason, 'left');
      socket.connection.drop();
    });

    for (const [name, bytes, code] of /** @type {[string, Buffer, number][]} */ ([
      ['a binary message', frame(opcode.binary, 'x'), 1003],
      ['text that is not UTF-8', frame(opcode.text, Buffer.from([0xff])), 1007],
      ['a frame without a mask', Buffer.from([0x81, 0x01, 0x78]), 1002],
      ['a reserved bit', frame(opcode.text | 0x40, 'x'), 1002],
      ['a flood of pings', Buffer.concat(Array(10_000).fill(frame(opcode.ping, ''))), 1008],
    ])) {
      test(`${name} closes the channel with ${code}`, async () => {
        const socket = await openChannel();
        socket.connection.send(bytes);
        assert.equal(await socket.waitForClose(), code);
      });
    }
  });

  describe('over WHEP', () => {
    for (const [name, path, headers, body, status] of /** @type {[string, string, Record<string, string>, string, number][]} */ ([
      ['an unknown camera', '/whep/cellar', sdp, offer, 404],
      ['a camera that cannot be', '/whep/..%00', sdp, offer, 400],
      ['JSON', `/whep/${camera}`, { 'content-type': 'application/json' }, '{}', 415],
      ['no content type', `/whep/${camera}`, {}, offer, 415],
      ['what is not SDP', `/whep/${camera}`, sdp, 'not SDP', 422],
      ['an SDP without H.264', `/whep/${camera}`, sdp, offer.replaceAll('H264', 'VP8'), 422],
      ['an SDP with nothing to receive', `/whep/${camera}`, sdp, offer.replaceAll('recvonly', 'inactive').replaceAll('sendrecv', 'inactive'), 422],
      ['an SDP of 1 MiB', `/whep/${camera}`, sdp, offer + 'a=x\r\n'.repeat(1 << 18), 413],
      ['the page of somebody else', `/whep/${camera}`, { ...sdp, origin: 'http://evil.example' }, offer, 403],
    ])) {
      test(`${name} is answered with ${status}`, async () => {
        const response = await ask(daemon.link, 'POST', path, headers, body);
        assert.equal(response.status, status, response.body);
        assert.ok(response.body.length > 10 && response.body.length < 300, response.body);
      });
    }

    test('no empty offer is answered', async () => {
      const response = await exchange(daemon.link, requestBytes(daemon.link, 'POST', `/whep/${camera}`, { ...sdp, 'content-length': '0' }));
      assert.equal(response.status, 422);
    });

    test('candidates need their tag, their type and a measure', async () => {
      const opened = await ask(daemon.link, 'POST', `/whep/${camera}`, sdp, offer);
      assert.equal(opened.status, 201, opened.body);
      const session = /** @type {string} */ (opened.headers.get('location'));
      const ufrag = /a=ice-ufrag:(.*)\r\n/.exec(offer)?.[1];
      const media = `a=ice-ufrag:${ufrag}\r\nm=video 9 UDP/TLS/RTP/SAVPF 96\r\na=mid:0\r\n`;
      const patch = (/** @type {Record<string, string>} */ headers, /** @type {string} */ body) =>
        ask(daemon.link, 'PATCH', session, headers, body).then(({ status }) => status);
      const line = `a=${candidate}\r\n`;
      assert.equal(await patch({ ...fragment, 'content-type': 'application/json' }, '{}'), 415);
      assert.equal(await patch({ 'content-type': fragment['content-type'] }, media + line), 428);
      assert.equal(await patch({ ...fragment, 'if-match': '"another"' }, media + line), 412);
      assert.equal(await patch(fragment, 'not a fragment'), 422);
      assert.equal(await patch(fragment, media.replace(`${ufrag}`, 'another') + line), 422);
      assert.equal(await patch(fragment, media + line.repeat(10_000)), 413);
      assert.equal(await patch(fragment, media + line.repeat(limits.candidates + 1)), 422);
      assert.equal(await patch(fragment, media + line.repeat(limits.candidates)), 204);
      assert.equal(await patch(fragment, media + line), 413, 'more than a session may have');
      assert.equal((await ask(daemon.link, 'DELETE', session)).status, 200);
      assert.equal(await patch(fragment, media + line), 404);
      assert.equal((await ask(daemon.link, 'DELETE', session)).status, 404);
    });
  });

  describe('as bytes that are not quite HTTP', () => {
    const smuggled = 'GET /healthz HTTP/1.1\r\nHost: HOST\r\n\r\n';
    const post = (/** @type {string} */ headers, body = smuggled) =>
      `POST /whep/${camera} HTTP/1.1\r\nHost: HOST\r\nContent-Type: application/sdp\r\n${headers}\r\n${body}`;
    const get = (/** @type {string} */ headers) => `GET / HTTP/1.1\r\nHost: HOST\r\n${headers}\r\n`;

    for (const [name, bytes, status] of /** @type {[string, string, number][]} */ ([
      ['two lengths', post('Content-Length: 0\r\nContent-Length: 40\r\n'), 400],
      ['two lengths that agree', post('Content-Length: 3\r\nContent-Length: 3\r\n', `v=0${smuggled}`), 400],
      ['a list of lengths', post('Content-Length: 3, 3\r\n', `v=0${smuggled}`), 400],
      ['a length and chunks', post('Content-Length: 4\r\nTransfer-Encoding: chunked\r\n', `0\r\n\r\n${smuggled}`), 411],
      ['chunks', post('Transfer-Encoding: chunked\r\n', `0\r\n\r\n${smuggled}`), 411],
      ['an unknown transfer encoding', post('Transfer-Encoding: xchunked\r\n', `0\r\n\r\n${smuggled}`), 411],
      ['two hosts', get('Host: HOST\r\n') + smuggled, 400],
      ['two hosts that differ', get('Host: evil.example\r\n') + smuggled, 400],
      ['a folded header', get('X: a\r\n b\r\n') + smuggled, 400],
      ['a space before a colon', post('Content-Length : 40\r\n'), 400],
      ['a NUL', get('X: a\0b\r\n') + smuggled, 400],
      ['a bare carriage return', get('X: a\rb\r\n') + smuggled, 400],
      ['a bare line feed', get('X: a\nContent-Length: 40\r\n') + smuggled, 400],
      ['a head of 100 kB', get(`X: ${'x'.repeat(100_000)}\r\n`) + smuggled, 431],
      ['a path of 100 kB', `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: HOST\r\n\r\n${smuggled}`, 431],
      ['a method that nobody knows', `BREW / HTTP/1.1\r\nHost: HOST\r\n\r\n${smuggled}`, 405],
      ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', 505],
      ['a body of GET', get('Content-Length: 40\r\n') + smuggled, 413],
      ['a second request behind the first', get('') + smuggled, 200],
      ['another host', `GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n${smuggled}`, 421],
      ['no host', `GET / HTTP/1.1\r\n\r\n${smuggled}`, 400],
    ])) {
      test(`${name}: one response, ${status}, and none to what is behind it`, async () => {
        const connection = await RawConnection.open(daemon.link);
        connection.send(bytes.replaceAll('HOST', new URL(daemon.link).host));
        connection.endSending();
        await connection.waitForEnd();
        connection.drop();
        const text = connection.received.toString('latin1');
        assert.equal(parseResponse(connection.received).status, status, text.slice(0, 500));
        assert.equal(text.match(/HTTP\/1\.[01] \d{3} /g)?.length, 1, text);
        assert.doesNotMatch(text, /\r\n\r\nok\n/);
      });
    }
  });

  describe(`in ${crowd} slow connections`, () => {
    /** @type {[string, (url: string) => string][]} */
    const kinds = [
      ['idle', () => ''],
      ['with half a head', (url) => requestBytes(url, 'GET', '/').slice(0, 20)],
      ['with half a body', (url) => requestBytes(url, 'POST', `/whep/${camera}`, { ...sdp, 'content-length': '40000' }) + 'v=0'],
    ];

    for (const [name, bytes] of kinds) {
      test(`${name} from one address: ${limits.perAddress} are held, others are served`, async () => {
        const slow = await openCrowd(() => '127.0.0.2', bytes(daemon.link));
        const held = slow.filter((connection) => !connection.isAtEnd);
        const refused = slow.filter((connection) => connection.isAtEnd);
        assert.ok(held.length <= limits.perAddress, `${held.length} are held`);
        assert.ok(refused.some(({ received }) => parseResponse(received).status === 503), 'nobody was told why');
        await serves();
        slow.forEach((connection) => connection.drop());
        await settled();
      });

      test(`${name} from forty addresses: at most ${limits.connections} are held, others are served`, async () => {
        const slow = await openCrowd((number) => `127.0.1.${(number % 40) + 1}`, bytes(daemon.link));
        const held = slow.filter((connection) => !connection.isAtEnd);
        assert.ok(held.length <= limits.connections, `${held.length} are held`);
        await serves();
        slow.forEach((connection) => connection.drop());
        await settled();
      });
    }

    /**
     * Connections that have sent their bytes, each of which the daemon has taken or ended.
     * @param {(number: number) => string} address
     * @param {string} bytes
     */
    async function openCrowd(address, bytes) {
      const connections = await Promise.all(
        Array.from({ length: crowd }, (_, number) => RawConnection.open(daemon.link, { from: address(number) })),
      );
      connections.forEach((connection) => connection.send(bytes));
      // The daemon takes connections in their order: with this one it has seen all of them.
      await exchange(daemon.link, requestBytes(daemon.link, 'GET', '/healthz'));
      const ended = () => connections.filter((connection) => connection.isAtEnd).length;
      await Promise.all(
        connections.map((connection) =>
          connection.waitFor('end', () => connection.isAtEnd || crowd - ended() <= limits.connections),
        ),
      );
      return connections;
    }

    /** A request, a session over the WebSocket and one over WHEP, while the others hang. */
    async function serves() {
      assert.equal((await ask(daemon.link, 'GET', '/api/v1/cameras')).status, 200);
      const socket = await openChannel();
      const session = newSession();
      socket.say({ type: 'offer', session, camera, sdp: offer });
      await socket.waitForMessage(({ type }) => type === 'answer');
      socket.say({ type: 'bye', session });
      await socket.waitForMessage(({ type }) => type === 'bye');
      socket.connection.drop();
      const opened = await ask(daemon.link, 'POST', `/whep/${camera}`, sdp, offer);
      assert.equal(opened.status, 201, opened.body);
      assert.equal((await ask(daemon.link, 'DELETE', /** @type {string} */ (opened.headers.get('location')))).status, 200);
    }
  });

  /** All that the tests opened is gone from the daemon; it is asked as often as it answers. */
  async function settled() {
    const end = performance.now() + 30_000;
    while (descriptors() > descriptorsBefore && performance.now() < end)
      assert.equal((await ask(daemon.link, 'GET', '/healthz')).status, 200);
    assert.ok(descriptors() <= descriptorsBefore, `${descriptors()} descriptors, ${descriptorsBefore} at first`);
  }

  // Some may be: the kernel drops what the viewer's own process is not given the time to read.
  test('the viewer that watches has lost next to nothing', async (t) => {
    const { received, expected } = await packets();
    t.diagnostic(`${expected - received} packets of ${expected} lost`);
    assert.ok(expected - received < expected / 100, `${expected - received} of ${expected}: ${losses.join(', ')}`);
  });

  test('when all is over the daemon holds no more than at first', settled);
});
