// SPDX-License-Identifier: Apache-2.0
// Stand-ins for everything that a browser gives the core: time, channels, peer connections, pictures.
import type { Fetch } from '../src/core/access-client';
import type { Clock } from '../src/core/clock';
import { CommandCaller } from '../src/core/command-caller';
import { Emitter } from '../src/core/emitter';
import type { FrameSource } from '../src/core/frame-source';
import type { PeerConnection } from '../src/core/peer-session';
import type { SignalingChannel } from '../src/core/signaling-channel';
import { SignalingLink } from '../src/core/signaling-link';
import type { CameraInfo, DeviceMessage, ViewerMessage, WelcomeMessage } from '../src/core/signaling-messages';
import { Viewer } from '../src/core/viewer';
import type { Problem } from '../src/core/viewer-problem';

/** Lets promises that have been settled run their continuations. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
}

export class FakeClock implements Clock {
  private time = 1000;
  private slept = 0;
  private timers: { at: number; run: () => void }[] = [];

  now(): number {
    return this.time;
  }

  date(): number {
    return 1_700_000_000_000 + this.time + this.slept;
  }

  /** The machine does; then what would have fallen due within a moment does. */
  async sleepFor(duration: number, moment = 1000): Promise<void> {
    this.slept += duration;
    await this.advance(moment);
  }

  after(delay: number, run: () => void): () => void {
    const timer = { at: this.time + delay, run };
    this.timers.push(timer);
    return () => void (this.timers = this.timers.filter((other) => other !== timer));
  }

  get pending(): number {
    return this.timers.length;
  }

  /** Runs what falls due, in order, and what that starts in turn. */
  async advance(duration: number): Promise<void> {
    const end = this.time + duration;
    await settle();
    for (;;) {
      const next = this.timers.filter(({ at }) => at <= end).sort((a, b) => a.at - b.at)[0];
      if (!next) break;
      this.timers = this.timers.filter((other) => other !== next);
      this.time = Math.max(this.time, next.at);
      next.run();
      await settle();
    }
    this.time = end;
  }
}

export class FakeChannel implements SignalingChannel {
  private readonly events = new Emitter<{ open: void; message: string; close: void }>();
  readonly sent: ViewerMessage[] = [];
  isClosed = false;

  on: SignalingChannel['on'] = (name, listener) => this.events.on(name, listener);

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ViewerMessage);
  }

  close(): void {
    this.isClosed = true;
  }

  open(): void {
    this.events.emit('open', undefined);
  }

  /** What the device says, as a message or as raw text. */
  deliver(message: DeviceMessage | string): void {
    if (!this.isClosed) this.events.emit('message', typeof message === 'string' ? message : JSON.stringify(message));
  }

  lose(): void {
    if (!this.isClosed) this.events.emit('close', undefined);
  }
}

/** A device that answers HTTP as a test says, one request at a time. */
export class FakeHttp {
  readonly requests: { url: string; method: string; body: string; headers: Headers; keepalive: boolean;
    signal: AbortSignal | null | undefined }[] = [];
  private readonly waiting: ((answer: Response | Error) => void)[] = [];

  readonly fetch: Fetch = (url, { method = 'GET', body, headers, keepalive = false, signal }) => {
    this.requests.push({ url, method, body: String(body ?? ''), headers: new Headers(headers), keepalive, signal });
    return new Promise((resolve, reject) => {
      signal?.addEventListener('abort', () => reject(new Error('aborted')));
      this.waiting.push((answer) => (answer instanceof Response ? resolve(answer) : reject(answer)));
    });
  };

  /** Answers the oldest request that has none yet. */
  async answer(answer: Response | Error): Promise<void> {
    const next = this.waiting.shift();
    if (!next) throw new Error('nothing was asked');
    next(answer);
    await settle();
  }

  json(value: unknown, status = 200): Promise<void> {
    return this.answer(new Response(JSON.stringify(value), { status }));
  }

  get pending(): number {
    return this.waiting.length;
  }
}

