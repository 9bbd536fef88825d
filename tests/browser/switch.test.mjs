// SPDX-License-Identifier: Apache-2.0
// From one camera to another in the page: the connection goes on, and nothing of the former is taken for the next.

import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { launchBrowser, ViewerPage } from '../support/browser.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';

const suite = 'browser';
const door = { id: 'front-door', name: 'Front door', width: 640, height: 360, pattern: 'bars', audio: 'hall' };
const garden = { id: 'garden', name: 'Garden', width: 480, height: 360, pattern: 'ball', audio: 'shed' };
/** Without a microphone. */
const porch = { id: 'porch', name: 'Porch', width: 320, height: 240, pattern: 'bars', audio: 'none' };
const away = { id: 'attic', name: 'Attic', source: 'v4l2', device: '/dev/there-is-no-such-camera', width: 640, height: 360, audio: 'none' };
const config = testConfig({
  audio: [{ id: 'hall', microphone: 'test' }, { id: 'shed', microphone: 'test' }],
  camera: [...[door, garden, porch].map((camera) => ({ source: 'test', framerate: 30, bitrate: 1_000_000, ...camera })), away],
});

/** Runs in the page before its own code: what reaches the screen, of which size and when. */
function recordFrames() {
  /** @type {{ at: number, width: number }[]} */
  const frames = [];
  /** @type {any} */ (globalThis).fanlightTestFrames = frames;
  const { prototype } = HTMLVideoElement;
  const original = prototype.requestVideoFrameCallback;
  prototype.requestVideoFrameCallback = function request(callback) {
    return original.call(this, (now, metadata) => {
      if (frames.at(-1)?.at !== metadata.presentationTime) frames.push({ at: metadata.presentationTime, width: metadata.width });
      callback(now, metadata);
    });
  };
}

/** Runs in the page: what the only connection says of itself. */
async function lookAtConnection() {
  const reports = [...(await /** @type {any} */ (globalThis).fanlightTestPeers[0].getStats()).values()];
  const [transport] = reports.filter(({ type }) => type === 'transport');
  const [audio] = reports.filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'audio');
  const [video] = reports.filter(({ type, kind }) => type === 'inbound-rtp' && kind === 'video');
  return {
    pair: transport.selectedCandidatePairId,
    pairs: transport.selectedCandidatePairChanges,
    certificate: transport.remoteCertificateId,
    ssrc: { audio: audio?.ssrc, video: video?.ssrc },
    concealed: audio?.concealedSamples ?? 0,
    heard: audio?.packetsReceived ?? 0,
  };
}

