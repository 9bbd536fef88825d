// SPDX-License-Identifier: Apache-2.0
// Keeps one camera's picture coming: makes sessions over a link, judges them by their pictures, replaces them. No DOM.
import { CameraReport } from './camera-report';
import { Emitter } from './emitter';
import { kProbeTimeout } from './path-probe';
import { RetrySchedule } from './retry-schedule';
import type { CameraId, DeviceMessage, SessionId, StateMessage, WelcomeMessage } from './signaling-messages';
import type { TalkNews } from './talk-line';
import type { ViewerParts } from './viewer-parts';
import { isOfAccess, problemOfBye, problemOfError, type Problem } from './viewer-problem';
import { deriveState, isSameState, type ViewerState } from './viewer-state';
import { WatchedSession } from './watched-session';

const kJudgeInterval = 250;
/** A link on which nothing was heard for this long may be dead without knowing it. */
const kSilenceToDoubt = 3000;
/** A page in sight that stood still for this long may have slept with its machine. */
const kSlept = 5000;

interface ViewerEvents {
  state: ViewerState;
  /** A track of the present session. */
  track: MediaStreamTrack;
  /** The present session has a way to the device. */
  connected: void;
  /** Of a turn that the present session has asked for. */
  talk: TalkNews;
  /** The present session is about to end: now its last picture can still be kept. */
  sessionEnding: void;
}

export class Viewer {
  private readonly events = new Emitter<ViewerEvents>();
  private readonly camera = new CameraReport();
  private readonly retry: RetrySchedule;
  private current: ViewerState = { name: 'connecting' };
  private isRunning = false;
  private subscriptions: (() => void)[] = [];
  private cancelTick = () => {};
  /** By the wall clock, which goes on while the machine sleeps. */
  private tickedAt: number | undefined;
  private session: WatchedSession | undefined;
  private sessionEvents: (() => void)[] = [];
  private replaces: SessionId | undefined;
  private lastFrame: number | undefined;
  private isOnline = true;
  private isHidden = false;
  private isBlocked = false;
  private listens = false;

  constructor(
    private readonly parts: ViewerParts,
    readonly cameraId: CameraId,
  ) {
    this.retry = new RetrySchedule(parts.clock, parts.random, () => this.attempt());
  }

  get state(): ViewerState {
    return this.current;
  }

  /** The wall clock's time of the last new picture, of any session. */
  get lastFrameDate(): number | undefined {
    return this.lastFrame;
  }

  /** Of the present session, in milliseconds. */
  get timeToFirstFrame(): number | undefined {
    return this.session?.timeToFirstFrame;
  }

  on<Name extends keyof ViewerEvents>(name: Name, listener: (event: ViewerEvents[Name]) => void): () => void {
    return this.events.on(name, listener);
  }

  async statistics(): Promise<RTCStatsReport | undefined> {
    return this.session?.statistics().catch(() => undefined);
  }

  /** `former`: a viewer of another camera, whose session may go on with this one. */
  start(former?: Viewer): void {
    if (this.isRunning) return;
    this.isRunning = true;
    this.replaces ??= this.parts.memory.take(this.cameraId);
    if (this.parts.lack) this.retry.fail(this.parts.lack);
    const { link } = this.parts;
    this.subscriptions = [
      link.on('state', () => this.afterLinkState()),
      link.on('message', (message) => this.afterMessage(message)),
      link.on('unreadable', () => this.afterRefusal('mismatch')),
    ];
    if (!former || !this.goOnFrom(former)) this.afterLinkState();
    this.tick();
  }

  /** Ends everything and tells the device. Idempotent; no event follows; start() begins anew. */
  leave(): void {
    if (!this.isRunning) return;
    this.isRunning = false;
    for (const unsubscribe of this.subscriptions.splice(0)) unsubscribe();
    this.cancelTick();
    this.tickedAt = undefined;
    this.retry.reset();
    this.endSession('left');
    // Nobody is told, but who asks shall not hear that it is live.
    this.current = { name: this.lastFrame === undefined ? 'connecting' : 'reconnecting' };
  }

  /** A person asked: tries at once what waits, and leaves alone what works. */
  retryNow(): void {
    if (!this.isRunning || this.parts.lack) return;
    this.retry.reset();
    this.parts.link.hurry();
    if (!this.session) this.attempt();
    this.update();
  }

