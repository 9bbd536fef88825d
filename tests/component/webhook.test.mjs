// SPDX-License-Identifier: Apache-2.0
// Another server is told that somebody rings, with a picture of who it is. The input is the one that rings by itself.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import os from 'node:os';
import { after, describe, test } from 'node:test';
import { makeCertificate } from '../support/certificate.mjs';
import { startDaemon, testConfig } from '../support/daemon.mjs';
import { readForm, WebhookReceiver } from '../support/webhook_receiver.mjs';

const suite = 'component';
const camera = [{ id: 'porch', name: 'Porch', source: 'test', width: 320, height: 180, framerate: 15 }];
const secret = 'what-only-the-server-knows';
const hook = `/hooks/${secret}`;
/** The input rings every ten seconds; a webhook that is not taken is given up after 21. */
const limitMs = 60_000;

describe('a webhook', { timeout: 4 * limitMs }, () => {
  /** @type {(() => Promise<unknown>)[]} */
  const ends = [];
  after(() => Promise.all(ends.map((end) => end())));

  /** @param {string} name @param {WebhookReceiver} receiver */
  async function ringAt(name, receiver) {
    const webhook = (await receiver.listen()) + hook;
    ends.push(() => receiver.close());
    const input = [{ id: 'bell', name: 'Front door', source: 'test', webhook }];
    const daemon = await startDaemon({ suite, name, config: testConfig({ device: { id: 'porch-device' }, camera, input }) });
    ends.push(() => daemon.stop());
    return daemon;
  }

  test('is told who rings where, with the picture of a camera that slept', async (t) => {
    const receiver = new WebhookReceiver();
    const daemon = await ringAt('webhook', receiver);
    await daemon.waitForLog(/somebody rings by 'bell'/, { timeout: limitMs });
    const rang = performance.now();

    const request = await receiver.until(1);
    const { fields, still } = await readForm(request);

    t.diagnostic(`received ${Math.round(request.at - rang)} ms after the line in the log, ${request.body.length} bytes`);
    assert.equal(request.url, hook);
    const { time, ...others } = fields;
    assert.deepEqual(others, { event: 'ring', device: 'porch-device', input: 'bell', name: 'Front door', camera: 'porch' });
    assert.ok(Math.abs(Number(time) - Date.now() / 1000) < 60, `at ${time}`);
    assert.equal(still?.type, 'image/jpeg');
    const jpeg = Buffer.from(await /** @type {File} */ (still).arrayBuffer());
    assert.deepEqual([jpeg.subarray(0, 3).toString('hex'), jpeg.subarray(-2).toString('hex')], ['ffd8ff', 'ffd9']);
    assert.ok(!daemon.log.lines.some((line) => line.includes(secret)), 'no log has its address');
  });

  test('is tried again after a fault of the server’s own', async () => {
    const receiver = new WebhookReceiver();
    receiver.statuses = [503, 500, 200];
    const daemon = await ringAt('webhook-again', receiver);

    const [first, , third] = [await receiver.until(1), await receiver.until(2), await receiver.until(3)];

    assert.deepEqual((await readForm(third)).fields, (await readForm(first)).fields);
    assert.ok(!daemon.log.lines.some((line) => line.includes('webhook')), 'nothing is told of what came right');
  });

  test('that redirects or refuses is told of once, and is not followed', async () => {
    const receiver = new WebhookReceiver();
    receiver.statuses = [302, 403, 200];
    const daemon = await ringAt('webhook-refused', receiver);

    await daemon.waitForLog(/the webhook of input 'bell' was not told that somebody rings: it answers with status 302/, { timeout: limitMs });
    await daemon.waitForLog(/the webhook of input 'bell' takes what it is told again/, { timeout: limitMs });

    assert.deepEqual(receiver.heard.map(({ url }) => url), Array(3).fill(hook));
    assert.equal(daemon.log.lines.filter((line) => line.includes('was not told')).length, 1);
  });

  test('whose certificate nobody vouches for hears nothing', async () => {
    const { certificate, key } = makeCertificate('webhook', os.tmpdir(), 'localhost');
    const receiver = new WebhookReceiver({ cert: readFileSync(certificate, 'utf8'), key: readFileSync(key, 'utf8') });
    const daemon = await ringAt('webhook-untrusted', receiver);

    await daemon.waitForLog(/the webhook of input 'bell' was not told/, { timeout: limitMs });

    assert.equal(receiver.heard.length, 0);
    assert.ok(!daemon.log.lines.some((line) => line.includes(secret)));
  });
});
