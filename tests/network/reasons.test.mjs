// SPDX-License-Identifier: Apache-2.0
// A connection that does not come about is told by its cause, in words.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, describe, test } from 'node:test';
import { Stage } from './stage.mjs';

/** Behind routers between which only a relay leads. */
const apart = { camera: { boxes: [/** @type {const} */ ('symmetric')] }, viewer: { boxes: [/** @type {const} */ ('symmetric')] } };
const limitMs = 40_000;
const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-reasons-'));
const otherSecret = path.join(folder, 'secret');

/** Runs in the page: the certificate that it is promised is not the one that it meets. */
function expectAnotherCertificate() {
  const { setRemoteDescription } = RTCPeerConnection.prototype;
  RTCPeerConnection.prototype.setRemoteDescription = function (/** @type {any} */ { type, sdp }) {
    const another = sdp.replace(/(a=fingerprint:\S+ )(\w\w)/g, (/** @type {string} */ _, /** @type {string} */ name, /** @type {string} */ byte) => `${name}${byte === '00' ? '01' : '00'}`);
    return setRemoteDescription.call(this, { type, sdp: another });
  };
}

/**
 * `spoil`: when the page is open
 * @type {{ cause: string, title: string, topology: Parameters<typeof Stage.start>[0], options: import('./stage.mjs').Options,
 *          spoil?: (stage: Stage, viewer: import('../support/browser.mjs').ViewerPage) => Promise<unknown> | void }[]}
 */
const causes = [
  { cause: 'no pair of addresses leads to the other end', title: 'The video does not get through', topology: apart, options: { help: 'stun' } },
  {
    cause: 'this network lets no UDP out, and nobody relays by TCP', title: 'This network lets no live video through',
    topology: { ...apart, viewer: { boxes: ['no-udp'] } }, options: { help: 'stun' },
  },
  {
    cause: 'the relay refuses', title: 'The relay refuses the connection', topology: apart,
    options: { help: 'turn', server: { secret: otherSecret } },
  },
  {
    cause: 'DTLS fails', title: 'No secure connection was possible', topology: {}, options: {},
    spoil: async (_, { page }) => {
      await page.addInitScript(expectAnotherCertificate);
      await page.reload();
    },
  },
  { cause: 'signaling is away', title: 'The device cannot be reached', topology: apart, options: {}, spoil: ({ lab }) => lab.unplug('web') },
];

describe('the page says why', () => {
  before(() => writeFileSync(otherSecret, 'of-another-server'));
  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [index, { cause, title, topology, options, spoil }] of causes.entries())
    test(`when ${cause}`, async (t) => {
      const stage = await Stage.start(`reason-${index + 1}`, topology, options);
      t.after(() => stage.stop());
      const viewer = await stage.open();
      t.after(() => viewer.close());
      await spoil?.(stage, viewer);
      const from = performance.now();
      await viewer.page.getByRole('heading', { name: title }).waitFor({ timeout: limitMs });
      t.diagnostic(`told after ${((performance.now() - from) / 1000).toFixed(1)} s`);
      await viewer.screenshot(`reason-${index + 1}`);
    });
});
