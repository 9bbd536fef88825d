// SPDX-License-Identifier: Apache-2.0
// WHEP as the players ask for it that people have. Their requests are played here as they send them, from a page of
// another site in Chromium and by offers that were recorded; tests/browser/whep_player.test.mjs runs a player itself.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { lineLimitMs, withLimit } from '../support/events.mjs';
import { repository } from '../support/paths.mjs';
import { createKey, tokenOf } from '../support/sign_in.mjs';
import { ask } from './http_raw.mjs';

const camera = 'front-door';
const recordedOffer = (/** @type {string} */ name) =>
  JSON.parse(readFileSync(`${repository}/tests/fixtures/offers/${name}.json`, 'utf8')).sdp;
const sdp = { 'content-type': 'application/sdp' };
const sections = (/** @type {string} */ text) => text.split(/(?=^m=)/m).slice(1);

/**
 * Runs in a page of another site. In the order and with the headers of MediaMTX's reader: OPTIONS for the Link, an offer
 * at once, with codecs that no browser lists, candidates by PATCH with `If-Match: *`; a token on OPTIONS and POST alone.
 * @param {{ endpoint: string, authorization: Record<string, string>, bundlePolicy?: RTCBundlePolicy, dataChannel: boolean }} order
 */
async function readAsMediaMtx({ endpoint, authorization, bundlePolicy = 'balanced', dataChannel }) {
  /** @type {[string, number][]} */
  const statuses = [];
  /** @param {string} url @param {RequestInit} request */
  const send = async (url, request) => {
    const response = await fetch(url, request);
    statuses.push([String(request.method), response.status]);
    return response;
  };
  const options = await send(endpoint, { method: 'OPTIONS', headers: authorization });
  const peer = new RTCPeerConnection({ bundlePolicy });
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.addTransceiver('audio', { direction: 'recvonly' });
  if (dataChannel) peer.createDataChannel('');
  const { sdp: offered = '' } = await peer.createOffer();
  // Of those that Chromium knows, though it lists none.
  const extra = ['PCMU/8000/2', 'PCMA/8000/2', 'multiopus/48000/6', 'L16/8000/2', 'L16/16000/2', 'L16/48000/2'];
  const edited = offered.split(/(?=^m=)/m).map((section) => {
    if (!section.startsWith('m=audio')) return section;
    const [first, ...rest] = section.trimEnd().split('\r\n');
    const taken = new Set(first.split(' '));
    const free = Array.from({ length: 32 }, (_, at) => String(96 + at)).filter((type) => !taken.has(type));
    const lines = extra.flatMap((codec, at) => [
      `a=rtpmap:${free[at]} ${codec}`,
      ...(codec.endsWith('/6') ? [`a=fmtp:${free[at]} channel_mapping=0,4,1,2,3,5;num_streams=4;coupled_streams=2`] : []),
      `a=rtcp-fb:${free[at]} transport-cc`,
    ]);
    const stereo = rest.map((line) => (/^a=fmtp:\d+ .*useinbandfec/.test(line) ? `${line};stereo=1;sprop-stereo=1` : line));
    return [`${first} ${free.slice(0, extra.length).join(' ')}`, ...stereo, ...lines, ''].join('\r\n');
  }).join('');
  /** @type {RTCIceCandidate[]} */
  const candidates = [];
  let session = '';
  const patched = new Promise((resolve, reject) => {
    /** @param {RTCIceCandidate[]} some */
    const patch = async (some) => {
      const medias = edited.match(/^m=.*/gm) ?? [];
      const ufrag = /a=ice-ufrag:(.*)/.exec(edited)?.[1];
      const pwd = /a=ice-pwd:(.*)/.exec(edited)?.[1];
      const body = [`a=ice-ufrag:${ufrag}`, `a=ice-pwd:${pwd}`];
      for (const [line, media] of medias.entries()) {
        const own = some.filter(({ sdpMLineIndex }) => sdpMLineIndex === line);
        if (own.length > 0) body.push(media, `a=mid:${line}`, ...own.map(({ candidate }) => `a=${candidate}`));
      }
      const headers = { 'Content-Type': 'application/trickle-ice-sdpfrag', 'If-Match': '*' };
      const response = await send(session, { method: 'PATCH', headers, body: [...body, ''].join('\r\n') });
      resolve(response.status);
    };
    peer.onicecandidate = ({ candidate }) => {
      if (!candidate) return;
      if (session) patch([candidate]).catch(reject);
      else candidates.push(candidate);
    };
    /** @type {any} */ (peer).sendQueued = () => candidates.length > 0 && patch(candidates).catch(reject);
  });
  const video = /** @type {HTMLVideoElement} */ (document.body.appendChild(document.createElement('video')));
  video.muted = true;
  // As the reader's page has it: the stream that the answer names.
  peer.ontrack = ({ track, streams }) => track.kind === 'video' && (video.srcObject = streams[0]);
  await peer.setLocalDescription({ type: 'offer', sdp: edited });
  const posted = await send(endpoint, { method: 'POST', headers: { ...authorization, 'Content-Type': 'application/sdp' }, body: edited });
  const answer = await posted.text();
  if (posted.status !== 201) throw new Error(`${posted.status}: ${answer}`);
  session = new URL(posted.headers.get('location') ?? '', endpoint).toString();
  await peer.setRemoteDescription({ type: 'answer', sdp: answer });
  /** @type {any} */ (peer).sendQueued();
  const shown = new Promise((resolve) => video.requestVideoFrameCallback(resolve));
  await patched;
  await video.play();
  await shown;
  await send(session, { method: 'DELETE' });
  peer.close();
  return { statuses, session, answer, acceptPost: options.headers.get('accept-post'), frames: video.getVideoPlaybackQuality().totalVideoFrames };
}

