// SPDX-License-Identifier: Apache-2.0
// One viewer on libdatachannel: signaling over WebSocket, plain requests, a broker or WHEP, video, and audio and a data channel if wanted. It sends
// receiver reports (RtcpReceivingSession) and no transport-wide feedback: libdatachannel has none.

import { randomBytes } from 'node:crypto';
import nodeDataChannel from 'node-datachannel';
import { request } from '../support/requests.mjs';
import { authorization, hello } from '../support/sign_in.mjs';
import { BrokerSignaling } from './broker_signaling.mjs';
import { isRtcp, PacketCount } from './packet_count.mjs';
import { RequestSignaling } from './request_signaling.mjs';
import { WebSocketClient } from './web_socket.mjs';

const payloadType = { h264: 96, opus: 111 };

/**
 * @typedef {object} ViewerOptions
 * @property {string} url the daemon's link
 * @property {string} camera
 * @property {'websocket' | 'requests' | 'whep'} [signaling]
 * @property {import('./broker_signaling.mjs').BrokerWay} [broker] by which signaling goes instead
 * @property {string} [key] stands in the path of WHEP in the place of the link's token
 * @property {'video' | 'all'} [media] `all`: as the page does, audio sendrecv and a data channel too
 * @property {number} [channels] data channels that it opens beside what `media` says
 * @property {{ bytes: number, count: number }} [flood] messages that it sends on its `control` channel as soon as that is open
 * @property {object[]} [says] messages that it sends there then; '{session}' in them stands for its own session
 * @property {boolean} [reports] whether it sends receiver reports
 * @property {'welcome' | 'offer' | 'answer' | 'description'} [until] how far it goes in the negotiation: it takes no step
 *           after the welcome, its offer, the answer that came, or setting it (no candidate goes either way then)
 * @property {boolean} [wrongFingerprint] promises a certificate that is not its own
 * @property {string} [replaces]
 * @property {boolean} [untilServed] knocks until the daemon listens
 */

/** What a viewer tells, in the order of a session's life; `answered` carries the session's id and the SDP,
 * `welcome`, `state`, `error` and `bye` the device's message, `control` any that came on the data channel, which
 * `control-closed` ends.
 * @typedef {'waiting' | 'welcome' | 'offered' | 'answered' | 'ice' | 'connected' | 'packet' | 'closed' | 'state' | 'error' | 'bye'
 *           | 'socket-closed' | 'control' | 'control-closed'} ViewerEvent */

/** Between two knocks at a daemon that does not listen yet. */
const knockEveryMs = 2;

/** A digest of the right length that no certificate has. */
const someDigest = () => [...randomBytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase()).join(':');

/** @param {import('node-datachannel').DataChannel} channel @param {string} text */
function sayWhileOpen(channel, text) {
  try {
    channel.sendMessage(text);
  } catch {
    // The device has closed it meanwhile, which libdatachannel tells later; an error here would end the process.
  }
}

/** The device has gone: a channel's end is told by `socket-closed`, and that of a session by `closed`. */
const unheard = () => {};

export class Viewer {
  session = randomBytes(12).toString('hex');
  packets = new PacketCount();
  #options;
  #report;
  /** @type {WebSocketClient | RequestSignaling | BrokerSignaling | undefined} */
  #socket;
  /** @type {import('node-datachannel').PeerConnection | undefined} */
  #peer;
  // Kept: libdatachannel drops what JavaScript has forgotten.
  /** @type {unknown[]} */
  #tracks = [];
  /** @type {import('node-datachannel').Track | undefined} */
  #video;
  #whepResource = '';

  /**
   * @param {ViewerOptions} options
   * @param {(event: ViewerEvent, detail?: unknown) => void} report
   */
  constructor(options, report) {
    this.#options = options;
    this.#report = report;
  }

