// SPDX-License-Identifier: Apache-2.0
// What a page hears of the device: the samples of its newest peer connection's audio track. The page must be opened with
// `bypassCSP`, for the tap is a script of the test's.

/** Runs in the page. @param {{ rate: number }} how */
async function listen({ rate }) {
  const all = /** @type {any} */ (globalThis);
  const { track } = all.fanlightTestPeers.at(-1).getReceivers().find((/** @type {any} */ receiver) => receiver.track.kind === 'audio');
  const context = new AudioContext({ sampleRate: rate });
  const code = `registerProcessor('tap', class extends AudioWorkletProcessor {
    process([[samples]]) { if (samples) this.port.postMessage(samples.slice()); return true; }
  })`;
  await context.audioWorklet.addModule(URL.createObjectURL(new Blob([code], { type: 'text/javascript' })));
  const tap = new AudioWorkletNode(context, 'tap');
  /** @type {number[]} */
  all.fanlightTestHeard = [];
  tap.port.onmessage = ({ data }) => all.fanlightTestHeard.push(...data);
  context.createMediaStreamSource(new MediaStream([track])).connect(tap);
}

export class PageEar {
  #page;

  /** @param {import('playwright-core').Page} page */
  constructor(page) {
    this.#page = page;
  }

  /** @param {import('playwright-core').Page} page @param {number} rate */
  static async open(page, rate) {
    await page.evaluate(listen, { rate });
    return new PageEar(page);
  }

  /** The next so many samples. @param {number} count @returns {Promise<Float32Array>} */
  async next(count) {
    const samples = await this.#page.evaluate(async (wanted) => {
      const all = /** @type {any} */ (globalThis);
      const from = all.fanlightTestHeard.length;
      while (all.fanlightTestHeard.length < from + wanted) await new Promise((resolve) => requestAnimationFrame(resolve));
      return all.fanlightTestHeard.slice(from, from + wanted);
    }, count);
    return Float32Array.from(samples);
  }
}
