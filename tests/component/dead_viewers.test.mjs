// SPDX-License-Identifier: Apache-2.0
// Viewers that vanish without a word, and one whose certificate is not the one that it promised. They are behind a link of
// their own, which is cut for TCP and UDP alike.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { Link } from '../load/link.mjs';
import { isDtlsFinished, PacketCapture } from '../load/packet_capture.mjs';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';

/** @typedef {import('../load/viewer_host.mjs').RemoteViewer} RemoteViewer */
/** @typedef {import('../load/packet_capture.mjs').Packet} Packet */

const suite = 'component';
const camera = 'front-door';

/** The product's limits: RTCP is missed after 10 s, looked for once a second; ICE gives up within a minute. */
const freedLimitMs = { afterRtcp: 12_000, withoutRtcp: 60_000 };
/** Beyond the product's limit, so that what failed is a figure and not a timeout. */
const patienceMs = 90_000;
/** Between two tries to be let in, unless a session ends before. */
const tryAgainMs = 500;
/** What a viewer with the right certificate gets before it is believed that one with a wrong one gets none. */
const enoughPackets = 50;

const vanishing = /** @type {const} */ ([
  { name: 'a WebSocket viewer that has sent RTCP', signaling: 'websocket', reports: true },
  { name: 'a WHEP viewer that has sent RTCP', signaling: 'whep', reports: true },
  { name: 'a WebSocket viewer that has sent no RTCP', signaling: 'websocket', reports: false },
  { name: 'a WHEP viewer that has sent no RTCP', signaling: 'whep', reports: false },
]);

