// SPDX-License-Identifier: Apache-2.0
// Offers that are not the page's own, from Chromium over WHEP: what we reject in them keeps no picture from coming.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchBrowser } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { lineLimitMs, withLimit } from '../support/events.mjs';
import { signIn } from '../support/sign_in.mjs';

const camera = 'front-door';

/**
 * Runs in the page: offers, has the offer edited on its way, and waits for pictures.
 * @param {{ endpoint: string, bundlePolicy: RTCBundlePolicy }} order
 * @returns {Promise<{ answer: string, frames: number }>}
 */
async function watch({ endpoint, bundlePolicy }) {
  const peer = new RTCPeerConnection({ bundlePolicy });
  const pcmu = RTCRtpReceiver.getCapabilities('audio')?.codecs.filter(({ mimeType }) => mimeType === 'audio/PCMU') ?? [];
  peer.addTransceiver('audio', { direction: 'recvonly' }).setCodecPreferences(pcmu);
  const video = peer.addTransceiver('video', { direction: 'recvonly' });
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.createDataChannel('control');
  const gathered = new Promise((resolve) => {
    peer.onicegatheringstatechange = () => peer.iceGatheringState === 'complete' && resolve(undefined);
  });
  await peer.setLocalDescription();
  await gathered;
  const offer = await /** @type {any} */ (globalThis).editOffer(peer.localDescription?.sdp);
  const response = await fetch(endpoint, { method: 'POST', headers: { 'content-type': 'application/sdp' }, body: offer });
  const answer = await response.text();
  if (response.status !== 201) throw new Error(`${response.status}: ${answer}`);
  await peer.setRemoteDescription({ type: 'answer', sdp: answer });
  const element = document.createElement('video');
  element.muted = true;
  element.srcObject = new MediaStream([video.receiver.track]);
  document.body.append(element);
  const shown = new Promise((resolve) => element.requestVideoFrameCallback(resolve));
  await element.play();
  await shown;
  peer.close();
  return { answer, frames: element.getVideoPlaybackQuality().totalVideoFrames };
}

const edits = {
  asItIs: (/** @type {string} */ sdp) => sdp,
  /** As libdatachannel and Firefox write it. */
  fingerprintInTheSession: (/** @type {string} */ sdp) => {
    const [fingerprint] = /** @type {RegExpExecArray} */ (/a=fingerprint:.*\r\n/.exec(sdp));
    return sdp.replaceAll(fingerprint, '').replace('m=', `${fingerprint}m=`);
  },
  withoutABundle: (/** @type {string} */ sdp) => sdp.replace(/a=group:BUNDLE.*\r\n/, ''),
};

const ports = (/** @type {string} */ sdp) => [...sdp.matchAll(/^m=(\w+) (\d+)/gm)].map(([, kind, port]) => `${kind} ${port}`);
const group = (/** @type {string} */ sdp) => /a=group:(.*)\r\n/.exec(sdp)?.[1];

describe('an offer with lines that are rejected', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;

  before(async () => {
    daemon = await startDaemon({ suite: 'component', name: 'offers-daemon', config: testConfig() });
    browser = await launchBrowser();
  });
  after(async () => {
    await browser?.close();
    await daemon?.stop();
  });

  /** @param {(sdp: string) => string} edit @param {RTCBundlePolicy} bundlePolicy */
  async function offer(edit, bundlePolicy) {
    const profile = await browser.newContext();
    await signIn(profile, daemon.link);
    const page = await profile.newPage();
    // A page of the daemon's own that makes no connection itself.
    await page.goto(`${daemon.url}/healthz`);
    await page.exposeFunction('editOffer', edit);
    const shown = page.evaluate(watch, { endpoint: `/whep/${camera}`, bundlePolicy });
    const seen = await withLimit(shown, lineLimitMs, 'a picture');
    await profile.close();
    return seen;
  }

  // With 'max-bundle' Chromium takes no answer that rejects the line that stands for the bundle, its first one: that stays.
  for (const bundlePolicy of /** @type {const} */ (['balanced', 'max-bundle']))
    for (const [name, edit] of Object.entries({ 'as it is': edits.asItIs, 'its fingerprint in the session': edits.fingerprintInTheSession })) {
      test(`gets its picture, ${name}, by '${bundlePolicy}'`, async () => {
        const { answer, frames } = await offer(edit, bundlePolicy);
        assert.ok(frames > 0);
        assert.deepEqual(ports(answer), ['audio 9', 'video 9', 'video 0', 'application 9']);
        assert.equal(group(answer), 'BUNDLE 0 1 3');
        assert.match(answer, /^a=rtpmap:0 PCMU\/8000\r$/m);
      });
    }

  test('gets its picture without a bundle, and no group either', async () => {
    const { answer, frames } = await offer(edits.withoutABundle, 'max-compat');
    assert.ok(frames > 0);
    assert.deepEqual(ports(answer), ['audio 0', 'video 9', 'video 0', 'application 0']);
    assert.equal(group(answer), undefined);
  });
});
