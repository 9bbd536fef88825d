// SPDX-License-Identifier: Apache-2.0
// A session together with what its pictures say about it, of one camera and then of another. No DOM.
import type { Clock } from './clock';
import { Emitter } from './emitter';
import type { FrameSource } from './frame-source';
import { PathProbe } from './path-probe';
import { PeerSession, type SessionParts } from './peer-session';
import { kAskAfter, PictureJudge, type Freshness } from './picture-judge';
import {
  decode, type CameraId, type DeviceMessage, type SessionId, type StateMessage, type ViewerMessage, type WelcomeMessage,
} from './signaling-messages';
import { TalkLine, type TalkNews } from './talk-line';
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
  talk: TalkNews;
  /** The device does not let it go on with the other camera: it is one of the camera before. */
  switchRefused: void;
  failed: Problem;
}

/** What is of the camera alone that a session goes on with. */
export interface SwitchedTo {
  camera: CameraId;
  frames: FrameSource;
  isSeen: boolean;
  hasMicrophone: boolean;
}

export class WatchedSession {
  private readonly events = new Emitter<WatchedSessionEvents>();
  private readonly peer: PeerSession;
  private judge: PictureJudge;
  private readonly talkLine: TalkLine;
  private readonly probe: PathProbe;
  private stopFrames = () => {};
  private listens = false;
  private switches = 0;
  /** The wish for another camera that has no answer yet. */
  private asked: string | undefined;
  /** Whose pictures have not come yet. */
  private awaited: SwitchedTo | undefined;

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
    this.talkLine = new TalkLine(id, (message) => this.say(message), parts.clock);
    this.probe = new PathProbe(id, (message) => this.peer.tell(message));
    this.peer.on('track', (track) => this.afterTrack(track));
    this.peer.on('connected', () => this.afterConnected());
    this.peer.on('control', (text) => this.afterControl(text));
    this.peer.on('controlClosed', () => this.doubt());
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

  /** See PeerSession. */
  get whyNoPath(): Problem {
    return this.peer.whyNoPath;
  }

  get timeToFirstFrame(): number | undefined {
    return this.judge.timeToFirstFrame;
  }

  get freshness(): Freshness {
    return this.judge.freshness(this.parts.clock.now());
  }

