// SPDX-License-Identifier: Apache-2.0
// Every way of leaving, at every step of the negotiation: one cycle each.

/** @typedef {import('../load/viewer_host.mjs').RemoteViewer} RemoteViewer */
/** @typedef {import('../load/viewer.mjs').ViewerOptions} ViewerOptions */

/**
 * @typedef {object} Way
 * @property {string} name
 * @property {Omit<ViewerOptions, 'url' | 'camera'>} options
 * @property {import('../load/viewer.mjs').ViewerEvent} step what it waits for before it leaves
 * @property {(viewer: RemoteViewer) => void} [leave] none: its process is killed
 */

const bye = (/** @type {RemoteViewer} */ viewer) => viewer.bye();
const closeSocket = (/** @type {RemoteViewer} */ viewer) => viewer.closeSocket();
const dropSocket = (/** @type {RemoteViewer} */ viewer) => viewer.dropSocket();
const closePeer = (/** @type {RemoteViewer} */ viewer) => viewer.closePeer();
const dropAndClosePeer = (/** @type {RemoteViewer} */ viewer) => {
  viewer.dropSocket();
  viewer.closePeer();
};

/** 25 of them, so that whole rounds make 50, 100, 250 and 500. @type {Way[]} */
export const waysToLeave = [
  { name: 'hello, close', options: { until: 'welcome' }, step: 'welcome', leave: closeSocket },
  { name: 'hello, drop', options: { until: 'welcome' }, step: 'welcome', leave: dropSocket },
  { name: 'offer, bye', options: { until: 'offer' }, step: 'offered', leave: bye },
  { name: 'offer, close', options: { until: 'offer', media: 'all' }, step: 'offered', leave: closeSocket },
  { name: 'offer, drop', options: { until: 'offer' }, step: 'offered', leave: dropSocket },
  { name: 'answer, bye', options: { until: 'answer', media: 'all' }, step: 'answered', leave: bye },
  { name: 'answer, drop', options: { until: 'answer' }, step: 'answered', leave: dropSocket },
  { name: 'before ICE, bye', options: { until: 'description' }, step: 'answered', leave: bye },
  { name: 'before ICE, drop', options: { until: 'description', media: 'all' }, step: 'answered', leave: dropAndClosePeer },
  { name: 'ICE, bye', options: {}, step: 'ice', leave: bye },
  { name: 'ICE, DTLS never', options: { media: 'all' }, step: 'ice', leave: closePeer },
  { name: 'ICE, drop', options: {}, step: 'ice', leave: dropAndClosePeer },
  { name: 'DTLS, bye', options: { media: 'all' }, step: 'connected', leave: bye },
  { name: 'DTLS, close', options: { media: 'all' }, step: 'connected', leave: closePeer },
  { name: 'DTLS, drop', options: {}, step: 'connected', leave: dropAndClosePeer },
  { name: 'media, bye', options: {}, step: 'packet', leave: bye },
  { name: 'media, bye, all m-lines', options: { media: 'all' }, step: 'packet', leave: bye },
  { name: 'media, DTLS close', options: { media: 'all' }, step: 'packet', leave: closePeer },
  { name: 'media, drop', options: { media: 'all' }, step: 'packet', leave: dropAndClosePeer },
  { name: 'WHEP, DELETE', options: { signaling: 'whep' }, step: 'packet', leave: bye },
  { name: 'WHEP, DTLS close', options: { signaling: 'whep', media: 'all' }, step: 'packet', leave: closePeer },
  { name: 'wrong certificate', options: { wrongFingerprint: true }, step: 'bye', leave: closeSocket },
  { name: 'answer, killed', options: { until: 'description', media: 'all' }, step: 'answered' },
  { name: 'media, killed', options: { media: 'all' }, step: 'packet' },
  { name: 'WHEP, killed', options: { signaling: 'whep' }, step: 'packet' },
];
