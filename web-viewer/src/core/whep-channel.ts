// SPDX-License-Identifier: Apache-2.0
// Signaling for one camera by WHEP with a key in the address, where nobody signs in: what a viewer says becomes requests,
// and what is answered becomes what the device would have said. No DOM.
import type { Fetch } from './access-client';
import type { Clock } from './clock';
import { Emitter } from './emitter';
import type { ChannelEvents, SignalingChannel } from './signaling-channel';
import type {
  CameraId, CandidateMessage, DeviceMessage, ErrorCode, SessionId, ViewerMessage, WelcomeMessage,
} from './signaling-messages';
import { fragmentOf, iceServersOf, kFragmentType } from './whep-words';

/** Whether a camera that is not there has come is asked this often: nothing tells. */
export const kAskAgain = 10_000;

/** Credentials of ICE servers may hold for minutes, and nobody says how many: who stays asks for others again and again. */
export const kIceServersFor = 2 * 60_000;

/** Those of the device, which does not tell them over WHEP. */
const kLimits: WelcomeMessage['limits'] = { messageBytes: 65_536, sdpBytes: 65_536, candidates: 64, sessions: 1 };

export interface WhepSource {
  /** "https://device", without a slash at its end. */
  origin: string;
  key: string;
  camera: CameraId;
}

export function whepAddress({ origin, key, camera }: WhepSource): string {
  return `${origin}/k/${encodeURIComponent(key)}/whep/${encodeURIComponent(camera)}`;
}

export function snapshotAddress({ origin, key, camera }: WhepSource): string {
  return `${origin}/k/${encodeURIComponent(key)}/cameras/${encodeURIComponent(camera)}/snapshot.jpg`;
}

interface WhepSession {
  offer: string;
  /** Once it is answered. */
  address?: string;
  entityTag: string;
  held: CandidateMessage[];
  isSending: boolean;
}

/** They outlive a channel: what the next one is told to end may have begun on the one before. */
export type WhepSessions = Map<SessionId, WhepSession>;

export class WhepChannel implements SignalingChannel {
  private readonly events = new Emitter<ChannelEvents>();
  private readonly address: string;
  private isOver = false;
  private cancelTimer = () => {};

  constructor(
    private readonly source: WhepSource,
    private readonly fetch: Fetch,
    private readonly clock: Clock,
    private readonly sessions: WhepSessions,
  ) {
    this.address = whepAddress(source);
    // There is nothing to open: it takes messages from the beginning.
    queueMicrotask(() => this.isOver || this.events.emit('open', undefined));
  }

  on<Name extends keyof ChannelEvents>(name: Name, listener: (event: ChannelEvents[Name]) => void): () => void {
    return this.events.on(name, listener);
  }

  send(text: string): void {
    if (this.isOver) return;
    const message = JSON.parse(text) as ViewerMessage;
    if (message.type === 'hello') void this.ask();
    else if (message.type === 'offer') void this.offer(message.session, message.sdp);
    else if (message.type === 'candidate') this.hold(message);
    else if (message.type === 'bye') this.end(message.session);
  }

  /** Sessions go on without it, and end by their own `bye`. */
  close(): void {
    this.isOver = true;
    this.cancelTimer();
  }

  /** Whether the key opens the camera, and by which servers it is reached. */
  private async ask(): Promise<void> {
    const response = await this.request('GET', this.address);
    if (!response) return;
    if (response.status === 404) this.cancelTimer = this.clock.after(kAskAgain, () => this.lose());
    if (response.ok || response.status === 404) this.say(this.welcome(response));
    else if (response.status === 503) this.refuse('rate-limited');
    else if (response.status > 500) this.lose();
    else this.refuse(codeOf(response.status));
    if (!this.isOver && iceServersOf(response.headers.get('Link')).length > 0) this.renewIceServersLater();
  }

  private renewIceServersLater(): void {
    this.cancelTimer = this.clock.after(kIceServersFor, () => void this.renewIceServers());
  }

  /** Where that fails, those that there are may still do. */
  private async renewIceServers(): Promise<void> {
    const response = await this.fetch(this.address, { method: 'GET', cache: 'no-store' }).catch(() => undefined);
    if (this.isOver) return;
    if (response?.ok === true) this.say({ type: 'ice', iceServers: iceServersOf(response.headers.get('Link')) });
    this.renewIceServersLater();
  }

