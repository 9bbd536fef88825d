// SPDX-License-Identifier: Apache-2.0
// Viewers to whom no media flows: they are told why, and their sessions go on. What keeps a session alive then is the
// viewer's RTCP (Chromium reports about once a second with or without media) or ICE (libdatachannel reports only what it
// got a sender's report for).

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import { Probe } from '../bench/probe.mjs';
import { PacketCapture } from '../load/packet_capture.mjs';
import { ViewerHost } from '../load/viewer_host.mjs';
import { launchBrowser } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';

const suite = 'component';
const table = 'fanlight_media';
const away = 'garden';
const live = 'front-door';

/** The product's limit for a viewer that has sent RTCP and stopped, with room. */
const silenceMs = 15_000;
/** Chromium's reports come 0 to 1.5 s apart. */
const reportsLimitMs = silenceMs + 45_000;

describe('a viewer to whom no media flows', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;
  /** @type {ViewerHost} */
  let host;
  /** @type {PacketCapture} */
  let capture;

  before(async () => {
    daemon = await startDaemon({
      suite,
      name: 'camera-away-daemon',
      config: testConfig({
        camera: [
          { id: away, source: 'v4l2', device: '/dev/video999' },
          { id: live, source: 'test', width: 640, height: 360 },
        ],
      }),
    });
    host = await ViewerHost.start();
    browser = await launchBrowser();
    // What the machine sends to its own addresses passes here.
    capture = await PacketCapture.start('lo');
  });

  after(async () => {
    await browser?.close();
    await host?.stop();
    await capture?.stop();
    await daemon?.stop();
  });

  /** Opens the camera in Chromium. @param {string} camera */
  async function connectChromium(camera) {
    const probe = await Probe.open(browser, daemon.link);
    await probe.openSignaling();
    const known = new Set(capture.packets.filter(({ kind }) => kind === 'srtcp').map(({ fromPort }) => fromPort));
    const session = await probe.connect(camera);
    const [{ fromPort, toPort }] = await capture.waitFor(
      (packet) => packet.kind === 'srtcp' && !known.has(packet.fromPort) && !known.has(packet.toPort),
      { what: 'RTCP of the new session' },
    );
    // Either end may have been the first; the device's is the one that the DTLS handshake was begun from.
    const hello = capture.packets.find(
      ({ kind, payload, fromPort: from }) => kind === 'dtls' && payload[13] === 1 && (from === fromPort || from === toPort),
    );
    const devicePort = /** @type {{ fromPort: number }} */ (hello).fromPort;
    return { probe, session, devicePort, viewerPort: devicePort === fromPort ? toPort : fromPort };
  }

  /** Waits for reports of the viewer until one came later than the product would have judged. @param {number} viewerPort */
  async function gapsBetweenReports(viewerPort) {
    const start = performance.now();
    const isReport = (/** @type {import('../load/packet_capture.mjs').Packet} */ { kind, fromPort, at }) =>
      kind === 'srtcp' && fromPort === viewerPort && at > start;
    const what = "Chromium's RTCP";
    await capture.waitFor((packet) => isReport(packet) && packet.at > start + silenceMs, { timeout: reportsLimitMs, what });
    const found = capture.packets.filter(isReport);
    return found.slice(1).map(({ at }, i) => at - found[i].at);
  }

  /** @param {number[]} gaps */
  const inWords = (gaps) => `Chromium sent ${gaps.length + 1} reports, ${Math.max(...gaps).toFixed(0)} ms apart at most`;
  /** @param {string} session */
  const hasEnded = (session) => daemon.log.lines.some((line) => line.includes(`'${session.slice(0, 8)}'`));

  test('is told that the camera is away, and why, and stays connected', async (t) => {
    const light = host.open({ url: daemon.link, camera: away });
    const { detail } = await light.waitFor('state', { where: ({ session, camera, state }) => !session && camera === away && state === 'away' });
    t.diagnostic(`the reason: ${detail.reason}`);
    assert.match(detail.reason, /video999/);
    await light.waitFor('state', { where: ({ session, state }) => session && state === 'live' });

    const { probe, session, viewerPort } = await connectChromium(away);
    const gaps = await gapsBetweenReports(viewerPort);
    t.diagnostic(inWords(gaps));
    assert.equal(hasEnded(session), false, 'the session in Chromium was ended');
    assert.equal(light.find('bye'), undefined, 'the session of libdatachannel was ended');
    light.forget();
    await probe.close();
  });

  test('stays connected in Chromium where media came and then stopped', async (t) => {
    const { probe, session, devicePort, viewerPort } = await connectChromium(live);
    await capture.waitFor(({ kind, fromPort }) => kind === 'srtp' && fromPort === devicePort, { count: 50, what: 'media' });
    // RTP and RTCP from the device, by the first two bits (RFC 7983); STUN and DTLS go on.
    const nft = (/** @type {string[]} */ ...args) => execFileSync('nft', args);
    nft('add', 'table', 'inet', table);
    t.after(() => nft('delete', 'table', 'inet', table));
    nft('add', 'chain', 'inet', table, 'output', '{ type filter hook output priority 0; }');
    nft('add', 'rule', 'inet', table, 'output', 'udp', 'sport', String(devicePort), '@th,64,2', '2', 'drop');

    // What passed before may not have been read yet: its own time tells.
    const stoppedAt = Date.now() + 1;
    const gaps = await gapsBetweenReports(viewerPort);
    const came = capture.packets.filter(
      ({ kind, fromPort, capturedAt }) => kind === 'srtp' && fromPort === devicePort && capturedAt > stoppedAt,
    );
    t.diagnostic(inWords(gaps));
    assert.equal(came.length, 0, 'media was not stopped');
    assert.equal(hasEnded(session), false, 'the session was ended');
    await probe.close();
  });
});
