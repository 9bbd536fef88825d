// SPDX-License-Identifier: Apache-2.0
// One try at one camera: a peer connection, its negotiation and its end. It offers, the device answers. No DOM.
import { Emitter } from './emitter';
import { IceGathering } from './ice-gathering';
import type { CameraId, CandidateMessage, SessionId, ViewerMessage, WelcomeMessage } from './signaling-messages';
import type { Problem } from './viewer-problem';

/** What of RTCPeerConnection is used here. */
export type PeerConnection = Pick<
  RTCPeerConnection,
  | 'addTransceiver' | 'createDataChannel' | 'createOffer' | 'setLocalDescription' | 'setRemoteDescription'
  | 'addIceCandidate' | 'getStats' | 'close' | 'localDescription' | 'connectionState' | 'iceConnectionState'
  | 'onicecandidate' | 'onicecandidateerror' | 'onconnectionstatechange' | 'ontrack'
>;

interface SessionEvents {
  track: MediaStreamTrack;
  connected: void;
  /** A message of the data channel `control`. */
  control: string;
  /** The device closed `control`: it may have ended the session. */
  controlClosed: void;
  /** The session is of no more use. Said once, and not after close(). */
  failed: Problem;
}

export interface SessionParts {
  connect: (configuration: RTCConfiguration) => PeerConnection;
  /** False: it could not be sent. */
  send: (message: ViewerMessage) => boolean;
  /** Whoever came only to look never talks, and asks for nothing: no way for a microphone, no data channel. */
  isToLook?: boolean;
}

export class PeerSession {
  private readonly events = new Emitter<SessionEvents>();
  private readonly peer: PeerConnection;
  private readonly gathering: IceGathering;
  private readonly control: RTCDataChannel | undefined;
  private readonly voice: RTCRtpSender | undefined;
  /** That came, in their order. */
  readonly tracks: MediaStreamTrack[] = [];
  private closed = false;
  private offered = false;
  private answerTaken = false;
  private remoteReady = false;
  private wasConnected = false;
  private candidatesLeft: number;
  /** Until the offer is out, resp. the answer is in. */
  private readonly heldLocal: CandidateMessage[] = [];
  private readonly heldRemote: RTCIceCandidateInit[] = [];

  constructor(
    private readonly parts: SessionParts,
    readonly id: SessionId,
    private readonly camera: CameraId,
    welcome: Pick<WelcomeMessage, 'iceServers' | 'limits'>,
  ) {
    // One place is for the end of candidates.
    this.candidatesLeft = welcome.limits.candidates - 1;
    this.gathering = new IceGathering(welcome.iceServers);
    this.peer = parts.connect({ iceServers: welcome.iceServers, bundlePolicy: 'max-bundle' });
    this.peer.onicecandidate = ({ candidate }) => this.afterLocalCandidate(candidate);
    this.peer.onicecandidateerror = (error) => this.gathering.takeError(error);
    this.peer.onconnectionstatechange = () => this.afterConnectionState();
    this.peer.ontrack = ({ track }) => this.afterTrack(track);
    // All that may ever be wanted is negotiated now, since nothing is renegotiated: also the way for a microphone.
    this.peer.addTransceiver('video', { direction: 'recvonly' });
    const audio = this.peer.addTransceiver('audio', { direction: parts.isToLook ? 'recvonly' : 'sendrecv' });
    if (parts.isToLook) return;
    this.voice = audio.sender;
    this.control = this.peer.createDataChannel('control');
    this.control.onmessage = ({ data }) => {
      if (typeof data === 'string') this.events.emit('control', data);
    };
    this.control.onclose = () => this.events.emit('controlClosed', undefined);
  }

  on<Name extends keyof SessionEvents>(name: Name, listener: (event: SessionEvents[Name]) => void): () => void {
    return this.events.on(name, listener);
  }

  get isAnswered(): boolean {
    return this.answerTaken;
  }

  /** Why no way to the device was found, where none was. */
  get whyNoPath(): Problem {
    return this.gathering.problem;
  }

  statistics(): Promise<RTCStatsReport> {
    return this.peer.getStats();
  }

