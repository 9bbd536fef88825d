// SPDX-License-Identifier: Apache-2.0
// Signaling in plain requests, with the members of WebSocketClient: the first one's response is what the device says,
// each further one carries what the viewer says.

const type = { 'content-type': 'application/x-ndjson' };

export class HttpChannel {
  #url;
  /** The channel's own, once it is open. */
  #address = '';
  /** @type {string[]} */
  #unsent = [];
  #isSending = false;
  #dropped = new AbortController();
  /** @type {(text: string) => void} */
  onText = () => {};
  /** Called once, however it ended. */
  onClosed = () => {};

  /** @param {string} url */
  constructor(url) {
    this.#url = url;
  }

  /** One request at a time, so that the order is kept. @param {string} text */
  async send(text) {
    this.#unsent.push(text);
    if (this.#isSending) return;
    this.#isSending = true;
    while (this.#unsent.length > 0) await this.#post(`${this.#unsent.splice(0).join('\n')}\n`);
    this.#isSending = false;
  }

  /** Says goodbye. */
  close() {
    if (this.#address) fetch(this.#address, { method: 'DELETE' }).catch(() => {});
  }

  /** Breaks the stream without a word. */
  drop() {
    this.#dropped.abort();
  }

  /** @param {string} body */
  async #post(body) {
    const { signal } = this.#dropped;
    // What fails now has ended the stream, which tells.
    if (this.#address) return void (await fetch(this.#address, { method: 'POST', headers: type, body, signal }).catch(() => {}));
    const opened = await fetch(this.#url, { method: 'POST', headers: type, body, signal });
    if (opened.ok) {
      this.#address = new URL(/** @type {string} */ (opened.headers.get('location')), this.#url).href;
      this.#read(/** @type {any} */ (opened.body));
    } else {
      this.onText(JSON.stringify({ type: 'error', ...(await opened.json()) }));
      this.onClosed();
    }
  }

  /** @param {AsyncIterable<Uint8Array>} stream */
  async #read(stream) {
    let unread = '';
    const decoder = new TextDecoder();
    try {
      for await (const bytes of stream) {
        const lines = `${unread}${decoder.decode(bytes, { stream: true })}`.split('\n');
        unread = lines.pop() ?? '';
        // A blank line is a sign of life.
        for (const line of lines) if (line) this.onText(line);
      }
    } catch {
      // Broken off, which is an end like others.
    }
    this.onClosed();
  }
}