/** A link whose channels the test opens, speaks through and loses. */
export class LinkBench {
  readonly clock = new FakeClock();
  readonly channels: FakeChannel[] = [];
  readonly link = new SignalingLink(() => {
    const channel = new FakeChannel();
    this.channels.push(channel);
    return channel;
  }, this.clock, () => 0);

  /** The newest. */
  get channel(): FakeChannel {
    return last(this.channels);
  }

  /** `more`: what this welcome says besides. */
  greet(more: Partial<WelcomeMessage> = {}): void {
    this.channel.open();
    this.channel.deliver({ ...welcome(frontDoor), ...more });
  }
}

/** A device that lets this viewer in, and answers commands when the test says so. */
export class CommandBench extends LinkBench {
  readonly commands = new CommandCaller(this.link, this.clock);

  constructor() {
    super();
    this.link.open();
    this.greet();
  }

  get asked() {
    const all = this.channels.flatMap(({ sent }) => sent);
    return all.flatMap((message) => (message.type === 'command' ? [message] : []));
  }

  /** Answers the newest command of that name. */
  async answer(name: string, value?: Record<string, unknown>): Promise<void> {
    this.channel.deliver({ type: 'result', id: this.newest(name), ok: true, ...(value ? { value } : {}) });
    await settle();
  }

  async refuse(name: string, code: string): Promise<void> {
    this.channel.deliver({ type: 'result', id: this.newest(name), ok: false, error: { code, message: 'no' } });
    await settle();
  }

  private newest(name: string): string {
    return last(this.asked.filter((command) => command.name === name)).id;
  }
}

/** An answer that goes on for as long as the test wants. */
export class FakeStream {
  private writer!: ReadableStreamDefaultController<Uint8Array>;
  readonly response = new Response(new ReadableStream<Uint8Array>({
    start: (writer) => void (this.writer = writer),
  }), { headers: { Location: 'http://device/api/v1/signaling/channel-1' } });

  async write(data: string | Uint8Array): Promise<void> {
    this.writer.enqueue(typeof data === 'string' ? new TextEncoder().encode(data) : data);
    await this.read();
  }

  async end(): Promise<void> {
    this.writer.close();
    await this.read();
  }

  /** Streams need turns of the event loop, not only promises. */
  private async read(): Promise<void> {
    await new Promise((resolve) => setImmediate(resolve));
    await settle();
  }
}

export class FakePeer {
  readonly calls: string[] = [];
  /** What was said over the data channel. */
  readonly told: ViewerMessage[] = [];
  readonly control = {
    onmessage: null,
    onclose: null,
    readyState: 'connecting',
    send: (text: string) => void this.told.push(JSON.parse(text) as ViewerMessage),
  } as unknown as RTCDataChannel;
  connectionState: RTCPeerConnectionState = 'new';
  iceConnectionState: RTCIceConnectionState = 'new';
  localDescription: RTCSessionDescription | null = null;
  onicecandidate: ((event: { candidate: RTCIceCandidate | null }) => void) | null = null;
  onicecandidateerror: ((event: { url: string; errorCode: number; errorText?: string }) => void) | null = null;
  onconnectionstatechange: (() => void) | null = null;
  ontrack: ((event: { track: MediaStreamTrack }) => void) | null = null;
  refusesAnswer = false;
  /** Set: setRemoteDescription() waits for it. */
  answerGate: Promise<void> | undefined;
  /** Set: createOffer() waits for it. */
  offerGate: Promise<void> | undefined;

  constructor(readonly configuration: RTCConfiguration) {}

  /** What goes out, one after the other; null: nothing. */
  readonly spoken: (MediaStreamTrack | null)[] = [];

  addTransceiver(kind: string, { direction }: { direction: string }) {
    this.calls.push(`addTransceiver ${kind} ${direction}`);
    return { sender: { replaceTrack: async (track: MediaStreamTrack | null) => void this.spoken.push(track) } };
  }

  createDataChannel(label: string): RTCDataChannel {
    this.calls.push(`createDataChannel ${label}`);
    return this.control;
  }

