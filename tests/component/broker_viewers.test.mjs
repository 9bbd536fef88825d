// SPDX-License-Identifier: Apache-2.0
// Viewers who come by the broker, and a broker that is not to be trusted: it reads all, and gives it again, altered and swapped.

import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { after, before, describe, test } from 'node:test';
import mqtt from 'mqtt';
import { BrokerSignaling } from '../load/broker_signaling.mjs';
import { ViewerHost } from '../load/viewer_host.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { lineLimitMs, withLimit } from '../support/events.mjs';
import { Scraper } from '../support/metrics.mjs';
import { Mosquitto } from '../support/mosquitto.mjs';
import { hello } from '../support/sign_in.mjs';

const camera = 'front-door';
const topic = 'fanlight/test';
const refused = 'fanlight_mqtt_messages_refused_total';

/** The first byte of a viewer's first message. */
const kOpen = 1;

/** @typedef {{ topic: string, payload: Buffer }} Carried */

/** Who reads and writes all that goes by the broker. */
class Carrier {
  /** @type {Carried[]} */
  carried = [];
  #client;

  /** @param {import('mqtt').MqttClient} client */
  constructor(client) {
    this.#client = client;
    client.on('message', (where, payload) => this.carried.push({ topic: where, payload }));
  }

  /** @param {string} url */
  static async at(url) {
    const client = await mqtt.connectAsync(url, { protocolVersion: 5 });
    const carrier = new Carrier(client);
    await client.subscribeAsync(`${topic}/signal/#`, { qos: 1 });
    return carrier;
  }

  /** @param {Carried} message @param {boolean} [retain] */
  async give({ topic: where, payload }, retain = false) {
    await this.#client.publishAsync(where, payload, { qos: 1, retain });
  }

  /** What viewers have said so far. */
  get said() {
    return this.carried.filter((one) => one.topic.endsWith('/in'));
  }

  end() {
    this.#client.end(true);
  }
}

