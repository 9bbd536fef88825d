// SPDX-License-Identifier: Apache-2.0
// What is to come of each way between a camera and a viewer, written before it was tried. A difference to either side is a
// failure, since what works unexpectedly is not understood.

/** @typedef {import('./lab.mjs').Site} Site */
/**
 * @typedef {{ camera: Site, viewer: Site, family?: 4 | 6 } & ({ pair: string } | { reason: string })} Cell
 *          `pair`: what the browser's end of the chosen pair is, over what, and the device's; `reason`: why the session ended
 */

/** @type {Site} */
const open = {};
const behind = (/** @type {import('./lab.mjs').Kind[]} */ ...boxes) => ({ boxes });
/** Nobody was reached, and the device has waited for long enough. */
const noWay = { reason: 'connect-timeout' };

/** With no server that helps. @type {Cell[]} */
export const withoutServers = [
  { camera: open, viewer: open, pair: 'host udp, host' },
  // Who is not reached can still reach: the camera sees where the viewer's packets come from.
  { camera: open, viewer: behind('port-restricted'), pair: 'prflx udp, host' },
  { camera: open, viewer: behind('symmetric'), pair: 'prflx udp, host' },
  { camera: open, viewer: behind('port-restricted', 'symmetric'), pair: 'prflx udp, host' },
  { camera: open, viewer: { boxes: ['port-restricted'], mtu: 1280 }, pair: 'prflx udp, host' },
  { camera: open, viewer: behind('no-udp'), ...noWay },
  { camera: behind('port-restricted'), viewer: behind('port-restricted'), ...noWay },
  { camera: open, viewer: behind('firewall'), family: 6, pair: 'host udp, host' },
  { camera: behind('firewall'), viewer: behind('firewall'), family: 6, ...noWay },
];

/** For people: "camera behind symmetric, viewer in the open". @param {Cell} cell */
export function describeCell({ camera, viewer, family = 4 }) {
  const place = (/** @type {Site} */ { boxes = [], mtu }) =>
    `${boxes.length > 0 ? `behind ${boxes.join(' and ')}` : 'in the open'}${mtu ? `, MTU ${mtu}` : ''}`;
  return `camera ${place(camera)}, viewer ${place(viewer)}${family === 6 ? ', IPv6 only' : ''}`;
}
