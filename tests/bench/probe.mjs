// SPDX-License-Identifier: Apache-2.0
// A bare viewer inside Chromium that measures: no page, one peer connection, one video element.

import { launchBrowser } from '../support/browser.mjs';
import { signIn } from '../support/sign_in.mjs';
import { readStripe } from './stripe.mjs';

/**
 * What requestVideoFrameCallback told of one frame, and what was read from it. All in milliseconds since 1970.
 * @typedef {object} Frame
 * @property {number} drawn the device drew its clock into the picture
 * @property {number} number of the picture since the camera was started, modulo 65536
 * @property {number} received the frame's last packet came
 * @property {number} presented the frame was handed to the compositor
 * @property {number} displayed when the browser expects it on the screen
 * @property {number} read its clock had been read
 * @property {number} rtp its RTP timestamp, at 90 kHz
 */

/**
 * One session's way to its first picture, in milliseconds since `watch` was called.
 * @typedef {object} Marks
 * @property {number} began when that was, milliseconds since 1970
 * @property {number} offered
 * @property {number} answered
 * @property {number} ice
 * @property {number} connected
 * @property {number} first the first frame was handed to the compositor
 * @property {Frame} frame the first one whose clock could be read, mostly the second
 */

/** Runs in the page. @param {typeof readStripe} read */
function install(read) {
  const cells = 68;
  const since1970 = (/** @type {number} */ time) => performance.timeOrigin + time;
  const video = document.createElement('video');
  video.muted = true;
  video.autoplay = true;
  video.style.cssText = 'position:fixed;inset:0;width:100%;height:100%';
  document.body.replaceChildren(video);

  /** @type {WebSocket} */
  let socket;
  /** @type {RTCPeerConnection | undefined} */
  let peer;
  let session = '';
  /** @type {(message: any) => void} */
  let onMessage = () => {};
  /** The camera's states as they were told. @type {any[]} */
  const states = [];

  const send = (/** @type {object} */ message) => socket.send(JSON.stringify(message));

  /** The first frame is announced before the element holds it. */
  function currentFrame() {
    try {
      return new VideoFrame(video);
    } catch {
      return null;
    }
  }

  /** The rows of the stripe's middle alone: a frame of I420 or NV12 begins with its luma. */
  async function readClock() {
    const frame = currentFrame();
    if (!frame) return null;
    const width = frame.visibleRect.width;
    const y = Math.floor(width / cells / 4) * 2;
    const rect = { x: 0, y, width, height: 2 };
    const luma = new Uint8Array(frame.allocationSize({ rect }));
    await frame.copyTo(luma, { rect });
    frame.close();
    return read(luma, width, since1970(performance.now()));
  }

  /** @param {any} metadata @returns {Promise<any>} */
  async function describe(metadata) {
    const clock = await readClock();
    if (!clock) return null;
    return {
      drawn: clock.time,
      number: clock.frame,
      received: since1970(metadata.receiveTime),
      presented: since1970(metadata.presentationTime),
      displayed: since1970(metadata.expectedDisplayTime),
      read: since1970(performance.now()),
      rtp: metadata.rtpTimestamp,
    };
  }

  async function onSignal(/** @type {any} */ message) {
    if (message.type === 'state' && !message.session) states.push(message);
    onMessage(message);
    if (message.session !== session || !peer) return;
    if (message.type === 'answer') await peer.setRemoteDescription({ type: 'answer', sdp: message.sdp });
    if (message.type === 'candidate' && message.candidate) await peer.addIceCandidate(message);
  }

  /** Opens signaling; resolves with the device's welcome. */
  function open() {
    socket = new WebSocket(`ws://${location.host}/api/v1/signaling`, 'fanlight.v1');
    return new Promise((resolve, reject) => {
      socket.onerror = () => reject(new Error('the WebSocket failed'));
      socket.onopen = () => send({ type: 'hello' });
      socket.onmessage = ({ data }) => {
        const message = JSON.parse(data);
        if (message.type !== 'welcome') return onSignal(message);
        for (const camera of message.cameras) states.push({ camera: camera.id, state: camera.state });
        resolve(message);
      };
    });
  }

  /** Resolves once the camera is in that state. @param {string} camera @param {string} state */
  function cameraIs(camera, state) {
    const isSo = () => states.filter((one) => one.camera === camera).at(-1)?.state === state;
    return new Promise((resolve) => {
      if (isSo()) return resolve(undefined);
      onMessage = () => isSo() && resolve(undefined);
    });
  }

  /** @param {string} camera */
  function watch(camera) {
    const start = performance.now();
    /** @type {any} */
    const marks = { began: since1970(start) };
    const mark = (/** @type {string} */ name) => (marks[name] ??= performance.now() - start);
    session = [...crypto.getRandomValues(new Uint8Array(12))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
    const made = new RTCPeerConnection();
    peer = made;
    made.addTransceiver('video', { direction: 'recvonly' });
    made.addTransceiver('audio', { direction: 'sendrecv' });
    made.createDataChannel('control');
    made.oniceconnectionstatechange = () => /connected|completed/.test(made.iceConnectionState) && mark('ice');
    made.onconnectionstatechange = () => made.connectionState === 'connected' && mark('connected');
    made.ontrack = ({ track }) => track.kind === 'video' && (video.srcObject = new MediaStream([track]));
    made.onicecandidate = ({ candidate }) =>
      send({
        type: 'candidate',
        session,
        candidate: candidate?.candidate ?? '',
        sdpMid: candidate?.sdpMid ?? '0',
        sdpMLineIndex: candidate?.sdpMLineIndex ?? 0,
      });
    onMessage = (message) => message.type === 'answer' && message.session === session && mark('answered');
    const first = new Promise((resolve) => {
      const next = async (/** @type {number} */ _, /** @type {any} */ metadata) => {
        marks.first ??= metadata.presentationTime - start;
        marks.frame = await describe(metadata);
        if (marks.frame) resolve(marks);
        else video.requestVideoFrameCallback(next);
      };
      video.requestVideoFrameCallback(next);
    });
    return made
      .setLocalDescription()
      .then(() => send({ type: 'offer', session, camera, sdp: made.localDescription?.sdp }))
      .then(() => mark('offered'))
      .then(() => first);
  }

  /** Begins to watch; resolves when the connection stands, whether pictures come or not. @param {string} camera */
  function connect(camera) {
    watch(camera);
    const made = /** @type {RTCPeerConnection} */ (peer);
    return new Promise((resolve) => {
      made.addEventListener('connectionstatechange', () => made.connectionState === 'connected' && resolve(session));
    });
  }

  /** Each frame presented for so long. @param {number} forMs */
  function sample(forMs) {
    /** @type {any[]} */
    const frames = [];
    const result = { frames, unread: 0, presented: 0 };
    const end = performance.now() + forMs;
    let before = 0;
    return new Promise((resolve) => {
      const next = async (/** @type {number} */ _, /** @type {any} */ metadata) => {
        video.requestVideoFrameCallback(next);
        const frame = await describe(metadata);
        before ||= metadata.presentedFrames - 1;
        result.presented = metadata.presentedFrames - before;
        if (frame) frames.push(frame);
        else result.unread++;
        if (performance.now() >= end) resolve(result);
      };
      video.requestVideoFrameCallback(next);
    });
  }

  /** Resolves with the device's result. @param {string} name @param {object} args */
  function command(name, args) {
    const id = crypto.randomUUID();
    send({ type: 'command', id, name, arguments: { session, ...args } });
    return new Promise((resolve) => {
      onMessage = (message) => message.type === 'result' && message.id === id && resolve(message);
    });
  }

  function leave() {
    send({ type: 'bye', session, reason: 'left' });
    peer?.close();
    peer = undefined;
    video.srcObject = null;
  }

  async function statistics() {
    for (const report of (await /** @type {RTCPeerConnection} */ (peer).getStats()).values()) {
      if (report.type === 'inbound-rtp' && report.kind === 'video') return report;
    }
    return null;
  }

  /** Between the page's two clocks, in ms; Date.now() has whole ones, so up to 1 is agreement. */
  const clockError = () => since1970(performance.now()) - Date.now();

  /** @type {any} */ (globalThis).probe = {
    open, cameraIs, watch, connect, sample, command, leave, statistics, clockError, peer: () => peer,
  };
}

/** The functions that `install` puts into the page. */
const calls = /** @type {const} */ (['open', 'cameraIs', 'watch', 'connect', 'sample', 'command', 'leave', 'statistics', 'clockError']);

export class Probe {
  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.page = page;
  }

  /** @param {import('playwright-core').Browser} browser @param {string} url the daemon's link */
  static async open(browser, url) {
    // The device's own policy for its pages would keep the measuring code from running in one of them.
    const context = await browser.newContext({ bypassCSP: true, viewport: { width: 1280, height: 720 } });
    await signIn(context, url);
    const page = await context.newPage();
    await page.goto(new URL('/healthz', url).href);
    await page.addScriptTag({ content: `(${install})(${readStripe})` });
    return new Probe(page);
  }

  /** @param {typeof calls[number]} name @param {unknown[]} args @returns {Promise<any>} */
  #call(name, ...args) {
    return this.page.evaluate(([called, given]) => /** @type {any} */ (globalThis).probe[called](...given), [name, args]);
  }

  openSignaling() {
    return this.#call('open');
  }
  /** @param {string} camera @param {string} state */
  cameraIs(camera, state) {
    return this.#call('cameraIs', camera, state);
  }
  /** @param {string} camera @returns {Promise<Marks>} */
  watch(camera) {
    return this.#call('watch', camera);
  }
  /** @param {string} camera @returns {Promise<string>} the session, once the connection stands */
  connect(camera) {
    return this.#call('connect', camera);
  }
  /** @param {number} forMs @returns {Promise<{ frames: Frame[], unread: number, presented: number }>} */
  sample(forMs) {
    return this.#call('sample', forMs);
  }
  /** What the device answers. @param {string} name @param {object} args beside the session */
  async command(name, args) {
    const result = await this.#call('command', name, args);
    if (!result.ok) throw new Error(`'${name}' was refused: ${JSON.stringify(result.error)}`);
  }
  leave() {
    return this.#call('leave');
  }
  /** @returns {Promise<any>} RTCInboundRtpStreamStats of the picture */
  statistics() {
    return this.#call('statistics');
  }
  /** @returns {Promise<number>} */
  clockError() {
    return this.#call('clockError');
  }

  async close() {
    await this.page.context().close();
  }
}

export { launchBrowser };