describe('viewers at the far end of a link', () => {
  const link = new Link('far', '198.51.100.1', '198.51.100.2');
  /** @type {ViewerHost} */
  let near;
  /** @type {ViewerHost} */
  let far;
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;

  before(async () => {
    far = await link.startViewers();
    near = await ViewerHost.start();
    daemon = await startDaemon({
      suite,
      name: 'dead-viewers-daemon',
      config: testConfig({
        http: { listen: ['127.0.0.1:0', `${link.here}:0`] },
        // Full with those that vanish and the one that stays: a newcomer is let in when one of them is freed.
        limits: { viewers: vanishing.length + 1 },
      }),
    });
  });

  after(async () => {
    await near?.stop();
    await far?.kill();
    await daemon?.stop();
  });

  const openNear = () => near.open({ url: daemon.link, camera });
  /** @param {Partial<import('../load/viewer.mjs').ViewerOptions>} options */
  const openFar = (options) => far.open({ url: daemon.linkFrom(1), camera, ...options });
  const isToFar = (/** @type {Packet} */ { to }) => to === link.there;
  const isFromFar = (/** @type {Packet} */ { from }) => from === link.there;

  /** Takes the next place that is freed. @param {() => RemoteViewer} open @returns {Promise<RemoteViewer>} */
  async function openOnceThereIsRoom(open) {
    for (const end = performance.now() + patienceMs; performance.now() < end; ) {
      const newcomer = open();
      const verdict = await newcomer.waitFor(['answered', 'error']);
      if (verdict.event === 'answered') return newcomer;
      assert.equal(verdict.detail.code, 'busy');
      newcomer.forget();
      const from = daemon.log.lines.length;
      await daemon.waitForLog(/ ended: /, { from, timeout: tryAgainMs }).catch(() => {});
    }
    throw new Error(`no room for another viewer within ${patienceMs} ms`);
  }

  describe('that is cut', () => {
    /** When each ended, in milliseconds from the cut, and why, in the order of `vanishing`. */
    /** @type {{ ms: number, reason: string }[]} */
    let ends;
    /** @type {RemoteViewer} */
    let other;
    /** What the other one had when the link was cut, and when the last one was freed. @type {any} */
    let had;
    /** @type {any} */
    let has;
    let dropped = 0;

    before(async () => {
      const capture = await PacketCapture.start(link.name);
      other = openNear();
      await other.waitFor('packet');
      /** @type {string[]} */
      const sessions = [];
      for (const { signaling, reports } of vanishing) {
        const viewer = openFar({ signaling, reports });
        await viewer.waitFor('packet');
        sessions.push((await viewer.waitFor('answered')).detail.session.slice(0, 8));
      }
      const reporting = new Set();
      await capture.waitFor(
        (packet) => {
          const isReport = isFromFar(packet) && packet.kind === 'srtcp';
          if (isReport) reporting.add(packet.fromPort);
          return isReport && reporting.size === vanishing.filter(({ reports }) => reports).length;
        },
        { what: 'RTCP of those that send it, and of no others' },
      );
      await capture.stop();
      had = (await near.figures()).get(other.id);
      const from = daemon.log.lines.length;

      link.cut();
      const cutAt = performance.now();
      ends = await Promise.all(
        sessions.map(async (session) => {
          const { match } = await daemon.waitForLog(new RegExp(`'${session}' .* ended: (\\S+)`), { from, timeout: patienceMs });
          return { ms: performance.now() - cutAt, reason: match[1] };
        }),
      );
      has = (await near.figures()).get(other.id);
      dropped = link.lost();
      link.restore();
    });

    vanishing.forEach(({ name, reports }, index) => {
      const limit = reports ? freedLimitMs.afterRtcp : freedLimitMs.withoutRtcp;
      test(`${name} and vanishes is freed within ${limit / 1000} s`, (t) => {
        const { ms, reason } = ends[index];
        t.diagnostic(`ended ${(ms / 1000).toFixed(1)} s after the cut: ${reason}`);
        assert.ok(ms <= limit, `ended after ${ms} ms`);
        assert.equal(reason, reports ? 'rtcp-timeout' : 'ice-failed');
      });
    });

    test('their places are given to others', async () => {
      for (const _ of vanishing) await openOnceThereIsRoom(openNear);
    });

    test('another viewer does not notice', (t) => {
      t.diagnostic(`${dropped} packets of the others dropped; this one got ${has.received - had.received} meanwhile`);
      assert.ok(dropped > 0, 'the link took no packet');
      assert.ok(has.received > had.received, 'it got nothing');
      const lost = has.expected - has.received - (had.expected - had.received);
      assert.ok(lost < (has.expected - had.expected) / 100, `it lost ${lost} packets`);
      assert.equal(other.find('bye'), undefined);
    });

    after(() => near.forgetAll());
  });

  test('a viewer with another certificate than it promised gets no media, and is told why', async (t) => {
    const capture = await PacketCapture.start(link.name);
    t.after(() => capture.stop());
    const impostor = await openOnceThereIsRoom(() => openFar({ wrongFingerprint: true }));
    await impostor.waitFor('connected');
    const { detail } = await impostor.waitFor('bye');
    assert.equal(detail.reason, 'fingerprint-mismatch');

    const finished = { what: 'the end of the DTLS handshake' };
    const [{ toPort: port }] = await capture.waitFor((packet) => isToFar(packet) && isDtlsFinished(packet), finished);
    await capture.waitFor((packet) => isFromFar(packet) && packet.fromPort === port && isDtlsFinished(packet), finished);

    // One that keeps its promise, on the same link, shows that the capture would have seen it.
    await openOnceThereIsRoom(() => openFar({}));
    const isMedia = (/** @type {Packet} */ packet) => isToFar(packet) && packet.kind === 'srtp' && packet.toPort !== port;
    const media = await capture.waitFor(isMedia, { count: enoughPackets, what: 'SRTP to the honest viewer' });
    const toImpostor = capture.packets.filter((packet) => isToFar(packet) && packet.toPort === port);
    const count = (/** @type {string} */ kind) => toImpostor.filter((packet) => packet.kind === kind).length;
    t.diagnostic(
      `to the impostor ${count('dtls')} DTLS, ${count('srtp')} SRTP, ${count('srtcp')} SRTCP; to the honest one ${media.length} SRTP`,
    );
    assert.equal(count('srtp'), 0);
  });
});
