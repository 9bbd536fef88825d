// SPDX-License-Identifier: Apache-2.0
// In Chromium: what a peer connection's sound gives, and what is said into it, with times; nothing processes either.

import { chirp, findChirps } from '../support/chirp.mjs';

const rate = 48_000;
/** Date.now() in a worklet cuts milliseconds off. */
const halfMs = 0.5;

/** Runs in the page. @param {{ rate: number, chirp: number[] }} how */
function install({ rate: sampleRate, chirp: tone }) {
  const worklets = `
    registerProcessor('ear', class extends AudioWorkletProcessor {
      process([[samples]]) { if (samples) this.port.postMessage({ at: Date.now(), samples: samples.slice() }); return true; }
    });
    registerProcessor('mouth', class extends AudioWorkletProcessor {
      constructor({ processorOptions }) { super(); Object.assign(this, processorOptions); this.at = 0; }
      process(inputs, [[samples]]) {
        for (let i = 0; i < samples.length; i++, this.at++) {
          if (this.at === this.every[0]) { this.every.push(this.every.shift()); this.at = 0; }
          if (this.at === 0) this.port.postMessage(Date.now() + i / ${sampleRate / 1000});
          samples[i] = this.tone[this.at] ?? 0;
        }
        return true;
      }
    });`;
  const url = URL.createObjectURL(new Blob([worklets], { type: 'text/javascript' }));

  async function context() {
    const made = new AudioContext({ sampleRate, latencyHint: 'interactive' });
    await made.audioWorklet.addModule(url);
    await made.resume();
    return made;
  }

  /** @type {{ at: number[], samples: number[], context: AudioContext } | undefined} */
  let ear;
  /** @type {{ said: number[], context: AudioContext } | undefined} */
  let mouth;

  /** @param {RTCPeerConnection} peer */
  async function hear(peer) {
    const track = /** @type {MediaStreamTrack} */ (peer.getReceivers().find((one) => one.track.kind === 'audio')?.track);
    const stream = new MediaStream([track]);
    // Chromium takes sound out of a connection for an element alone.
    const element = new Audio();
    element.muted = true;
    element.srcObject = stream;
    void element.play();
    const heard = { at: /** @type {number[]} */ ([]), samples: /** @type {number[]} */ ([]), context: await context() };
    const tap = new AudioWorkletNode(heard.context, 'ear');
    tap.port.onmessage = ({ data }) => {
      heard.at.push(data.at);
      heard.samples.push(...data.samples);
    };
    heard.context.createMediaStreamSource(stream).connect(tap);
    ear = heard;
  }

  async function heard() {
    const { at, samples, context: used } = /** @type {NonNullable<typeof ear>} */ (ear);
    await used.close();
    return { at, samples: samples.map((sample) => Math.round(sample * 32_767)) };
  }

  /** @param {RTCPeerConnection} peer @param {number[]} everyMs */
  async function say(peer, everyMs) {
    const said = { said: /** @type {number[]} */ ([]), context: await context() };
    const every = everyMs.map((ms) => Math.round((ms * sampleRate) / 1000));
    const source = new AudioWorkletNode(said.context, 'mouth', { numberOfInputs: 0, outputChannelCount: [1], processorOptions: { tone, every } });
    source.port.onmessage = ({ data }) => said.said.push(data);
    const out = said.context.createMediaStreamDestination();
    source.connect(out);
    const sender = peer.getTransceivers().find(({ receiver }) => receiver.track.kind === 'audio')?.sender;
    await sender?.replaceTrack(out.stream.getAudioTracks()[0]);
    mouth = said;
  }

  async function said() {
    const { said: times, context: used } = /** @type {NonNullable<typeof mouth>} */ (mouth);
    await used.close();
    return times;
  }

  /** @type {any} */ (globalThis).earAndMouth = { hear, heard, say, said };
}

/** On a page with a peer connection that the expression `peer` gives. */
export class EarAndMouth {
  #page;
  #peer;

  /** @param {import('playwright-core').Page} page @param {string} peer */
  constructor(page, peer) {
    this.#page = page;
    this.#peer = peer;
  }

  /** @param {import('playwright-core').Page} page @param {string} peer */
  static async at(page, peer) {
    const how = JSON.stringify({ rate, chirp: [...chirp(rate)].map((sample) => 0.6 * sample) });
    await page.addScriptTag({ content: `(${install})(${how})` });
    return new EarAndMouth(page, peer);
  }

  /** Listens from now on. */
  async hear() {
    await this.#page.evaluate(`earAndMouth.hear(${this.#peer})`);
  }
  /** When each chirp that was heard began. @returns {Promise<number[]>} */
  async heard() {
    /** @type {{ at: number[], samples: number[] }} */
    const { at, samples } = /** @type {any} */ (await this.#page.evaluate('earAndMouth.heard()'));
    const quantum = samples.length / at.length;
    return findChirps(Float32Array.from(samples, (sample) => sample / 32_767), rate).map(({ at: seconds }) => {
      const sample = seconds * rate;
      const whole = Math.floor(sample / quantum);
      return at[whole] + halfMs + ((sample - whole * quantum) * 1000) / rate;
    });
  }

  /** Says a chirp each so often. @param {number[]} everyMs from one to the next, again and again */
  async say(everyMs) {
    await this.#page.evaluate(`earAndMouth.say(${this.#peer}, ${JSON.stringify(everyMs)})`);
  }
  /** When each chirp that was said began. @returns {Promise<number[]>} */
  async said() {
    const times = /** @type {number[]} */ (await this.#page.evaluate('earAndMouth.said()'));
    return times.map((time) => time + halfMs);
  }
}