  /** Over the data channel, which lives on where signaling was lost. False: it is not open. */
  tell(message: ViewerMessage): boolean {
    if (this.control?.readyState !== 'open') return false;
    this.control.send(JSON.stringify(message));
    return true;
  }

  /** What is said from now on; undefined: nothing goes out. Needs no negotiation. */
  async speak(track: MediaStreamTrack | undefined): Promise<void> {
    try {
      await this.voice?.replaceTrack(track ?? null);
    } catch {
      // The session has just ended; nothing is heard, and the device says so.
    }
  }

  async offer(replaces: SessionId | undefined): Promise<void> {
    try {
      const description = await this.peer.createOffer();
      if (this.closed) return;
      await this.peer.setLocalDescription(description);
    } catch {
      this.fail('mismatch');
      return;
    }
    const sdp = this.peer.localDescription?.sdp;
    if (this.closed || sdp === undefined) return;
    this.parts.send({
      type: 'offer', session: this.id, camera: this.camera, sdp, ...(replaces === undefined ? {} : { replaces }),
    });
    this.offered = true;
    for (const candidate of this.heldLocal.splice(0)) this.parts.send(candidate);
  }

  async takeAnswer(sdp: string): Promise<void> {
    if (this.closed || this.answerTaken) return;
    this.answerTaken = true;
    try {
      await this.peer.setRemoteDescription({ type: 'answer', sdp });
    } catch {
      this.fail('mismatch');
      return;
    }
    // Candidates that come while these are added wait behind them.
    for (let next = this.heldRemote.shift(); next && !this.closed; next = this.heldRemote.shift()) {
      await this.addCandidate(next);
    }
    this.remoteReady = true;
  }

  takeCandidate({ candidate, sdpMid, sdpMLineIndex, usernameFragment = null }: CandidateMessage): void {
    if (this.closed) return;
    this.gathering.takeRemote({ candidate });
    const description = { candidate, sdpMid, sdpMLineIndex, usernameFragment };
    // The peer connection itself keeps the order of what it is given from now on.
    if (this.remoteReady) void this.addCandidate(description);
    else this.heldRemote.push(description);
  }

  /** Idempotent; no event follows. Sends no `bye`: the caller knows whether one is due. */
  close(): void {
    if (this.closed) return;
    this.closed = true;
    this.peer.onicecandidate = null;
    this.peer.onicecandidateerror = null;
    this.peer.onconnectionstatechange = null;
    this.peer.ontrack = null;
    if (this.control) this.control.onmessage = this.control.onclose = null;
    this.peer.close();
  }

  private async addCandidate(candidate: RTCIceCandidateInit): Promise<void> {
    try {
      await this.peer.addIceCandidate(candidate);
    } catch {
      // One that this browser cannot use; the others may do.
    }
  }

  private afterTrack(track: MediaStreamTrack): void {
    this.tracks.push(track);
    this.events.emit('track', track);
  }

  private afterLocalCandidate(candidate: RTCIceCandidate | null): void {
    this.gathering.take(candidate);
    // Some browsers say the end of a generation with an empty candidate, and then with null.
    if (candidate?.candidate === '') return;
    if (candidate && this.candidatesLeft-- <= 0) return;
    const message: CandidateMessage = {
      type: 'candidate',
      session: this.id,
      candidate: candidate?.candidate ?? '',
      sdpMid: candidate?.sdpMid ?? null,
      sdpMLineIndex: candidate?.sdpMLineIndex ?? null,
      ...(candidate ? { usernameFragment: candidate.usernameFragment } : {}),
    };
    if (this.offered) this.parts.send(message);
    else this.heldLocal.push(message);
  }

  private afterConnectionState(): void {
    const state = this.peer.connectionState;
    if (state === 'connected') {
      this.wasConnected = true;
      this.events.emit('connected', undefined);
    } else if (state === 'failed' || state === 'closed') {
      // Of the two that it is made of, ICE and DTLS, the other one has failed.
      const hasPath = /^(connected|completed)$/.test(this.peer.iceConnectionState);
      this.fail(this.wasConnected ? 'interrupted' : hasPath ? 'insecure' : 'no-path');
    }
  }

  private fail(problem: Problem): void {
    if (this.closed) return;
    // Before the peer connection closes, so that the last picture can still be kept.
    this.events.emit('failed', problem);
    this.close();
  }
}