  setOnline(isOnline: boolean): void {
    const cameBack = isOnline && !this.isOnline;
    this.isOnline = isOnline;
    // A channel of the former network may be dead without knowing it. Media has its own ways to go on.
    if (cameBack && this.isRunning) this.parts.link.distrust();
    if (cameBack) this.recover();
    this.update();
  }

  setHidden(isHidden: boolean): void {
    const cameBack = !isHidden && this.isHidden;
    this.isHidden = isHidden;
    // Out of sight, timers run when the browser likes.
    this.tickedAt = undefined;
    this.session?.setSeen(this.isSeen);
    if (cameBack) this.recover();
    this.update();
  }

  /** The browser plays only after somebody has touched the page. */
  setBlocked(isBlocked: boolean): void {
    this.isBlocked = isBlocked;
    this.session?.setSeen(this.isSeen);
    this.update();
  }

  /** Whether sound is wanted, of this session and those that come after it. */
  setListening(isWanted: boolean): void {
    this.listens = isWanted;
    this.session?.listen(isWanted);
  }

  /** Asks for a turn at the loudspeaker, or gives it back. False: there is no session that can. */
  talk(isWanted: boolean): boolean {
    return this.session?.talk(isWanted) === true;
  }

  /** What the present session sends; undefined: nothing. The next one begins with nothing. */
  speak(track: MediaStreamTrack | undefined): void {
    this.session?.speak(track);
  }

  /** The network or the page came back. */
  private recover(): void {
    if (this.retry.problem !== 'ended') this.retryNow();
  }

  private goOnFrom(former: Viewer): boolean {
    const { link, clock, frames, memory, lack } = this.parts;
    const camera = link.welcome?.cameras.find(({ id }) => id === this.cameraId);
    const session = camera && !lack ? former.handOver() : undefined;
    if (!camera || !session) return false;
    this.camera.take(camera, clock.now());
    // Until it is told otherwise: an end and a new beginning would be heard.
    this.listens = former.listens;
    this.adopt(session);
    memory.keep(this.cameraId, session.id);
    const hasMicrophone = camera.audio?.microphone !== undefined;
    const isAsked = session.switchTo({ camera: this.cameraId, frames, isSeen: this.isSeen, hasMicrophone });
    if (!isAsked) this.attempt();
    this.update();
    return true;
  }

  /** Gives its session away, while that is one that works; nothing of it is heard here any more. */
  private handOver(): WatchedSession | undefined {
    const { session } = this;
    if (session?.freshness !== 'fresh' && !session?.isSwitching) return undefined;
    this.letGo();
    return session;
  }

  private adopt(session: WatchedSession): void {
    this.session = session;
    this.sessionEvents = [
      session.on('track', (track) => this.events.emit('track', track)),
      session.on('connected', () => this.afterConnected(session)),
      session.on('frame', () => this.afterFrame()),
      session.on('cameraState', (message) => this.afterMessage(message)),
      session.on('talk', (news) => this.events.emit('talk', news)),
      session.on('switchRefused', () => this.attempt()),
      session.on('failed', (problem) => this.fail(problem, 'reconnecting')),
    ];
  }

  private letGo(): void {
    for (const unsubscribe of this.sessionEvents.splice(0)) unsubscribe();
    this.session = undefined;
    this.events.emit('sessionEnding', undefined);
  }

  private get isSeen(): boolean {
    return !this.isHidden && !this.isBlocked;
  }

  private afterLinkState(): void {
    if (this.parts.link.welcome) this.afterWelcome(this.parts.link.welcome);
    // Nobody is left to answer. A session that has its answer goes on without the link.
    else if (this.session && !this.session.isAnswered) this.endSession(undefined);
    this.update();
  }

  private afterWelcome({ cameras }: WelcomeMessage): void {
    const camera = cameras.find(({ id }) => id === this.cameraId);
    if (!camera) {
      this.fail('unknown-camera');
      return;
    }
    this.camera.take(camera, this.parts.clock.now());
    if (this.isCameraMissed || isOfAccess(this.retry.problem)) this.retry.reset();
    // Somebody ended this session by hand: only somebody's hand begins another.
    if (this.retry.problem === 'ended') return;
    // Media may have gone on while the link was lost; or the device was restarted, and knows of nothing.
    if (this.session?.freshness === 'fresh') this.session.doubt();
    else this.attempt();
  }

  private afterMessage(message: DeviceMessage): void {
    if (message.type === 'state' && message.session === undefined) this.afterState(message);
    else if (message.type === 'result') this.session?.take(message);
    else if (message.type === 'error' && message.session === undefined) this.afterRefusal(problemOfError(message.code));
    else if ('session' in message && message.session === this.session?.id) this.afterSessionMessage(message);
    this.update();
  }