  async createOffer(): Promise<RTCSessionDescriptionInit> {
    this.calls.push('createOffer');
    await this.offerGate;
    return { type: 'offer', sdp: 'v=0 offer' };
  }

  async setLocalDescription(description: RTCSessionDescriptionInit): Promise<void> {
    this.calls.push('setLocalDescription');
    this.localDescription = description as RTCSessionDescription;
  }

  async setRemoteDescription({ sdp }: RTCSessionDescriptionInit): Promise<void> {
    this.calls.push(`setRemoteDescription ${sdp}`);
    await this.answerGate;
    if (this.refusesAnswer) throw new Error('refused');
  }

  async addIceCandidate({ candidate }: RTCIceCandidateInit): Promise<void> {
    this.calls.push(`addIceCandidate ${candidate}`);
  }

  async getStats(): Promise<RTCStatsReport> {
    return new Map() as unknown as RTCStatsReport;
  }

  close(): void {
    this.calls.push('close');
  }

  trickle(candidate: string | null): void {
    const event = candidate === null ? null : { candidate, sdpMid: '0', sdpMLineIndex: 0, usernameFragment: 'u' };
    this.onicecandidate?.({ candidate: event as RTCIceCandidate | null });
  }

  moveTo(state: RTCPeerConnectionState): void {
    this.connectionState = state;
    this.onconnectionstatechange?.();
  }

  /** What the device says over the data channel. */
  tell(message: DeviceMessage): void {
    (this.control.onmessage as ((event: { data: string }) => void) | null)?.({ data: JSON.stringify(message) });
  }

  openControl(): void {
    (this.control as { readyState: string }).readyState = 'open';
  }

  track(kind: 'video' | 'audio'): void {
    this.ontrack?.({ track: { kind } as MediaStreamTrack });
  }
}

export class FakeFrames implements FrameSource {
  private show: (() => void) | undefined;
  since: number | undefined;

  watch(_session: unknown, onFrame: () => void, since?: number): () => void {
    this.show = onFrame;
    this.since = since;
    return () => {
      if (this.show === onFrame) this.show = undefined;
    };
  }

  get isWatched(): boolean {
    return this.show !== undefined;
  }

  frame(): void {
    this.show?.();
  }
}

export const frontDoor: CameraInfo = {
  id: 'front-door', name: 'Front door', state: 'live', width: 1280, height: 720, framerate: 30,
};

export const garden: CameraInfo = {
  id: 'garden', name: 'Garden', state: 'live', width: 640, height: 480, framerate: 30,
};

export function welcome(...cameras: CameraInfo[]): WelcomeMessage {
  return {
    type: 'welcome',
    device: { id: 'porch', name: 'Porch', version: '1' },
    cameras,
    rights: ['view'],
    iceServers: [],
    limits: { messageBytes: 65536, sdpBytes: 49152, candidates: 64, sessions: 16 },
  };
}

/** A viewer of 'front-door' with all its stand-ins, and the steps that tests take with it. */
export class Bench {
  readonly clock = new FakeClock();
  readonly channels: FakeChannel[] = [];
  readonly peers: FakePeer[] = [];
  readonly frames = new FakeFrames();
  readonly remembered = new Map<string, string>();
  readonly states: string[] = [];
  readonly link: SignalingLink;
  readonly viewer: Viewer;
  /** A viewer of 'garden' on the same page, and its pictures. */
  readonly other: Viewer;
  readonly otherFrames = new FakeFrames();
  /** What the next peer connections are like. */
  preparePeer: (peer: FakePeer) => void = () => {};
  private ids = 0;

