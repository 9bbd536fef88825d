// SPDX-License-Identifier: Apache-2.0
// A channel in plain requests, for where a WebSocket cannot be had. To be used as WebSocketClient is.

import { createInterface } from 'node:readline';
import { request, startRequest } from '../support/requests.mjs';

const type = { 'content-type': 'application/x-ndjson' };

/** An open channel. */
export class RequestSignaling {
  #response;
  #address;
  #headers;
  /** One at a time, so that the order is kept. @type {Promise<unknown>} */
  #said = Promise.resolve();
  /** @type {(text: string) => void} */
  onText = () => {};
  /** Called once, however it ended. */
  onClosed = () => {};
  /** Signs of life so far. */
  blankLines = 0;

  /** @param {import('node:http').IncomingMessage} response @param {URL} address @param {Record<string, string>} headers */
  constructor(response, address, headers) {
    this.#response = response;
    this.#address = address;
    this.#headers = headers;
    response.on('error', () => {});
    response.on('close', () => this.onClosed());
    // Once somebody listens: the first line may have come with the head.
    setImmediate(() => {
      const lines = createInterface({ input: response });
      lines.on('line', (line) => (line ? this.onText(line) : this.blankLines++));
      // It passes on the stream's.
      lines.on('error', () => {});
    });
  }

  /** The channel's own address. */
  get address() {
    return this.#address;
  }

  /**
   * @param {string} url of signaling
   * @param {{ type: string, token?: string }} hello the first message; its token goes with every request, as the device wants it
   * @returns {Promise<RequestSignaling>}
   */
  static open(url, hello) {
    const headers = hello.token ? { authorization: `Bearer ${hello.token}` } : {};
    return new Promise((resolve, reject) => {
      const sent = startRequest(url, { method: 'POST', headers: type }, (response) => {
        const { location } = response.headers;
        if (response.statusCode === 200 && location) return resolve(new RequestSignaling(response, new URL(location, url), headers));
        response.resume();
        reject(new Error(`the channel at '${url}' was refused with status ${response.statusCode}`));
      });
      sent.on('error', reject);
      sent.end(`${JSON.stringify(hello)}\n`);
    });
  }

  /** @param {string} text @returns {Promise<number>} the status, once it has been taken */
  send(text) {
    const taken = this.#said.then(async () => (await request(this.#address, 'POST', `${text}\n`, { ...type, ...this.#headers })).status);
    this.#said = taken.catch(() => {});
    return taken;
  }

  /** @returns {Promise<number>} the status */
  async close() {
    return (await request(this.#address, 'DELETE', undefined, this.#headers)).status;
  }

  /** Breaks the stream without a word. */
  drop() {
    this.#response.destroy();
  }
}
