// SPDX-License-Identifier: Apache-2.0
// A WebSocket client (RFC 6455) of our own: node 18 has none, and tests need ways to leave that no browser offers.

import { createHash, randomBytes } from 'node:crypto';
import { startRequest } from '../support/requests.mjs';

const subprotocol = 'fanlight.v1';
// RFC 6455, 1.3.
const acceptSuffix = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

const opcode = { text: 0x1, close: 0x8, ping: 0x9, pong: 0xa };

/**
 * One frame, masked as a client's must be. @param {number} code @param {Buffer} payload @returns {Buffer}
 */
function frame(code, payload) {
  const mask = randomBytes(4);
  const length =
    payload.length < 126
      ? Buffer.from([0x80 | payload.length])
      : Buffer.from([0x80 | 126, payload.length >> 8, payload.length & 0xff]);
  const masked = Buffer.from(payload.map((byte, i) => byte ^ mask[i & 3]));
  return Buffer.concat([Buffer.from([0x80 | code]), length, mask, masked]);
}

/**
 * The first whole frame in the bytes, or null. A server's frames are not masked, and Fanlight's are not fragmented.
 * @param {Buffer} bytes
 * @returns {{ code: number, payload: Buffer, size: number } | null}
 */
function parseFrame(bytes) {
  if (bytes.length < 2) return null;
  const short = bytes[1] & 0x7f;
  const head = short < 126 ? 2 : short === 126 ? 4 : 10;
  if (bytes.length < head) return null;
  const length = short < 126 ? short : short === 126 ? bytes.readUInt16BE(2) : Number(bytes.readBigUInt64BE(2));
  if (bytes.length < head + length) return null;
  return { code: bytes[0] & 0x0f, payload: bytes.subarray(head, head + length), size: head + length };
}

/** An open connection. */
export class WebSocketClient {
  /** @type {import('node:net').Socket} */
  #socket;
  #received = Buffer.alloc(0);
  /** @type {(text: string) => void} */
  onText = () => {};
  /** Called once, however it ended. */
  onClosed = () => {};

  /** @param {import('node:net').Socket} socket @param {Buffer} head what came with the handshake's answer */
  constructor(socket, head) {
    this.#socket = socket;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.on('close', () => this.onClosed());
    socket.on('data', (bytes) => this.#take(bytes));
    if (head.length > 0) setImmediate(() => this.#take(head));
  }

  /**
   * @param {string} url http://host:port/path, https too
   * @returns {Promise<WebSocketClient>}
   */
  static open(url) {
    const key = randomBytes(16).toString('base64');
    const accept = createHash('sha1').update(key + acceptSuffix).digest('base64');
    const request = startRequest(url, {
      headers: {
        connection: 'Upgrade',
        upgrade: 'websocket',
        'sec-websocket-key': key,
        'sec-websocket-version': '13',
        'sec-websocket-protocol': subprotocol,
      },
    });
    return new Promise((resolve, reject) => {
      request.on('error', reject);
      request.on('response', (response) => {
        response.resume();
        reject(new Error(`the WebSocket at '${url}' was refused with status ${response.statusCode}`));
      });
      request.on('upgrade', (response, socket, head) => {
        if (response.headers['sec-websocket-accept'] === accept) {
          resolve(new WebSocketClient(/** @type {import('node:net').Socket} */ (socket), head));
        } else {
          socket.destroy();
          reject(new Error(`'${url}' answered the WebSocket handshake with a wrong key`));
        }
      });
      request.end();
    });
  }

  /** @param {string} text */
  send(text) {
    this.#socket.write(frame(opcode.text, Buffer.from(text)));
  }

  /** Says goodbye as a browser does, and is gone when the server has said so too. */
  close() {
    this.#socket.write(frame(opcode.close, Buffer.from([0x03, 0xe8])));
  }

  /** Breaks the connection without a word, as when a process is killed. */
  drop() {
    this.#socket.resetAndDestroy();
  }

  /** @param {Buffer} bytes */
  #take(bytes) {
    this.#received = Buffer.concat([this.#received, bytes]);
    for (let next = parseFrame(this.#received); next; next = parseFrame(this.#received)) {
      this.#received = this.#received.subarray(next.size);
      if (next.code === opcode.text) this.onText(next.payload.toString('utf8'));
      else if (next.code === opcode.ping) this.#socket.write(frame(opcode.pong, next.payload));
      else if (next.code === opcode.close) this.#socket.end(frame(opcode.close, next.payload));
    }
  }
}