  private welcome(response: Response): WelcomeMessage {
    const { camera: id, origin: name } = this.source;
    const camera = { id, name: id, state: 'live', width: 0, height: 0, framerate: 0 };
    return {
      type: 'welcome',
      device: { id: '', name, version: '' },
      cameras: response.ok ? [camera] : [],
      rights: ['view'],
      iceServers: iceServersOf(response.headers.get('Link')),
      limits: kLimits,
    };
  }

  private async offer(id: SessionId, offer: string): Promise<void> {
    const session: WhepSession = { offer, entityTag: '*', held: [], isSending: false };
    this.sessions.set(id, session);
    const headers = { 'Content-Type': 'application/sdp' };
    const response = await this.request('POST', this.address, { headers, body: offer });
    const answer = await response?.text().catch(() => undefined);
    if (!response || answer === undefined) return;
    const location = response.headers.get('Location');
    if (response.status !== 201 || location === null) return this.refuse(codeOf(response.status), id);
    session.address = new URL(location, this.address).href;
    session.entityTag = response.headers.get('ETag') ?? '*';
    // Somebody said `bye` meanwhile.
    if (this.sessions.get(id) !== session) return this.remove(session.address);
    // A camera that is away would not have been answered.
    this.say({ type: 'state', camera: this.source.camera, state: 'live' });
    this.say({ type: 'answer', session: id, sdp: answer });
    void this.trickle(session);
  }

  private hold(message: CandidateMessage): void {
    const session = this.sessions.get(message.session);
    session?.held.push(message);
    if (session) void this.trickle(session);
  }

  /** What gathers while one request is under way goes with the next. */
  private async trickle(session: WhepSession): Promise<void> {
    if (session.isSending || session.address === undefined) return;
    session.isSending = true;
    const headers = { 'Content-Type': kFragmentType, 'If-Match': session.entityTag };
    while (session.held.length > 0) {
      const body = fragmentOf(session.offer, session.held.splice(0));
      // Lost, and the connection comes about without them or not at all, which is judged elsewhere.
      await this.fetch(session.address, { method: 'PATCH', headers, body }).catch(() => undefined);
    }
    session.isSending = false;
  }

  private end(id: SessionId): void {
    const address = this.sessions.get(id)?.address;
    this.sessions.delete(id);
    if (address !== undefined) this.remove(address);
  }

  /** Also from a page that is going away. */
  private remove(address: string): void {
    void this.fetch(address, { method: 'DELETE', keepalive: true }).catch(() => undefined);
  }

  /** Undefined where nobody is to hear of it: it failed, and that is said, or the channel is over. */
  private async request(method: string, url: string, request: RequestInit = {}): Promise<Response | undefined> {
    try {
      const response = await this.fetch(url, { ...request, method, cache: 'no-store' });
      if (!this.isOver) return response;
      // An answer that comes too late has made a session that nobody wants.
      const location = method === 'POST' && response.ok ? response.headers.get('Location') : null;
      if (location !== null) this.remove(new URL(location, url).href);
    } catch {
      this.lose();
    }
    return undefined;
  }

  private refuse(code: ErrorCode | 'away', session?: SessionId): void {
    if (code === 'away') this.say({ type: 'state', camera: this.source.camera, state: 'away' });
    const error = { type: 'error', code: code === 'away' ? 'busy' : code, message: '' } as const;
    this.say(session === undefined ? error : { ...error, session });
  }

  private say(message: DeviceMessage): void {
    if (!this.isOver) this.events.emit('message', JSON.stringify(message));
  }

  private lose(): void {
    if (this.isOver) return;
    this.close();
    this.events.emit('close', undefined);
  }
}

/** What the device would have said in a message. */
function codeOf(status: number): ErrorCode | 'away' {
  const codes: Record<number, ErrorCode | 'away'> = {
    401: 'unauthorized', 403: 'forbidden', 404: 'unknown-camera', 409: 'away', 422: 'bad-offer', 429: 'rate-limited',
    503: 'busy',
  };
  return codes[status] ?? 'internal';
}
