// SPDX-License-Identifier: Apache-2.0
// What a webhook tells, received as Home Assistant or n8n would.

import http from 'node:http';
import https from 'node:https';

/** A server that answers as it is told, and what it has heard. */
export class WebhookReceiver {
  /** @type {{ url: string, headers: http.IncomingHttpHeaders, body: Buffer, at: number }[]} */
  heard = [];
  /** The statuses to answer with; the last one again and again. @type {number[]} */
  statuses = [200];
  /** What it says beside the status. */
  body = 'so be it';
  #waiting = () => {};
  /** @type {http.Server} */
  #server;

  /** @param {{ key: string, cert: string }} [certificate] */
  constructor(certificate) {
    const answer = (/** @type {http.IncomingMessage} */ request, /** @type {http.ServerResponse} */ response) => void this.#take(request, response);
    this.#server = certificate ? https.createServer(certificate, answer) : http.createServer(answer);
    this.scheme = certificate ? 'https' : 'http';
  }

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  async #take(request, response) {
    const parts = [];
    for await (const part of request) parts.push(part);
    const status = this.statuses.length > 1 ? /** @type {number} */ (this.statuses.shift()) : this.statuses[0];
    response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end(this.body);
    this.heard.push({ url: request.url ?? '', headers: request.headers, body: Buffer.concat(parts), at: performance.now() });
    this.#waiting();
  }

  /** @param {string} [host] @returns {Promise<string>} its address, without a slash at the end */
  async listen(host = '127.0.0.1') {
    await new Promise((resolve) => this.#server.listen(0, host, () => resolve(undefined)));
    const { port } = /** @type {import('node:net').AddressInfo} */ (this.#server.address());
    return `${this.scheme}://${host}:${port}`;
  }

  /** @param {number} count */
  async until(count) {
    while (this.heard.length < count) await new Promise((resolve) => (this.#waiting = () => resolve(undefined)));
    return this.heard[count - 1];
  }

  close() {
    this.#server.closeAllConnections();
    return new Promise((resolve) => this.#server.close(resolve));
  }
}

/** What the form says: its fields, and the file among them. @param {{ headers: http.IncomingHttpHeaders, body: Buffer }} request */
export async function readForm({ headers, body }) {
  const form = await new Response(body, { headers: { 'content-type': String(headers['content-type']) } }).formData();
  const fields = [...form].filter(([, value]) => typeof value === 'string');
  const still = /** @type {File | null} */ (form.get('still'));
  return { fields: Object.fromEntries(fields), still };
}
