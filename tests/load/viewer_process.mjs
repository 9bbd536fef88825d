// SPDX-License-Identifier: Apache-2.0
// The program behind ViewerProcess: viewers in a process of their own, told what to do by messages.

import nodeDataChannel from 'node-datachannel';
import { Viewer } from './viewer.mjs';

/** @type {Map<number, Viewer>} */
const viewers = new Map();

// The parent may be gone by the time; then there is nobody to tell.
const tell = (/** @type {object} */ message) => process.send?.(message, () => {});

/** Milliseconds since 1970, with the fraction that Date.now() lacks. */
const now = () => performance.timeOrigin + performance.now();

function figures() {
  return [...viewers].map(([id, { packets: { received, expected, bytes, lastAt } }]) => [id, { received, expected, bytes, lastAt }]);
}

/** @param {number} id @param {import('./viewer.mjs').ViewerOptions} options */
async function open(id, options) {
  const viewer = new Viewer(options, (event, detail) => tell({ id, event, detail, at: now() }));
  viewers.set(id, viewer);
  try {
    await viewer.open();
  } catch (error) {
    tell({ id, event: 'error', detail: { code: 'not-opened', message: String(error) }, at: now() });
  }
}

process.on('message', (/** @type {any} */ { order, id, options }) => {
  if (order === 'open') return open(id, options);
  if (order === 'figures') return tell({ figures: figures() });
  const viewer = viewers.get(id);
  if (order === 'forget') {
    viewer?.close();
    viewers.delete(id);
  } else if (viewer) {
    viewer[/** @type {'bye' | 'closePeer' | 'closeSocket' | 'dropSocket' | 'requestKeyFrame'} */ (order)]();
  }
});

// The parent is gone, or wants this to end.
process.on('disconnect', () => {
  for (const viewer of viewers.values()) viewer.close();
  nodeDataChannel.cleanup();
  process.exit(0);
});

tell({ ready: process.pid });
