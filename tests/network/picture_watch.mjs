// SPDX-License-Identifier: Apache-2.0
// When a page shows a new picture, and what it says while it does not.

import { withLimit } from '../support/events.mjs';

const limitMs = 60_000;

/** @typedef {{ at: number, text: string, age: string }} Said `text`: over the picture; `age`: of the picture, in words */
/** @typedef {{ lastFrameAt: number, frameAt: number, peers: number, said: Said[] }} Healing by the wall clock: the last picture before the longest gap,
 *           the first after it; `peers`: connections made since */

export class PictureWatch {
  #viewer;

  /** @param {import('../support/browser.mjs').ViewerPage} viewer */
  constructor(viewer) {
    this.#viewer = viewer;
  }

  /** @param {import('../support/browser.mjs').ViewerPage} viewer that shows pictures */
  static async start(viewer) {
    await viewer.page.evaluate(watch);
    return new PictureWatch(viewer);
  }

  /** The longest time without a picture, of more than a second, once there have been some again for a while. @returns {Promise<Healing>} */
  untilBack() {
    return withLimit(this.#viewer.page.evaluate(() => /** @type {any} */ (globalThis).fanlightTestHealing()), limitMs,
      (ms) => this.#viewer.signaling.error(`no steady picture within ${ms} ms`));
  }
}

/** Runs in the page. */
function watch() {
  const steadyMs = 3000;
  const shortestGapMs = 1000;
  const now = () => performance.timeOrigin + performance.now();
  /** @type {any[]} */
  const peers = /** @type {any} */ (globalThis).fanlightTestPeers;
  const had = peers.length;
  /** @type {any[]} */
  const said = [];
  let [lastFrameAt, gapFrom, gapTo] = [now(), 0, 0];
  const all = (/** @type {Document | ShadowRoot | Element} */ root, /** @type {string} */ selector) => {
    /** @type {Element[]} */
    const found = [...root.querySelectorAll(selector)];
    for (const element of root.querySelectorAll('*')) if (element.shadowRoot) found.push(...all(element.shadowRoot, selector));
    return found;
  };
  const video = /** @type {HTMLVideoElement} */ (all(document, 'video')[0]);
  /** @type {VideoFrameRequestCallback} */
  const onFrame = (_due, { rtpTimestamp, receiveTime = Infinity }) => {
    // A video whose stream has ended shows a black picture, which came by no RTP; one that slept shows what it had.
    if (rtpTimestamp !== undefined && performance.now() - receiveTime < shortestGapMs) {
      const at = now();
      if (at - lastFrameAt > gapTo - gapFrom) [gapFrom, gapTo] = [lastFrameAt, at];
      lastFrameAt = at;
    }
    video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);
  setInterval(() => {
    const root = all(document, 'fanlight-status, fanlight-camera')[0]?.shadowRoot;
    const [text, age] = ['h2, .title', '.age'].map((selector) => root?.querySelector(selector)?.textContent ?? '');
    const before = said.at(-1);
    if (before?.text !== text || before?.age !== age) said.push({ at: now(), text, age });
  }, 100);
  /** @type {any} */ (globalThis).fanlightTestHealing = () => new Promise((resolve) => {
    const look = setInterval(() => {
      if (gapTo - gapFrom < shortestGapMs || now() - gapTo < steadyMs || now() - lastFrameAt > shortestGapMs) return;
      clearInterval(look);
      resolve({ lastFrameAt: gapFrom, frameAt: gapTo, peers: peers.length - had, said });
    }, 100);
  });
}
