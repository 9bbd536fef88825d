// SPDX-License-Identifier: Apache-2.0
// HTTP and WebSocket as bytes, for what no client library would send.

import net from 'node:net';
import { lineLimitMs, withLimit } from '../support/events.mjs';
import { authorization } from '../support/sign_in.mjs';

export const opcode = { continuation: 0x0, text: 0x1, binary: 0x2, close: 0x8, ping: 0x9, pong: 0xa };

/** @typedef {{ status: number, headers: Map<string, string>, body: string }} Response status 0: there was none */

/** A TCP connection that keeps what comes. */
export class RawConnection {
  #socket;
  #received = Buffer.alloc(0);
  #isAtEnd = false;
  /** @type {Set<() => void>} */
  #waiters = new Set();

  /** @param {net.Socket} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.on('data', (bytes) => this.#note(() => (this.#received = Buffer.concat([this.#received, bytes]))));
    // A reset is an end like others.
    socket.on('error', () => {});
    for (const end of ['end', 'close']) socket.on(end, () => this.#note(() => (this.#isAtEnd = true)));
  }

  /**
   * @param {string} url the daemon's base address
   * @param {{ from?: string }} [options] `from`: an address of this machine
   * @returns {Promise<RawConnection>}
   */
  static open(url, { from } = {}) {
    const { hostname, port } = new URL(url);
    const socket = net.connect({ host: hostname, port: Number(port), localAddress: from, allowHalfOpen: true });
    // A test that fails leaves connections behind; they must not keep its process.
    socket.unref();
    const opened = new Promise((resolve, reject) => {
      socket.once('connect', () => resolve(new RawConnection(socket)));
      socket.once('error', reject);
    });
    return withLimit(opened, lineLimitMs, `a connection to ${url}`);
  }

  get received() {
    return this.#received;
  }
  get isAtEnd() {
    return this.#isAtEnd;
  }

  /** @param {string | Buffer} bytes a string is Latin-1, so that any byte can be written */
  send(bytes) {
    this.#socket.write(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes);
  }

  /** No more bytes from this side. */
  endSending() {
    this.#socket.end();
  }