  /** Begins; everything further is reported. */
  async open() {
    if (this.#options.signaling === 'whep') return this.#openWhep();
    const url = new URL('/api/v1/signaling', this.#options.url).href;
    const first = hello(this.#options.url);
    const inRequests = this.#options.signaling === 'requests';
    const socket = await this.#openChannel(url, first);
    this.#socket = socket;
    socket.onClosed = () => this.#report('socket-closed');
    socket.onText = (text) => this.#onMessage(JSON.parse(text));
    if (!inRequests) this.#send(first);
  }

  /** @param {string} url @param {ReturnType<typeof hello>} first */
  #openChannel(url, first) {
    const { signaling, broker } = this.#options;
    if (broker) return BrokerSignaling.open(broker);
    return signaling === 'requests' ? RequestSignaling.open(url, first) : this.#openSocket(url);
  }

  /** @param {string} url @returns {Promise<WebSocketClient>} */
  async #openSocket(url) {
    if (!this.#options.untilServed) return WebSocketClient.open(url);
    this.#report('waiting');
    return new Promise((resolve) => {
      const knock = () => WebSocketClient.open(url).then(resolve, () => setTimeout(knock, knockEveryMs));
      knock();
    });
  }

  /** Says that it leaves. */
  bye() {
    if (this.#whepResource) return void request(this.#whepResource, 'DELETE').catch(unheard);
    this.#send({ type: 'bye', session: this.session, reason: 'left' });
  }

  /** Closes DTLS. */
  closePeer() {
    const peer = this.#peer;
    // What comes later is not for a peer that is closed.
    this.#peer = undefined;
    peer?.close();
  }

  /** Asks for a key frame (PLI). */
  requestKeyFrame() {
    this.#video?.requestKeyframe();
  }

  closeSocket() {
    void Promise.resolve(this.#socket?.close()).catch(unheard);
  }

  dropSocket() {
    this.#socket?.drop();
  }

  /** Lets go of everything, with a goodbye on each layer. */
  close() {
    this.closePeer();
    this.closeSocket();
  }

  /** @param {object} message */
  #send(message) {
    void Promise.resolve(this.#socket?.send(JSON.stringify(message))).catch(unheard);
  }

  /** @param {any} message */
  #onMessage(message) {
    switch (message.type) {
      case 'welcome':
        this.#report('welcome', message);
        if (this.#options.until !== 'welcome') this.#offer();
        return;
      case 'answer':
        return this.#onAnswer(message.sdp);
      case 'candidate':
        return this.#onCandidate(message);
      case 'state':
      case 'error':
      case 'bye':
        return this.#report(message.type, message);
      default:
        return;
    }
  }

  /** @param {{ candidate: string, sdpMid: string }} message */
  #onCandidate({ candidate, sdpMid }) {
    if (!candidate || !this.#sharesCandidates) return;
    try {
      this.#peer?.addRemoteCandidate(candidate, sdpMid);
    } catch {
      // The device has closed the connection meanwhile, which libdatachannel tells later.
    }
  }

  get #sharesCandidates() {
    return this.#options.until === undefined;
  }

  #offer() {
    const peer = this.#makePeer();
    peer.onLocalDescription((sdp, type) => {
      if (type !== 'offer') return;
      const { camera, replaces } = this.#options;
      this.#send({ type: 'offer', session: this.session, camera, sdp: this.#altered(sdp), replaces });
      this.#report('offered');
    });
    peer.onLocalCandidate((candidate, sdpMid) => {
      if (!this.#sharesCandidates) return;
      const text = candidate.replace(/^a=/, '');
      this.#send({ type: 'candidate', session: this.session, candidate: text, sdpMid, sdpMLineIndex: null });
    });
    peer.setLocalDescription('offer');
  }

  /** @param {string} sdp */
  #onAnswer(sdp) {
    this.#report('answered', { session: this.session, sdp });
    if (this.#options.until === 'offer' || this.#options.until === 'answer') return;
    this.#peer?.setRemoteDescription(sdp, 'answer');
  }

  /** Gathers first, so that no trickle is needed: one POST, one answer. */
  async #openWhep() {
    const peer = this.#makePeer();
    const gathered = new Promise((resolve) => {
      peer.onGatheringStateChange((state) => state === 'complete' && resolve(undefined));
    });
    peer.setLocalDescription('offer');
    await gathered;
    const sdp = this.#altered(/** @type {{ sdp: string }} */ (peer.localDescription()).sdp);
    const { key, camera, url } = this.#options;
    const endpoint = new URL(key ? `/k/${key}/whep/${camera}` : `/whep/${camera}`, url);
    this.#report('offered');
    const answer = await request(endpoint.href, 'POST', sdp, { 'content-type': 'application/sdp', ...(!key && authorization(url)) });
    if (answer.status !== 201) return this.#report('error', { code: `http-${answer.status}`, message: answer.body });
    this.#whepResource = new URL(/** @type {string} */ (answer.headers.location), endpoint).href;
    // The device names its sessions of WHEP itself.
    this.session = /** @type {string} */ (this.#whepResource.split('/').pop());
    this.#onAnswer(answer.body);
  }

  /** @param {string} sdp */
  #altered(sdp) {
    return this.#options.wrongFingerprint ? sdp.replace(/a=fingerprint:.*/g, `a=fingerprint:sha-256 ${someDigest()}`) : sdp;
  }

  #makePeer() {
    const peer = new nodeDataChannel.PeerConnection(this.session, { iceServers: [], disableAutoNegotiation: true });
    this.#peer = peer;
    peer.onIceStateChange((state) => state === 'connected' && this.#report('ice'));
    peer.onStateChange((state) => {
      if (state === 'connected' || state === 'closed') this.#report(state);
    });
    this.#addVideo(peer);
    if (this.#options.media === 'all') {
      const audio = new nodeDataChannel.Audio('1', 'SendRecv');
      audio.addOpusCodec(payloadType.opus);
      this.#tracks.push(peer.addTrack(audio), this.#openControl(peer));
    }
    for (let i = 0; i < (this.#options.channels ?? 0); i++) this.#tracks.push(peer.createDataChannel(`another-${i}`));
    return peer;
  }

  /** @param {import('node-datachannel').PeerConnection} peer */
  #openControl(peer) {
    const channel = peer.createDataChannel('control');
    const { flood = { bytes: 0, count: 0 }, says = [] } = this.#options;
    channel.onOpen(() => {
      const text = 'x'.repeat(flood.bytes);
      for (let i = 0; i < flood.count && channel.isOpen(); i++) channel.sendMessage(text);
      for (const message of says) sayWhileOpen(channel, JSON.stringify(message).replace('{session}', this.session));
    });
    channel.onMessage((message) => this.#report('control', JSON.parse(message.toString())));
    channel.onClosed(() => this.#report('control-closed'));
    return channel;
  }

  /** @param {import('node-datachannel').PeerConnection} peer */
  #addVideo(peer) {
    const video = new nodeDataChannel.Video('0', 'RecvOnly');
    video.addH264Codec(payloadType.h264);
    const track = peer.addTrack(video);
    if (this.#options.reports ?? true) track.setMediaHandler(new nodeDataChannel.RtcpReceivingSession());
    track.onMessage((packet) => {
      if (isRtcp(packet)) return;
      this.packets.take(packet);
      if (this.packets.received === 1) this.#report('packet');
    });
    this.#tracks.push(track);
    this.#video = track;
  }
}
