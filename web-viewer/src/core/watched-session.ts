// SPDX-License-Identifier: Apache-2.0
// A session together with what its pictures say about it. No DOM.
import type { Clock } from './clock';
import { Emitter } from './emitter';
import type { FrameSource } from './frame-source';
import { PeerSession, type SessionParts } from './peer-session';
import { PictureJudge, type Freshness } from './picture-judge';
import {
  decode, type CameraId, type DeviceMessage, type SessionId, type StateMessage, type WelcomeMessage,
} from './signaling-messages';
import type { Problem } from './viewer-problem';

export interface WatchedSessionParts extends SessionParts {
  frames: FrameSource;
  clock: Clock;
  newSessionId: () => SessionId;
}

interface WatchedSessionEvents {
  track: MediaStreamTrack;
  connected: void;
  frame: void;
  /** Told over the data channel, which lives on where signaling was lost. */
  cameraState: StateMessage;
  failed: Problem;
}

export class WatchedSession {
  private readonly events = new Emitter<WatchedSessionEvents>();
  private readonly peer: PeerSession;
  private readonly judge: PictureJudge;
  private stopFrames = () => {};

  /** Undefined: the browser refuses what the device told it to use, such as a server's address. */
  static create(...how: ConstructorParameters<typeof WatchedSession>): WatchedSession | undefined {
    try {
      return new WatchedSession(...how);
    } catch {
      return undefined;
    }
  }

  constructor(
    private readonly parts: WatchedSessionParts,
    camera: CameraId,
    welcome: WelcomeMessage,
    isSeen: boolean,
    failures: number,
    readonly id: SessionId = parts.newSessionId(),
  ) {
    this.judge = new PictureJudge(parts.clock.now(), isSeen, failures);
    this.peer = new PeerSession(parts, id, camera, welcome);
    this.peer.on('track', (track) => this.afterTrack(track));
    this.peer.on('connected', () => this.afterConnected());
    this.peer.on('control', (text) => this.afterControl(text));
    this.peer.on('controlClosed', () => this.judge.doubt());
    this.peer.on('failed', (problem) => this.events.emit('failed', problem));
  }

  on<Name extends keyof WatchedSessionEvents>(
    name: Name,
    listener: (event: WatchedSessionEvents[Name]) => void,
  ): () => void {
    return this.events.on(name, listener);
  }

  get isAnswered(): boolean {
    return this.peer.isAnswered;
  }

  get isConnected(): boolean {
    return this.judge.isConnected;
  }

  get timeToFirstFrame(): number | undefined {
    return this.judge.timeToFirstFrame;
  }

  get freshness(): Freshness {
    return this.judge.freshness(this.parts.clock.now());
  }

  get isSteady(): boolean {
    return this.judge.isSteady(this.parts.clock.now());
  }

  statistics(): Promise<RTCStatsReport> {
    return this.peer.statistics();
  }

  offer(replaces: SessionId | undefined): void {
    void this.peer.offer(replaces);
  }

  /** `answer` and `candidate`; anything else is not the peer's. */
  take(message: DeviceMessage): void {
    if (message.type === 'answer') void this.peer.takeAnswer(message.sdp);
    else if (message.type === 'candidate') this.peer.takeCandidate(message);
  }

  setSeen(isSeen: boolean): void {
    this.judge.setSeen(isSeen, this.parts.clock.now());
  }

  /** The device may have forgotten it: it is given less time once it stalls. */
  doubt(): void {
    this.judge.doubt();
  }

  /** Why it is to be replaced, if it is; see PictureJudge. */
  verdict(sendingSince: number | undefined): Problem | undefined {
    return this.judge.verdict(this.parts.clock.now(), this.isAnswered, sendingSince);
  }

  /** Idempotent; no event follows. */
  close(): void {
    this.stopFrames();
    this.stopFrames = () => {};
    this.peer.close();
  }

  private afterTrack(track: MediaStreamTrack): void {
    this.events.emit('track', track);
    // Only now: before, the former session's last picture could still be reported.
    if (track.kind !== 'video') return;
    this.stopFrames();
    this.stopFrames = this.parts.frames.watch(this, () => this.afterFrame());
  }

  private afterConnected(): void {
    this.judge.connected(this.parts.clock.now());
    this.events.emit('connected', undefined);
  }

  private afterControl(text: string): void {
    const decoded = decode(text);
    if (decoded.ok && decoded.message.type === 'state') this.events.emit('cameraState', decoded.message);
  }

  private afterFrame(): void {
    this.judge.frame(this.parts.clock.now());
    this.events.emit('frame', undefined);
  }
}
