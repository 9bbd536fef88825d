// SPDX-License-Identifier: Apache-2.0
// What becomes of a picture when the way that it takes ceases to be: how long until it goes on, and what the page says meanwhile.

import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { createKey } from '../support/sign_in.mjs';
import { PictureWatch } from './picture_watch.mjs';
import { camera, Stage } from './stage.mjs';

/** Behind NATs of which a pair needs no relay. */
const home = { camera: { boxes: ['port-restricted'] }, viewer: { boxes: ['port-restricted'] } };
/** Of a picture that has settled. */
const enough = 45;
/** Longer than the device waits for a viewer of which it hears nothing. */
const sleepMs = 15_000;
/** Between one network and the next. */
const roamMs = 2000;

/** How long a fault lasts is part of it. @param {number} ms @param {() => void} run */
const after = (ms, run) => new Promise((resolve) => setTimeout(() => resolve(run()), ms));

/** The page of the camera for other sites' frames. @param {Stage} stage */
function embedded({ daemon, link }) {
  const key = createKey(daemon.stateDir, ['--name', 'frame', '--camera', camera.id]);
  return `${new URL(link).origin}/?camera=${camera.id}&embed#key=${key}`;
}

/**
 * `breaks`: resolves when the picture could go on
 * @type {{ name: string, topology?: Parameters<typeof Stage.start>[1], options?: import('./stage.mjs').Options, isEmbedded?: boolean,
 *          breaks: (stage: Stage) => Promise<unknown> | void }[]}
 */
const faults = [
  { name: 'the viewer gets another address', breaks: ({ lab }) => lab.renumber('viewer') },
  {
    name: 'the viewer roams to another network', breaks: async ({ lab }) => {
      lab.unplug('viewer');
      await after(roamMs, () => lab.renumber('viewer'));
    },
  },
  { name: "the viewer's router gets another address", breaks: ({ lab }) => lab.renumber('viewer', 1) },
  {
    name: "the viewer's router forgets what it has mapped", topology: { viewer: { boxes: ['symmetric'] } },
    breaks: ({ lab }) => lab.forgetMappings('viewer', 1),
  },
  { name: 'the device gets another address', breaks: ({ lab }) => lab.renumber('camera') },
  // WHEP: no data channel that the device could be asked by.
  { name: 'the viewer of an embedded camera gets another address', isEmbedded: true, breaks: ({ lab }) => lab.renumber('viewer') },
  {
    name: 'the viewer of a relay gets another address', topology: { camera: { boxes: ['symmetric'] }, viewer: { boxes: ['symmetric'] } },
    options: { help: 'turn' }, breaks: ({ lab }) => lab.renumber('viewer'),
  },
  {
    name: 'the device roams to another network', breaks: async ({ lab }) => {
      lab.unplug('camera');
      await after(roamMs, () => lab.renumber('camera'));
    },
  },
  { name: "the device's router gets another address", breaks: ({ lab }) => lab.renumber('camera', 1) },
  {
    name: "the device's router forgets what it has mapped", topology: { camera: { boxes: ['symmetric'] } },
    breaks: ({ lab }) => lab.forgetMappings('camera', 1),
  },
  {
    // And its Wi-Fi with it: nothing waits in a socket.
    name: 'the viewer is suspended', breaks: async (stage) => {
      stage.lab.unplug('viewer');
      stage.suspendBrowser(true);
      await after(sleepMs, () => stage.lab.plug('viewer'));
      stage.suspendBrowser(false);
    },
  },
];

describe('the picture comes back by itself', () => {
  for (const [index, { name, topology = home, options = { help: 'stun' }, isEmbedded, breaks }] of faults.entries())
    test(`when ${name}`, async (t) => {
      const stage = await Stage.start(`broken-${index + 1}`, topology, options);
      t.after(() => stage.stop());
      const viewer = await stage.open(isEmbedded ? embedded(stage) : stage.link);
      t.after(() => viewer.close());
      await viewer.frames(enough);
      const watch = await PictureWatch.start(viewer);
      const brokenAt = Date.now();
      await breaks(stage);
      const couldGoOn = Date.now();
      const { frameAt, lastFrameAt, peers, said } = await watch.untilBack();
      const seconds = (/** @type {number} */ from) => ((frameAt - from) / 1000).toFixed(2);
      t.diagnostic(`picture ${seconds(couldGoOn)} s after it could, ${seconds(brokenAt)} s after the fault, by ${peers} new session(s)`);
      const told = said.filter(({ text }) => text !== '' && text !== 'Live');
      t.diagnostic(`over the last one before: ${told.map(({ text, age }) => `${text} (${age})`).join(', ')}`);
      assert.ok(told.length > 0, 'the page told nothing of it');
      for (const { at, age } of told) {
        const [pausedFor, toldAge] = [(at - lastFrameAt) / 1000, Number(/^Picture from (\d+) s ago$/.exec(age)?.[1])];
        assert.ok(Math.abs(toldAge - pausedFor) < 1.5, `'${age}' where the picture was ${pausedFor.toFixed(1)} s old`);
      }
    });
});