describe('players of WHEP', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** Another site. @type {http.Server} */
  let site;
  let origin = '';
  let key = '';

  before(async () => {
    site = http.createServer((_request, response) => response.setHeader('content-type', 'text/html').end('<!doctype html><title>wall</title>'));
    await new Promise((resolve) => site.listen(0, '127.0.0.1', () => resolve(undefined)));
    origin = `http://127.0.0.1:${/** @type {import('node:net').AddressInfo} */ (site.address()).port}`;
    daemon = await startDaemon({
      suite: 'component', name: 'whep-players-daemon',
      config: testConfig({
        http: { listen: ['127.0.0.1:0'], origins: [origin] },
        camera: [
          { id: camera, source: 'test', width: 320, height: 180, framerate: 15 },
          { id: 'garden', source: 'v4l2', device: '/dev/video999' },
        ],
      }),
    });
    key = createKey(daemon.stateDir, ['--name', 'recorder', '--camera', camera, '--camera', 'garden']);
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await daemon?.stop();
    site?.closeAllConnections();
    await new Promise((resolve) => site.close(resolve));
  });

  const byKey = (/** @type {string} */ rest = '') => `/k/${key}/whep/${camera}${rest}`;

  /** Where a page of the other site reads from, and with what. @type {Record<string, () => { endpoint: string, authorization: Record<string, string> }>} */
  const ways = {
    'with a token': () => ({ endpoint: `${daemon.url}/whep/${camera}`, authorization: { Authorization: `Bearer ${tokenOf(daemon.link)}` } }),
    'with a key in the address': () => ({ endpoint: `${daemon.url}${byKey()}`, authorization: {} }),
    'with a key, and a slash at the end of the address': () => ({ endpoint: `${daemon.url}${byKey('/')}`, authorization: {} }),
  };
  for (const [name, way] of Object.entries(ways)) {
    test(`MediaMTX's reader on another site shows the picture ${name}`, async () => {
      const page = await browser.newPage();
      await page.goto(origin);
      const read = await withLimit(page.evaluate(readAsMediaMtx, { ...way(), dataChannel: true }), lineLimitMs, 'a picture');
      const [options, post, ...others] = read.statuses;
      assert.deepEqual([options, post], [['OPTIONS', 200], ['POST', 201]]);
      assert.deepEqual(others.at(-1), ['DELETE', 200]);
      assert.ok(others.length > 1 && others.slice(0, -1).every(([method, status]) => method === 'PATCH' && status === 204), JSON.stringify(others));
      assert.match(read.session, new RegExp(`^${daemon.url}/whep/${camera}/[0-9a-f]{32}$`));
      assert.ok(read.frames > 0);
      assert.deepEqual(sections(read.answer).map((section) => section.split(' ').slice(0, 2).join(' ')), ['m=video 9', 'm=audio 9', 'm=application 9']);
      assert.match(sections(read.answer)[1], /^a=inactive\r$/m);
      await page.close();
    });
  }

  for (const bundlePolicy of /** @type {const} */ (['max-bundle', 'max-compat'])) {
    test(`Chromium takes the answer with the bundle policy '${bundlePolicy}', too`, async () => {
      const page = await browser.newPage();
      await page.goto(origin);
      const order = { ...ways['with a key in the address'](), dataChannel: false, bundlePolicy };
      assert.ok((await withLimit(page.evaluate(readAsMediaMtx, order), lineLimitMs, 'a picture')).frames > 0);
      await page.close();
    });
  }

  test('a page of a site that is not named gets nothing by a key either', async () => {
    const other = await browser.newPage();
    await other.goto(origin.replace('127.0.0.1', 'localhost'));
    const read = other.evaluate((endpoint) => fetch(endpoint, { method: 'OPTIONS' }).then(({ status }) => String(status), String), `${daemon.url}${byKey()}`);
    assert.match(await read, /TypeError/);
    await other.close();
  });

  for (const [player, codec] of Object.entries({ 'gstreamer-whepsrc': 'opus/48000/2', 'gstreamer-whepsrc-pcmu': 'PCMU/8000', 'pion-go2rtc': 'opus/48000/2' })) {
    test(`the offer of ${player} is answered whole: video to send, its audio line inactive, its bundle kept`, async () => {
      const offer = recordedOffer(player);
      // No header but the type; all candidates are in the offer, and nothing follows it.
      const { status, headers, body } = await ask(daemon.url, 'POST', byKey(), sdp, offer);
      assert.equal(status, 201, body);
      assert.equal(/^a=group:.*/m.exec(body)?.[0], /^a=group:.*/m.exec(offer)?.[0]);
      const kinds = (/** @type {string} */ text) => sections(text).map((section) => /^m=(\w+)/.exec(section)?.[1]);
      assert.deepEqual(kinds(body), kinds(offer));
      for (const section of sections(body)) {
        assert.match(section, /^m=\w+ 9 /);
        assert.match(section, section.startsWith('m=video') ? /^a=sendonly\r$/m : /^a=inactive\r$/m);
      }
      const audio = /** @type {string} */ (sections(body).find((section) => section.startsWith('m=audio')));
      assert.ok(audio.toLowerCase().includes(` ${codec.toLowerCase()}\r\n`), audio);
      assert.match(body, /^a=candidate:.* typ host\r$/m);
      assert.equal((await ask(daemon.url, 'DELETE', /** @type {string} */ (headers.get('location')))).status, 200);
    });
  }

  test('no refusal is a 400 or a 406, which players take for an offer of another kind', async () => {
    const offer = recordedOffer('pion-go2rtc');
    const audioOnly = offer.slice(0, offer.indexOf('m=video')) + offer.slice(offer.indexOf('m=audio'));
    for (const [status, path, headers, body] of /** @type {[number, string, Record<string, string>, string][]} */ ([
      [422, byKey(), sdp, 'no SDP'],
      [422, byKey(), sdp, ''],
      [422, byKey(), sdp, audioOnly],
      [422, byKey(), sdp, offer.replaceAll('H264', 'VP8')],
      [415, byKey(), { 'content-type': 'application/json' }, offer],
      [415, byKey(), {}, offer],
      [413, byKey(), sdp, 'x'.repeat(300_000)],
      [401, `/k/wrong/whep/${camera}`, sdp, offer],
      [403, `/k/${key}/whep/cellar`, sdp, offer],
    ])) {
      const answer = await ask(daemon.url, 'POST', path, headers, body);
      assert.equal(answer.status, status, `${path.slice(-12)}: ${answer.body}`);
      assert.match(answer.body, /^\S.*\n$/);
    }
  });

  test('a camera that is away is said to be, and when to try again', async () => {
    const endpoint = `/k/${key}/whep/garden`;
    // The first who comes has it tried, and waits for it.
    const first = await ask(daemon.url, 'POST', endpoint, sdp, recordedOffer('pion-go2rtc'));
    assert.equal(first.status, 201, first.body);
    await daemon.waitForLog(/camera: .*'garden'/);
    const { status, headers, body } = await ask(daemon.url, 'POST', endpoint, sdp, recordedOffer('pion-go2rtc'));
    assert.equal(status, 409);
    assert.match(headers.get('retry-after') ?? '', /^\d+$/);
    assert.match(body, /^camera 'garden' gives no picture now: .*video999.*; try again in \d+ seconds\n$/);
    await ask(daemon.url, 'DELETE', /** @type {string} */ (first.headers.get('location')));
  });
});