  private afterState(message: StateMessage): void {
    if (message.camera !== this.cameraId) return;
    this.camera.take(message, this.parts.clock.now());
    if (this.isCameraMissed) this.retryNow();
  }

  private get isCameraMissed(): boolean {
    return this.retry.problem === 'camera-removed' || this.retry.problem === 'unknown-camera';
  }

  private afterSessionMessage(message: DeviceMessage): void {
    this.session?.take(message);
    if (message.type === 'bye') this.fail(problemOfBye(message.reason));
    if (message.type !== 'error' || this.session?.freshness === 'fresh') return;
    // A refused session never was: the next one still replaces the one before it.
    const { replaces } = this;
    const wasAnswered = this.session?.isAnswered;
    this.fail(problemOfError(message.code));
    if (!wasAnswered) this.replaces = replaces;
  }

  /** A refusal that names no session is this viewer's as a whole, or of the offer that is under way. */
  private afterRefusal(problem: Problem): void {
    const isWhole = problem === 'unauthorized' || problem === 'forbidden';
    if (isWhole ? this.session?.freshness !== 'fresh' : this.session?.isAnswered === false) this.fail(problem);
    this.update();
  }

  private attempt(): void {
    this.retry.stop();
    const { welcome } = this.parts.link;
    if (!this.isRunning || this.parts.lack || !welcome) return;
    this.endSession('reconnecting');
    const parts = { ...this.parts, send: this.parts.link.send.bind(this.parts.link) };
    const session = WatchedSession.create(parts, this.cameraId, welcome, this.isSeen, this.retry.failures);
    if (!session) return this.fail('mismatch');
    this.adopt(session);
    session.offer(this.replaces);
    this.parts.memory.keep(this.cameraId, session.id);
    this.update();
  }

  private afterConnected(session: WatchedSession): void {
    session.listen(this.listens);
    this.events.emit('connected', undefined);
    this.update();
  }

  private afterFrame(): void {
    this.lastFrame = this.parts.clock.date();
    if (this.current.name === 'live') return;
    this.retry.forgive();
    this.update();
  }

  /** `bye`: what the device is told; undefined where it knows. */
  private fail(problem: Problem, bye?: string): void {
    const why = problem === 'no-path' && this.session ? this.session.whyNoPath : problem;
    this.endSession(bye);
    this.retry.fail(why);
    this.update();
  }

  /** The one teardown of a session. Idempotent. */
  private endSession(bye: string | undefined): void {
    const { session } = this;
    if (!session) return;
    this.letGo();
    this.replaces = session.id;
    // Before the peer connection says it in its own way, without the reason.
    if (bye !== undefined) this.parts.link.send({ type: 'bye', session: session.id, reason: bye });
    session.close();
  }

  private tick(): void {
    const { link, clock } = this.parts;
    this.cancelTick = clock.after(kJudgeInterval, () => this.tick());
    this.noticeSleep();
    if (this.session?.isSteady) this.retry.restart();
    // Where neither way was open the last time.
    this.session?.listen(this.listens);
    // Without the link a session cannot be replaced, so it keeps its chance.
    const verdict = this.session?.verdict(link.welcome && this.camera.sendingSince);
    // What was heard before the question went out says nothing of now.
    const silence = this.session?.isCutOff ? kProbeTimeout : kSilenceToDoubt;
    if (verdict) this.fail(verdict, 'reconnecting');
    if (verdict && verdict !== 'no-path' && clock.now() - link.heardAt > silence) link.distrust();
    this.update();
  }

  /**
   * What was open before may be dead without knowing it: other networks, other addresses, a device that gave up. Or a clock
   * was set: what lives is only asked.
   */
  private noticeSleep(): void {
    const { link, clock } = this.parts;
    const [before, now] = [this.tickedAt, clock.date()];
    this.tickedAt = this.isHidden ? undefined : now;
    if (before === undefined || this.isHidden || now - before < kSlept) return;
    link.distrust();
    this.session?.doubt();
  }

  private update(): void {
    if (!this.isRunning) return;
    const { retry, camera, session, isOnline, isBlocked } = this;
    const hasPicture = this.lastFrame !== undefined;
    const next = deriveState({ link: this.parts.link, retry, camera, session, isOnline, isBlocked, hasPicture });
    if (isSameState(next, this.current)) return;
    this.current = next;
    this.events.emit('state', next);
  }
}