  constructor(lack?: Problem) {
    const openChannel = () => {
      const channel = new FakeChannel();
      this.channels.push(channel);
      return channel;
    };
    this.link = new SignalingLink(openChannel, this.clock, () => 0);
    const connect = (configuration: RTCConfiguration) => {
      const peer = new FakePeer(configuration);
      this.preparePeer(peer);
      this.peers.push(peer);
      return peer as unknown as PeerConnection;
    };
    const memory = {
      take: (camera: string) => this.remembered.get(camera),
      keep: (camera: string, session: string) => void this.remembered.set(camera, session),
    };
    const newSessionId = () => `session-number-${(this.ids += 1)}`;
    const { link, clock, frames } = this;
    const parts = { link, connect, frames, memory, clock, random: () => 0, newSessionId, lack };
    this.viewer = new Viewer(parts, 'front-door');
    this.other = new Viewer({ ...parts, frames: this.otherFrames }, 'garden');
    this.viewer.on('state', (state) => this.states.push(state.name));
  }

  get channel(): FakeChannel {
    return last(this.channels);
  }

  get peer(): FakePeer {
    return last(this.peers);
  }

  /** The session of the last offer. */
  get session(): string {
    return last(this.sent('offer')).session;
  }

  /** Everything of one type that went out, over all channels. */
  sent<Type extends ViewerMessage['type']>(type: Type): Extract<ViewerMessage, { type: Type }>[] {
    const all = this.channels.flatMap((channel) => channel.sent);
    return all.filter((message): message is Extract<ViewerMessage, { type: Type }> => message.type === type);
  }

  async open(camera: CameraInfo = frontDoor): Promise<void> {
    this.link.open();
    this.viewer.start();
    await this.greet(camera);
  }

  /** The newest channel opens and the device says welcome. */
  async greet(camera: CameraInfo = frontDoor): Promise<void> {
    this.channel.open();
    this.channel.deliver(welcome(camera));
    await settle();
  }

  async connect(): Promise<void> {
    this.channel.deliver({ type: 'answer', session: this.session, sdp: 'v=0 answer' });
    await settle();
    this.peer.track('video');
    this.peer.moveTo('connected');
  }

  /** From nothing to a moving picture. */
  async goLive(): Promise<void> {
    await this.open();
    await this.connect();
    this.frames.frame();
  }

  /** Pictures at 10 a second. */
  async play(duration: number): Promise<void> {
    for (let time = 0; time < duration; time += 100) {
      await this.clock.advance(100);
      this.frames.frame();
    }
  }

  async deliver(message: DeviceMessage): Promise<void> {
    this.channel.deliver(message);
    await settle();
  }
}

export class FakeDeviceMemory {
  kept: string | undefined;
  readonly take = () => this.kept;
  readonly keep = (device: string | undefined) => void (this.kept = device);
}

export class FakeTrack {
  readyState: MediaStreamTrackState = 'live';
  enabled = true;
  onended: (() => void) | null = null;

  constructor(readonly label: string) {}

  stop(): void {
    this.readyState = 'ended';
  }

  unplug(): void {
    this.stop();
    this.onended?.();
  }
}

/** A browser that gives its microphone, or does not, when the test says so. */
export class FakeCapture {
  readonly wishes: MediaTrackConstraints[] = [];
  readonly tracks: FakeTrack[] = [];
  private readonly waiting: { resolve: (track: MediaStreamTrack) => void; reject: (error: Error) => void }[] = [];

  readonly capture = (wish: MediaTrackConstraints): Promise<MediaStreamTrack> => {
    this.wishes.push(wish);
    return new Promise((resolve, reject) => void this.waiting.push({ resolve, reject }));
  };

  async give(): Promise<FakeTrack> {
    const track = new FakeTrack(`microphone ${this.tracks.length + 1}`);
    this.tracks.push(track);
    this.next().resolve(track as unknown as MediaStreamTrack);
    await settle();
    return track;
  }

  /** `error`: the name of what the browser throws. */
  async refuse(error: string): Promise<void> {
    this.next().reject(Object.assign(new Error(error), { name: error }));
    await settle();
  }

  private next() {
    const next = this.waiting.shift();
    if (!next) throw new Error('no microphone was asked for');
    return next;
  }
}

export function last<Item>(items: readonly Item[]): Item {
  const item = items[items.length - 1];
  if (item === undefined) throw new Error('there is none yet');
  return item;
}