describe('from one camera to another', () => {
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {import('playwright-core').Browser} */
  let browser;

  before(async () => {
    daemon = await startDaemon({ suite, name: 'switch-daemon', config });
    browser = await launchBrowser({ args: ['--autoplay-policy=no-user-gesture-required'] });
  });
  after(async () => {
    await browser?.close();
    await daemon?.stop();
  });

  /** @param {import('node:test').TestContext} t @param {string} name @param {string} [address] */
  async function open(t, name, address = '/?camera=front-door') {
    const profile = await browser.newContext({ viewport: { width: 390, height: 844 } });
    await profile.addInitScript(recordFrames);
    const viewer = await ViewerPage.openIn(profile, daemon.linkTo(address), { suite, name });
    t.after(() => viewer.close());
    await viewer.frames(10);
    return viewer;
  }
  /** By the list, as a person does. @param {ViewerPage} viewer @param {{ name: string }} camera */
  async function goTo({ page }, { name }) {
    await page.locator('.title button').click();
    await page.locator('fanlight-cameras a', { hasText: name }).click();
    await page.locator('.title', { hasText: name }).waitFor();
  }
  /** @param {ViewerPage} viewer @param {{ width: number }} camera */
  const showsAlone = async ({ page }, { width }) =>
    void (await page.waitForFunction(
      (wanted) => /** @type {any} */ (globalThis).fanlightTestFrames.slice(-20).every((/** @type {any} */ frame) => frame.width === wanted),
      width,
    ));
  /** @param {ViewerPage} viewer */
  const isLive = ({ page }) => page.getByText('Live', { exact: true }).first().waitFor();
  /** @param {ViewerPage} viewer @param {string} type */
  const sent = ({ signaling }, type) =>
    signaling.lines.filter((line) => line.startsWith('> {')).map((line) => JSON.parse(line.slice(2))).filter((one) => one.type === type);
  /** Milliseconds between the last picture of one camera and the first of the other. @param {ViewerPage} viewer */
  const gapIn = async ({ page }) => {
    const frames = await page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestFrames);
    const first = frames.findLastIndex((/** @type {any} */ { width }, /** @type {number} */ i) => i > 0 && frames[i - 1].width !== width);
    return frames[first].at - frames[first - 1].at;
  };

  test('the connection stays: no new one, the same pair of candidates, the same sources', async (t) => {
    const viewer = await open(t, 'switch');
    await viewer.page.getByRole('button', { name: 'Turn sound on' }).click();
    await viewer.waitForMessage('microphone', ({ type, audio }) => type === 'state' && audio?.microphone?.state === 'live');
    await viewer.frames(30);
    const gaps = [];
    for (const camera of [garden, door, garden, door, garden]) {
      const earlier = await viewer.page.evaluate(lookAtConnection);
      await goTo(viewer, camera);
      await showsAlone(viewer, camera);
      await isLive(viewer);
      const { concealed, heard, ...now } = await viewer.page.evaluate(lookAtConnection);
      const { concealed: concealedBefore, heard: heardBefore, ...before } = earlier;
      assert.deepEqual(now, before);
      assert.ok(heard > heardBefore, 'sound goes on');
      const { width, height } = await viewer.frames(3);
      assert.deepEqual({ width, height }, { width: camera.width, height: camera.height });
      gaps.push(`${camera.id}: picture ${(await gapIn(viewer)).toFixed(0)} ms, sound made up for ${((concealed - concealedBefore) / 48).toFixed(0)} ms`);
    }
    t.diagnostic(gaps.join('; '));
    await viewer.screenshot('switch');
    assert.equal(await viewer.peerCount(), 1);
    assert.equal(sent(viewer, 'offer').length, 1);
    assert.deepEqual(sent(viewer, 'bye'), []);
    assert.deepEqual(viewer.complaints, []);
    assert.ok(daemon.log.lines.some((line) => line.includes("of camera 'front-door' shows 'garden' from now on")));
  });

  test('a camera that is switched to is heard by its own microphone, and the other is off', async (t) => {
    const viewer = await open(t, 'switch-sound');
    await viewer.page.getByRole('button', { name: 'Turn sound on' }).click();
    const microphoneIs = (/** @type {string} */ camera, /** @type {string} */ state) =>
      viewer.waitForMessage(`microphone of ${camera} ${state}`,
        (message) => message.type === 'state' && message.camera === camera && message.audio?.microphone?.state === state,
        { from: viewer.signaling.lines.length });
    await viewer.frames(30);
    await Promise.all([goTo(viewer, garden), microphoneIs(door.id, 'idle'), microphoneIs(garden.id, 'live')]);

    await goTo(viewer, porch);
    await showsAlone(viewer, porch);
    await viewer.page.getByRole('button', { name: 'This camera sends no sound' }).waitFor();
    await goTo(viewer, garden);
    await showsAlone(viewer, garden);
    assert.equal(await viewer.peerCount(), 1);
    await viewer.page.getByRole('button', { name: 'Turn sound off' }).waitFor();
  });

  test('what a session cannot carry gets one of its own', async (t) => {
    const viewer = await open(t, 'switch-refused', '/?camera=porch');
    await goTo(viewer, garden);
    await showsAlone(viewer, garden);
    await isLive(viewer);
    assert.equal(await viewer.peerCount(), 2);
    const [first, second] = sent(viewer, 'offer');
    assert.deepEqual({ camera: second.camera, replaces: second.replaces }, { camera: 'garden', replaces: first.session });
  });

  test('a camera that is away shows no picture of the one before, and the way back is the same connection', async (t) => {
    const viewer = await open(t, 'switch-away');
    await goTo(viewer, away);
    await viewer.waitForCamera('away', { camera: away.id });
    await viewer.page.getByText('The camera is not there').first().waitFor();
    assert.equal(await viewer.page.locator('video').first().evaluate((video) => /** @type {HTMLVideoElement} */ (video).videoWidth), 0);
    await viewer.screenshot('switch-away');
    await goTo(viewer, door);
    await isLive(viewer);
    assert.equal(await viewer.peerCount(), 1);
  });
});