  /** It is on the way to another camera. */
  get isSwitching(): boolean {
    return this.awaited !== undefined;
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

  /**
   * Goes on with another camera: nothing is negotiated, and the tracks are told again, that of pictures once they are of
   * that camera. False: there is no way to say so now.
   */
  switchTo(next: SwitchedTo): boolean {
    const { id, parts } = this;
    this.stopFrames();
    this.speak(undefined);
    this.awaited = next;
    this.asked = `switch-${id}-${(this.switches += 1)}`;
    const message: ViewerMessage = {
      type: 'command', id: this.asked, name: 'switch', arguments: { session: id, camera: next.camera },
    };
    this.judge = new PictureJudge(parts.clock.now(), next.isSeen);
    this.judge.connected(parts.clock.now());
    // As long as the device has not said that it does.
    this.judge.doubt();
    if (!this.say(message)) return false;
    const heard = next.hasMicrophone ? this.peer.tracks.filter(({ kind }) => kind === 'audio') : [];
    for (const track of heard) this.events.emit('track', track);
    return true;
  }

  /** `answer`, `candidate`, and what is said about talking and about another camera. */
  take(message: DeviceMessage): void {
    if (message.type === 'answer') void this.peer.takeAnswer(message.sdp);
    else if (message.type === 'candidate') this.peer.takeCandidate(message);
    else if (message.type === 'result' && message.id === this.asked) this.afterAsked(message.ok);
    else if (message.type === 'state' && message.session === this.id) this.afterShown(message.camera);
    this.probe.take(message, this.parts.clock.now());
    const news = this.talkLine.take(message);
    if (news) this.events.emit('talk', news);
  }

  /** The device sends sound to who says so, and to nobody else; it is told once of each change. */
  listen(isWanted: boolean): void {
    if (this.listens === isWanted || !this.isConnected) return;
    const { id } = this;
    const message: ViewerMessage = { type: 'command', id: 'listen', name: 'listen', arguments: { session: id, on: isWanted } };
    if (this.say(message)) this.listens = isWanted;
  }

  /** Asks for a turn at the loudspeaker, or gives it back. False: there is no way to say so now. */
  talk(isWanted: boolean): boolean {
    return this.isConnected && this.talkLine.ask(isWanted);
  }

  speak(track: MediaStreamTrack | undefined): void {
    void this.peer.speak(track);
  }

  setSeen(isSeen: boolean): void {
    this.probe.forget();
    if (this.awaited) this.awaited.isSeen = isSeen;
    this.judge.setSeen(isSeen, this.parts.clock.now());
  }

  /** The device may have forgotten it: it is asked, and given less time once it stalls. */
  doubt(): void {
    this.judge.doubt();
    this.probe.forget();
    this.probe.ask(this.parts.clock.now());
  }

  /** The device was asked on the session's own way, and does not answer there. */
  get isCutOff(): boolean {
    return this.probe.state(this.parts.clock.now()) === 'silent';
  }

  /** Why it is to be replaced, if it is; see PictureJudge. */
  verdict(sendingSince: number | undefined): Problem | undefined {
    const now = this.parts.clock.now();
    if (this.judge.pause(now, sendingSince) > kAskAfter) this.probe.ask(now);
    // Whether it goes on with another camera is a question of its own.
    const path = this.asked === undefined ? this.probe.state(now) : 'unknown';
    return this.judge.verdict(now, this.isAnswered, sendingSince, path);
  }

  /** Idempotent; no event follows. */
  close(): void {
    this.stopFrames();
    this.stopFrames = () => {};
    this.peer.close();
  }

  private say(message: ViewerMessage): boolean {
    return this.peer.tell(message) || this.parts.send(message);
  }

  private afterTrack(track: MediaStreamTrack): void {
    this.events.emit('track', track);
    // Only now: before, the former session's last picture could still be reported.
    if (track.kind === 'video') this.watchFrames(this.parts.frames);
  }

  private watchFrames(frames: FrameSource, since?: number): void {
    this.stopFrames();
    this.stopFrames = frames.watch(this, () => this.afterFrame(), since);
  }

  private afterAsked(isAllowed: boolean): void {
    this.asked = undefined;
    if (!this.awaited) return;
    if (!isAllowed) {
      this.events.emit('switchRefused', undefined);
      return;
    }
    this.judge = new PictureJudge(this.judge.startedAt, this.awaited.isSeen);
    this.judge.connected(this.parts.clock.now());
  }

  /** Also told of the camera before, and over two ways. */
  private afterShown(camera: CameraId): void {
    const { awaited } = this;
    if (awaited?.camera !== camera) return;
    this.awaited = undefined;
    const [track] = this.peer.tracks.filter(({ kind }) => kind === 'video');
    if (!track) return;
    this.events.emit('track', track);
    // What is of the camera before may still be on its way to the screen.
    this.watchFrames(awaited.frames, this.parts.clock.now());
  }

  private afterConnected(): void {
    this.judge.connected(this.parts.clock.now());
    this.events.emit('connected', undefined);
  }

  private afterControl(text: string): void {
    const decoded = decode(text);
    if (!decoded.ok) return;
    const { message } = decoded;
    if (message.type === 'state' && message.session === undefined) this.events.emit('cameraState', message);
    else if (message.type === 'talk' || message.type === 'result' || message.type === 'state') this.take(message);
  }

  private afterFrame(): void {
    this.judge.frame(this.parts.clock.now());
    this.probe.forget();
    this.events.emit('frame', undefined);
  }
}