  /** @param {string} what @param {() => boolean} isDone looked at whenever something came */
  waitFor(what, isDone) {
    if (isDone()) return Promise.resolve();
    /** @type {() => void} */
    let waiter = () => {};
    const done = new Promise((resolve) => {
      waiter = () => isDone() && resolve(undefined);
      this.#waiters.add(waiter);
    });
    const late = (/** @type {number} */ ms) =>
      new Error(`no ${what} within ${ms} ms; received: ${JSON.stringify(this.#received.toString('latin1').slice(0, 500))}`);
    return withLimit(done, lineLimitMs, late).finally(() => this.#waiters.delete(waiter));
  }

  waitForEnd() {
    return this.waitFor('end of the connection', () => this.#isAtEnd);
  }

  drop() {
    this.#socket.destroy();
  }

  /** @param {() => void} change */
  #note(change) {
    change();
    for (const waiter of [...this.#waiters]) waiter();
  }
}

/**
 * The first response in the bytes; all that follows its head counts as its body.
 * @param {Buffer} bytes
 * @returns {Response}
 */
export function parseResponse(bytes) {
  const [head, ...rest] = bytes.toString('latin1').split('\r\n\r\n');
  const [statusLine, ...lines] = head.split('\r\n');
  const status = /^HTTP\/1\.[01] (\d{3}) /.exec(statusLine);
  const headers = new Map(lines.map((line) => [line.split(': ')[0].toLowerCase(), line.split(': ').slice(1).join(': ')]));
  return { status: status && rest.length > 0 ? Number(status[1]) : 0, headers, body: rest.join('\r\n\r\n') };
}

/**
 * Sends bytes on a connection of their own and reads to its end.
 * @param {string} url
 * @param {string | Buffer} bytes
 * @param {{ from?: string }} [options]
 * @returns {Promise<Response>}
 */
export async function exchange(url, bytes, options) {
  const connection = await RawConnection.open(url, options);
  connection.send(bytes);
  await connection.waitForEnd();
  connection.drop();
  return parseResponse(connection.received);
}

/**
 * @param {string} url
 * @param {string} method
 * @param {string} path
 * @param {Record<string, string>} [headers]
 * @param {string} [body] its length is added
 */
export function requestBytes(url, method, path, headers = {}, body = '') {
  const all = { host: new URL(url).host, ...authorization(url), ...headers, ...(body && { 'content-length': String(body.length) }) };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
  return `${method} ${path} HTTP/1.1\r\n${lines.join('')}\r\n${body}`;
}

/** @param {string} url @param {string} method @param {string} path @param {Record<string, string>} [headers] @param {string} [body] */
export function ask(url, method, path, headers, body) {
  return exchange(url, requestBytes(url, method, path, headers, body));
}

/** A client's frame, which must be masked. @param {number} kind @param {string | Buffer} payload @param {boolean} [isFinal] */
export function frame(kind, payload, isFinal = true) {
  const bytes = Buffer.from(payload);
  const head = Buffer.alloc(bytes.length < 126 ? 2 : bytes.length < 65536 ? 4 : 10);
  head[0] = (isFinal ? 0x80 : 0) | kind;
  head[1] = 0x80 | (head.length === 2 ? bytes.length : head.length === 4 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(bytes.length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(bytes.length), 2);
  const mask = Buffer.from('mask');
  return Buffer.concat([head, mask, bytes.map((byte, at) => byte ^ mask[at % 4])]);
}

/** The frames of a server, which are not masked, and of this one never in fragments. @param {Buffer} bytes */
function framesIn(bytes) {
  const frames = [];
  for (let at = 0; at + 2 <= bytes.length; ) {
    const short = bytes[at + 1] & 0x7f;
    const start = at + (short < 126 ? 2 : short === 126 ? 4 : 10);
    if (start > bytes.length) break;
    const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(at + 2) : Number(bytes.readBigUInt64BE(at + 2));
    if (start + length > bytes.length) break;
    frames.push({ kind: bytes[at] & 0x0f, payload: bytes.subarray(start, start + length) });
    at = start + length;
  }
  return frames;
}

/** A signaling WebSocket that sends what it is told to. */
export class RawWebSocket {
  /** @param {RawConnection} connection */
  constructor(connection) {
    this.connection = connection;
    this.headLength = connection.received.indexOf('\r\n\r\n') + 4;
  }

  /**
   * @param {string} url
   * @param {{ from?: string }} [options]
   * @returns {Promise<RawWebSocket>}
   */
  static async open(url, options) {
    const connection = await RawConnection.open(url, options);
    connection.send(
      requestBytes(url, 'GET', '/api/v1/signaling', {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
        'sec-websocket-version': '13',
        'sec-websocket-protocol': 'fanlight.v1',
      }),
    );
    await connection.waitFor('handshake', () => parseResponse(connection.received).status === 101);
    return new RawWebSocket(connection);
  }

  /** @param {object | string} message a string goes as it is */
  say(message) {
    this.connection.send(frame(opcode.text, typeof message === 'string' ? message : JSON.stringify(message)));
  }

  get frames() {
    return framesIn(this.connection.received.subarray(this.headLength));
  }
  /** @returns {any[]} */
  get messages() {
    return this.frames.filter(({ kind }) => kind === opcode.text).map(({ payload }) => JSON.parse(payload.toString()));
  }

  /**
   * The first message that fits.
   * @param {(message: any) => boolean} fits
   * @returns {Promise<any>}
   */
  async waitForMessage(fits) {
    await this.connection.waitFor(`message like ${fits}`, () => this.messages.some(fits));
    return this.messages.find(fits);
  }
  /** @param {string} code */
  waitForError(code) {
    return this.waitForMessage((message) => message.type === 'error' && message.code === code);
  }

  /** The code that the device closes with. @returns {Promise<number | undefined>} */
  async waitForClose() {
    await this.connection.waitFor('close', () => this.connection.isAtEnd);
    const close = this.frames.find(({ kind }) => kind === opcode.close);
    this.connection.drop();
    return close?.payload.readUInt16BE(0);
  }
}