describe('viewers by a broker', () => {
  /** @type {Mosquitto} */
  let broker;
  /** @type {import('../support/daemon.mjs').Daemon} */
  let daemon;
  /** @type {ViewerHost} */
  let host;
  /** @type {Scraper} */
  let scraper;
  /** @type {import('../load/broker_signaling.mjs').BrokerWay} */
  let way;

  before(async () => {
    broker = await Mosquitto.start();
    const url = `mqtt://127.0.0.1:${broker.port}`;
    daemon = await startDaemon({ suite: 'component', name: 'broker-viewers', config: testConfig({ mqtt: { broker: url } }) });
    const { match } = await daemon.log.waitFor(/mqtt: viewers who come by the broker seal what they say to the key '([\w-]{43})'/);
    await daemon.log.waitFor(/mqtt: connected/);
    way = { url, topic, key: match[1] };
    host = await ViewerHost.start();
    scraper = new Scraper(daemon);
  });
  after(async () => {
    await host?.stop();
    await daemon?.stop();
    await broker?.stop();
  });

  /** @param {string} reason */
  const refusals = async (reason) => (await scraper.scrape()).value(refused, { reason }) ?? 0;
  const sessions = async () => (await scraper.scrape()).value('fanlight_camera_sessions_total', { camera });
  const watch = () => host.open({ url: daemon.link, camera, broker: way });

  /** A channel whose viewer has said who it is. */
  async function greet() {
    const channel = await BrokerSignaling.open(way);
    const welcome = withLimit(new Promise((resolve) => (channel.onText = (text) => resolve(JSON.parse(text)))), lineLimitMs, 'the welcome');
    await channel.send(JSON.stringify(hello(daemon.link)));
    assert.equal((await welcome).type, 'welcome');
    return channel;
  }

  test('get pictures, trickling both ways, and leave', async () => {
    const viewer = watch();
    await viewer.waitFor('packet');
    viewer.bye();
    await viewer.waitFor('bye');
    viewer.forget();
  });

  test('tell the broker nothing', async (t) => {
    const carrier = await Carrier.at(way.url);
    t.after(() => carrier.end());
    const viewer = watch();
    await viewer.waitFor('packet');
    const { sdp } = (await viewer.waitFor('answered')).detail;
    viewer.bye();
    await viewer.waitFor('bye');
    const token = /** @type {string} */ (hello(daemon.link).token);
    const secrets = [token, ...token.split('.'), /a=fingerprint:sha-256 (\S+)/.exec(sdp)?.[1] ?? '', /a=ice-pwd:(\S+)/.exec(sdp)?.[1] ?? '', 'candidate:', '"type"'];
    assert.ok(carrier.carried.length > 6);
    assert.ok(secrets.every((secret) => secret.length > 4));
    for (const { payload } of carrier.carried)
      for (const secret of secrets) assert.ok(!payload.includes(secret), `'${secret}' in what was carried`);
    viewer.forget();
  });

  test('are not to be played again', async (t) => {
    const carrier = await Carrier.at(way.url);
    t.after(() => carrier.end());
    const viewer = watch();
    await viewer.waitFor('packet');
    const [before, count] = [await sessions(), await refusals('not-authentic')];
    const { topic: own } = carrier.said.find((one) => one.payload[0] === kOpen) ?? {};
    // The viewer before is still leaving.
    const said = carrier.said.filter((one) => one.topic === own);
    assert.ok(said.length >= 3);
    for (const one of said) await carrier.give(one);
    await scraper.waitFor('all of it to be refused', (one) => one.value(refused, { reason: 'not-authentic' }) === count + said.length);
    viewer.bye();
    await viewer.waitFor('bye');
    viewer.closeSocket();
    await viewer.waitFor('socket-closed');
    // Once the channel is gone, its opening opens another one, to which nothing that was said belongs.
    const opened = carrier.carried.length;
    for (const one of said) await carrier.give(one);
    await scraper.waitFor('it to be refused again', (one) => (one.value(refused, { reason: 'not-authentic' }) ?? 0)
      + (one.value(refused, { reason: 'unknown-channel' }) ?? 0) >= count + 2 * said.length - 1);
    assert.ok(carrier.carried.length > opened);
    assert.equal(await sessions(), before);
    viewer.forget();
  });

  test('are refused what is altered, kept, too large, or of nobody, each counted', async (t) => {
    const carrier = await Carrier.at(way.url);
    t.after(() => carrier.end());
    const channel = await greet();
    t.after(() => channel.drop());
    const last = carrier.said.at(-1);
    assert.ok(last);
    const altered = Buffer.from(last.payload);
    altered[altered.length - 1] ^= 1;
    // A count that is yet to come, so that it is not refused as an old one.
    altered[1 + 8] += 1;
    /** @type {[string, Carried, boolean?][]} */
    const wrong = [
      ['not-authentic', { topic: last.topic, payload: altered }],
      ['retained', last, true],
      ['too-large', { topic: last.topic, payload: randomBytes(100_000) }],
      ['malformed', { topic: last.topic, payload: Buffer.from('{"type":"hello"}') }],
      ['unknown-channel', { topic: `${topic}/signal/nobody/in`, payload: last.payload }],
    ];
    for (const [reason, message, isKept] of wrong) {
      const before = await refusals(reason);
      if (isKept) await keepForLater(message);
      else await carrier.give(message);
      await scraper.waitFor(`a message to be refused as ${reason}`, (one) => one.value(refused, { reason }) === before + 1);
    }
    const ping = withLimit(new Promise((resolve) => (channel.onText = (text) => resolve(JSON.parse(text)))), lineLimitMs, 'the answer to a ping');
    await channel.send(JSON.stringify({ type: 'command', id: '1', name: 'ping', arguments: {} }));
    assert.equal((await ping).ok, true);

    /** Given to the device when it comes back. @param {Carried} message */
    async function keepForLater(message) {
      await carrier.give(message, true);
      const from = daemon.log.lines.length;
      // The same client's name: the broker puts the device out.
      const usurper = await mqtt.connectAsync(way.url, { protocolVersion: 5, clientId: 'fanlight-test', reconnectPeriod: 0 });
      await daemon.log.waitFor(/mqtt: the broker .* is away/, { from });
      usurper.end(true);
      await scraper.waitFor('what was kept to be refused', (one) => one.value(refused, { reason: 'retained' }) > 0);
      // No more of it.
      await carrier.give({ topic: message.topic, payload: Buffer.alloc(0) }, true);
    }
  });

  test('take nobody else for the device', async () => {
    const other = randomBytes(32).toString('base64url');
    await assert.rejects(BrokerSignaling.open({ ...way, key: other }), /incorrect key pair|wrong secret key/);
  });

  test('keep their pictures while the broker is away, and come again after', async () => {
    const viewer = watch();
    await viewer.waitFor('packet');
    const from = daemon.log.lines.length;
    await broker.kill();
    await daemon.log.waitFor(/mqtt: the broker .* is away/, { from });
    const received = async () => (await host.figures()).get(viewer.id)?.received ?? 0;
    for (const before = await received(); (await received()) <= before; );
    await broker.run();
    await daemon.log.waitFor(/mqtt: connected/, { from });
    const next = watch();
    await next.waitFor('packet');
    next.bye();
    await next.waitFor('bye');
    for (const one of [viewer, next]) one.forget();
  });
});
