// SPDX-License-Identifier: Apache-2.0
// Stands between a browser and the device, and writes down what is asked and what the device answers: also what the
// browser keeps from the page that asked.

import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { LineLog } from '../support/events.mjs';
import { logDirectory } from '../support/paths.mjs';

/**
 * @typedef {object} Answer
 * @property {string} method
 * @property {string} url path and query
 * @property {http.IncomingHttpHeaders} asked the request's headers
 * @property {boolean} isUpgrade
 * @property {number} status
 * @property {string[]} headers the names of the answer's
 */

export class Witness {
  #device;
  #server = http.createServer();
  /** @type {{ name: string, page: string } | undefined} */
  #instead;
  /** In the order in which they were given. @type {Answer[]} */
  answers = [];
  /** The same as lines, to wait for. */
  log;

  /** @param {string} device its base address @param {string} suite @param {string} name of the log file */
  constructor(device, suite, name) {
    this.#device = new URL(device);
    this.log = new LineLog(name, path.join(logDirectory(suite), `${name}.log`));
    this.#server.on('request', (request, response) => this.#onRequest(request, response));
    this.#server.on('upgrade', (request, socket, head) => this.#onUpgrade(request, /** @type {net.Socket} */ (socket), head));
  }

  /**
   * At the device's own address, with another port.
   * @param {string} device @param {{ suite: string, name: string }} options
   */
  static async start(device, { suite, name }) {
    const witness = new Witness(device, suite, name);
    const { hostname } = new URL(device);
    await new Promise((resolve) => witness.#server.listen(0, hostname, () => resolve(undefined)));
    return witness;
  }

  get port() {
    return /** @type {net.AddressInfo} */ (this.#server.address()).port;
  }
  get url() {
    return `http://${this.#device.hostname}:${this.port}`;
  }

  /** `/` under this name is not the device's, but this page. @param {string} name @param {string} page */
  answerInstead(name, page) {
    this.#instead = { name, page };
  }

  close() {
    this.#server.close();
    this.#server.closeAllConnections();
    this.log.end('the witness has left');
  }

  /** @param {http.IncomingMessage} request @param {http.ServerResponse} response */
  #onRequest(request, response) {
    if (this.#instead && request.url === '/' && request.headers.host?.startsWith(this.#instead.name))
      return void response.setHeader('content-type', 'text/html').end(this.#instead.page);
    const { hostname: host, port } = this.#device;
    const headers = /** @type {any} */ (request.rawHeaders);
    const onward = http.request({ host, port, method: request.method, path: request.url, headers, agent: false }, (answer) => {
      this.#note(request, /** @type {number} */ (answer.statusCode), Object.keys(answer.headers));
      response.writeHead(/** @type {number} */ (answer.statusCode), /** @type {any} */ (answer.rawHeaders));
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    response.on('close', () => onward.destroy());
    request.pipe(onward);
  }

  /** @param {http.IncomingMessage} request @param {net.Socket} socket @param {Buffer} head */
  #onUpgrade(request, socket, head) {
    const onward = net.connect(Number(this.#device.port), this.#device.hostname);
    const lines = [];
    for (let i = 0; i < request.rawHeaders.length; i += 2) lines.push(`${request.rawHeaders[i]}: ${request.rawHeaders[i + 1]}\r\n`);
    onward.write(`${request.method} ${request.url} HTTP/1.1\r\n${lines.join('')}\r\n`);
    onward.write(head);
    onward.once('data', (bytes) => this.#note(request, Number(bytes.toString('latin1').split(' ')[1]), []));
    for (const [from, to] of [[socket, onward], [onward, socket]]) {
      from.on('error', () => to.destroy());
      from.pipe(to);
    }
  }

  /** @param {http.IncomingMessage} request @param {number} status @param {string[]} headers */
  #note(request, status, headers) {
    const { method = '', url = '', headers: asked } = request;
    const isUpgrade = asked.upgrade !== undefined;
    this.answers.push({ method, url, asked, isUpgrade, status, headers });
    this.log.push(`${method} ${url} of ${asked.origin ?? 'no origin'}, ${asked.cookie ? 'with' : 'without'} cookie: ${status}`);
  }
}
