// SPDX-License-Identifier: Apache-2.0
// A channel by a broker, sealed as src/mqtt/sealing.h says. To be used as WebSocketClient is.

import { randomBytes } from 'node:crypto';
import mqtt from 'mqtt';
import sodium from 'libsodium-wrappers';

const kind = { open: 1, opened: 2, sealed: 3 };
const tagBytes = 8;
const countBytes = 8;
const limitMs = 20_000;

/**
 * @typedef {object} BrokerWay
 * @property {string} url of the broker
 * @property {string} topic of the device, such as 'fanlight/porch'
 * @property {string} key the device's, in base64url
 */

/** @param {bigint} count */
function nonceOf(count) {
  const nonce = Buffer.alloc(sodium.crypto_secretbox_NONCEBYTES);
  nonce.writeBigUInt64LE(count);
  return nonce;
}

/** An open channel. */
export class BrokerSignaling {
  #client;
  #topic;
  #tag;
  #keys;
  #sent = 0n;
  #received = 0n;
  /** @type {(text: string) => void} */
  onText = () => {};
  /** Called once, however it ended. */
  onClosed = () => {};

  /** @param {import('mqtt').MqttClient} client @param {string} topic @param {Buffer} tag @param {import('libsodium-wrappers').CryptoKX} keys */
  constructor(client, topic, tag, keys) {
    this.#client = client;
    this.#topic = topic;
    this.#tag = tag;
    this.#keys = keys;
    client.on('message', (_, payload) => this.#take(payload));
    client.on('close', () => this.drop());
  }

  /** @param {BrokerWay} way @returns {Promise<BrokerSignaling>} */
  static async open({ url, topic, key }) {
    await sodium.ready;
    const name = randomBytes(12).toString('hex');
    const client = await mqtt.connectAsync(url, { protocolVersion: 5, clientId: name, reconnectPeriod: 0 });
    const own = sodium.crypto_kx_keypair();
    const tag = Buffer.from(own.publicKey.subarray(0, tagBytes));
    const signal = `${topic}/signal/${name}`;
    await client.subscribeAsync(`${signal}/out`, { qos: 1 });
    const opened = new Promise((resolve, reject) => {
      client.once('message', (_, payload) => resolve(payload));
      setTimeout(() => reject(new Error(`no answer at '${signal}/out'`)), limitMs).unref();
    });
    await client.publishAsync(`${signal}/in`, Buffer.concat([Buffer.of(kind.open), own.publicKey]), { qos: 1 });
    try {
      const answer = /** @type {Buffer} */ (await opened);
      const nonceAt = 1 + tagBytes;
      const boxAt = nonceAt + sodium.crypto_box_NONCEBYTES;
      // Throws where it is not of that device, or not for us.
      const device = sodium.crypto_box_open_easy(answer.subarray(boxAt), answer.subarray(nonceAt, boxAt),
        sodium.from_base64(key, sodium.base64_variants.URLSAFE_NO_PADDING), own.privateKey);
      const keys = sodium.crypto_kx_client_session_keys(own.publicKey, own.privateKey, device);
      return new BrokerSignaling(client, `${signal}/in`, tag, keys);
    } catch (error) {
      client.end(true);
      throw error;
    }
  }

  /** @param {string} text */
  async send(text) {
    this.#sent += 1n;
    const nonce = nonceOf(this.#sent);
    const box = sodium.crypto_secretbox_easy(text, nonce, this.#keys.sharedTx);
    const sealed = Buffer.concat([Buffer.of(kind.sealed), this.#tag, nonce.subarray(0, countBytes), box]);
    await this.#client.publishAsync(this.#topic, sealed, { qos: 1, properties: { messageExpiryInterval: 15 } });
  }

  /** Says that it leaves. */
  async close() {
    await this.send('');
    this.drop();
  }

  /** Goes without a word to the device. */
  drop() {
    this.#client.removeAllListeners('close');
    this.#client.end(true);
    const { onClosed } = this;
    this.onClosed = () => {};
    onClosed();
  }

  /** @param {Buffer} payload */
  #take(payload) {
    const boxAt = 1 + tagBytes + countBytes;
    if (payload[0] !== kind.sealed || !payload.subarray(1, 1 + tagBytes).equals(this.#tag)) return;
    const count = payload.readBigUInt64LE(1 + tagBytes);
    if (count <= this.#received) return;
    const text = Buffer.from(sodium.crypto_secretbox_open_easy(payload.subarray(boxAt), nonceOf(count), this.#keys.sharedRx)).toString();
    this.#received = count;
    if (text === '') this.drop();
    else this.onText(text);
  }
}
