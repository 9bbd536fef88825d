// SPDX-License-Identifier: Apache-2.0
// A program: asks a TURN server (RFC 8656) over UDP for allocations, and then, for each peer that is named, whether the first of
// them may send there. Prints what it is answered as JSON: `allocation`: of the first, 'granted' or the error's number;
// `allocations`: of all; `peers`: the same for each; `software`: what the server calls itself.
//
//   node turn_client.mjs SERVER:PORT USERNAME PASSWORD ALLOCATIONS [PEER…]
//
// Ours, since coturn's own client answers in words for people, and the libraries at hand cannot ask for a relay in IPv6.

import { createHash, createHmac, randomBytes } from 'node:crypto';
import dgram from 'node:dgram';
import net from 'node:net';
import { attribute, attributes, maskedAddress, message, methods, read } from './stun.mjs';

const retryMs = 500;
const tries = 6;
const mismatch = 437;

class Client {
  #socket;
  #server;
  #username;
  #password;
  /** @type {{ realm: Buffer, nonce: Buffer } | undefined} */
  #challenge;
  software = '';

  /** @param {string} server @param {string} username @param {string} password */
  constructor(server, username, password) {
    const { hostname, port } = new URL(`http://${server}`);
    this.#server = { address: hostname.replace(/[[\]]/g, ''), port: Number(port) };
    this.#username = username;
    this.#password = password;
    this.#socket = dgram.createSocket(net.isIPv6(this.#server.address) ? 'udp6' : 'udp4');
  }

  close() {
    this.#socket.close();
  }

  /** @param {keyof typeof methods} method @param {(transaction: Buffer) => Buffer[]} body @returns {Promise<'granted' | number>} */
  async ask(method, body) {
    let answer = await this.#request(methods[method], body);
    const [realm, nonce] = [attributes.realm, attributes.nonce].map((type) => answer.get(type));
    // A challenge, or a nonce that is too old.
    if ([401, 438].includes(errorIn(answer)) && realm && nonce) {
      this.#challenge = { realm, nonce };
      answer = await this.#request(methods[method], body);
    }
    return errorIn(answer) || 'granted';
  }

  /** @param {number} method @param {(transaction: Buffer) => Buffer[]} body @returns {Promise<Map<number, Buffer>>} the answer's attributes */
  async #request(method, body) {
    const transaction = randomBytes(12);
    const packet = this.#sign(method, transaction, Buffer.concat(body(transaction)));
    for (let i = 0; i < tries; i++) {
      this.#socket.send(packet, this.#server.port, this.#server.address);
      const answer = await this.#heard(transaction);
      this.software ||= answer?.get(attributes.software)?.toString() ?? '';
      if (answer) return answer;
    }
    throw new Error('the server does not answer');
  }

  /** With RFC 8489's long-term credentials, once the server has asked for them. @param {number} method @param {Buffer} transaction @param {Buffer} body */
  #sign(method, transaction, body) {
    if (!this.#challenge) return message(method, transaction, body);
    const { realm, nonce } = this.#challenge;
    const named = Buffer.concat([body, attribute(attributes.username, Buffer.from(this.#username)), attribute(attributes.realm, realm), attribute(attributes.nonce, nonce)]);
    const key = createHash('md5').update(`${this.#username}:${realm}:${this.#password}`).digest();
    // Its length counts what is still to come.
    const signed = message(method, transaction, Buffer.concat([named, Buffer.alloc(24)])).subarray(0, 20 + named.length);
    return message(method, transaction, Buffer.concat([named, attribute(attributes.integrity, createHmac('sha1', key).update(signed).digest())]));
  }

  /** @param {Buffer} transaction @returns {Promise<Map<number, Buffer> | undefined>} */
  #heard(transaction) {
    return new Promise((resolve) => {
      const done = (/** @type {Map<number, Buffer> | undefined} */ answer) => {
        clearTimeout(timer);
        this.#socket.off('message', take);
        resolve(answer);
      };
      const timer = setTimeout(() => done(undefined), retryMs);
      const take = (/** @type {Buffer} */ packet) => {
        const answer = read(packet);
        if (answer.transaction.equals(transaction)) done(answer.attributes);
      };
      this.#socket.on('message', take);
    });
  }
}

/** 0: none. @param {Map<number, Buffer>} answer */
function errorIn(answer) {
  const code = answer.get(attributes.errorCode);
  return code ? code[2] * 100 + code[3] : 0;
}

/**
 * From a port of its own. The server may remember that port by somebody who had it a moment ago, whom it takes for the same
 * (437, Allocation Mismatch): section 7.4 has a client try from another then.
 * @param {boolean} isIpv6
 */
async function allocate(isIpv6) {
  for (let i = 1; ; i++) {
    const client = new Client(server, username, password);
    const allocation = await client.ask('allocate', () => [
      attribute(attributes.transport, Buffer.from([17, 0, 0, 0])), ...(isIpv6 ? [attribute(attributes.family, Buffer.from([2, 0, 0, 0]))] : []),
    ]);
    if (allocation !== mismatch || i === tries) return { client, allocation };
    client.close();
  }
}

const [server, username, password, count, ...peers] = process.argv.slice(2);
/** All stay until the last has its answer. @type {Awaited<ReturnType<typeof allocate>>[]} */
const asked = [];
// A peer of IPv6 can be sent to from a relay of IPv6 alone.
while (asked.length < Number(count)) asked.push(await allocate(peers.length > 0 && net.isIPv6(peers[0])));
const [{ client: first, allocation }] = asked;
/** @type {Record<string, string | number>} */
const answers = {};
if (allocation === 'granted')
  for (const peer of peers)
    answers[peer] = await first.ask('createPermission', (transaction) => [attribute(attributes.peer, maskedAddress(peer, 9, transaction))]);
for (const { client } of asked) {
  await client.ask('refresh', () => [attribute(attributes.lifetime, Buffer.alloc(4))]);
  client.close();
}
process.stdout.write(`${JSON.stringify({ allocation, allocations: asked.map((one) => one.allocation), peers: answers, software: first.software })}\n`);
