// SPDX-License-Identifier: Apache-2.0
// Somebody who sends commands over a signaling channel of their own, as an admin's page does.

import { WebSocketClient } from '../load/web_socket.mjs';
import { lineLimitMs, withLimit } from './events.mjs';
import { hello } from './sign_in.mjs';

/** @typedef {{ ok: true, value?: any } | { ok: false, error: { code: string, message: string } }} Result */

export class Admin {
  #socket;
  #lastId = 0;
  /** By the command's id. @type {Map<string, (result: any) => void>} */
  #awaited = new Map();

  /** @param {WebSocketClient} socket */
  constructor(socket) {
    this.#socket = socket;
    socket.onText = (text) => {
      const message = JSON.parse(text);
      this.#awaited.get(message.type === 'result' ? message.id : message.type)?.(message);
    };
  }

  /** @param {string} link whose token has the rights @returns {Promise<Admin>} call `close()` in the test's clean-up */
  static async open(link) {
    const admin = new Admin(await WebSocketClient.open(new URL('/api/v1/signaling', link).href));
    const welcome = admin.#next('welcome');
    admin.#socket.send(JSON.stringify(hello(link)));
    await welcome;
    return admin;
  }

  /** The command's value; a refusal is an error. @param {string} name @param {object} [parameters] */
  async command(name, parameters) {
    const result = await this.try(name, parameters);
    if (!result.ok) throw new Error(`the command '${name}' was refused with '${result.error.code}': ${result.error.message}`);
    return result.value;
  }

  /** @param {string} name @param {object} [parameters] @returns {Promise<Result>} */
  try(name, parameters = {}) {
    const id = String(++this.#lastId);
    const result = this.#next(id);
    this.#socket.send(JSON.stringify({ type: 'command', id, name, arguments: parameters }));
    return result;
  }

  close() {
    this.#socket.close();
  }

  /** @param {string} what @returns {Promise<any>} */
  #next(what) {
    const answer = new Promise((resolve) => this.#awaited.set(what, resolve));
    return withLimit(answer, lineLimitMs, `the answer '${what}' to an admin`).finally(() => this.#awaited.delete(what));
  }
}
