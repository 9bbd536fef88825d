// SPDX-License-Identifier: Apache-2.0
// Keeps one signaling channel to the device open, for as long as it is wanted; several sessions share it. No DOM.
//
//   Closed ──open()──▶ Opening ──welcome──▶ Ready
//                       ▲ ▲  └──failed──▶ Waiting ◀──lost──┘
//                       │ └────delay over───┘
//                       └──open()── Refused ◀──the device lets this viewer in no more── Opening, Ready
//                                                          close() leads back to Closed from everywhere
import { retryDelay, type Clock, type Random } from './clock';
import { Emitter } from './emitter';
import { kSlowRetry } from './retry-schedule';
import type { SignalingChannel } from './signaling-channel';
import { decode, encode, type DeviceMessage, type IceServer, type ViewerMessage, type WelcomeMessage } from './signaling-messages';
import { problemOfRefusal, problems, type Problem } from './viewer-problem';

/** From the first packet to `welcome`: longer than any usable network takes, shorter than patience lasts. */
export const kWelcomeTimeout = 5000;
/** A channel that lasted this long starts the delays anew; one that breaks sooner counts as one more failure. */
const kSteadyAfter = 5000;
/** Several sessions notice the same fault beside each other, within one of their looks. */
const kJustBegun = 500;

export type LinkState =
  | { name: 'closed' }
  | { name: 'opening' }
  | { name: 'ready'; welcome: WelcomeMessage }
  /** `retryAt` is a time of the clock. */
  | { name: 'waiting'; retryAt: number }
  /** Nothing is tried until open() is called. */
  | { name: 'refused'; problem: Problem };

interface LinkEvents {
  state: LinkState;
  message: DeviceMessage;
  /** What the device sent is not a message. */
  unreadable: string;
}

export class SignalingLink {
  private readonly events = new Emitter<LinkEvents>();
  private current: LinkState = { name: 'closed' };
  private channel: SignalingChannel | undefined;
  private cancelTimer: () => void = () => {};
  private failed = 0;
  private heard = -Infinity;
  private begunAt = -Infinity;
  private refused: Problem | undefined;

  /** Who is asking; without it, the browser's cookie says so. Counts from the next channel on. */
  token: string | undefined;

  constructor(
    private readonly openChannel: () => SignalingChannel,
    private readonly clock: Clock,
    private readonly random: Random,
  ) {}

  get state(): LinkState {
    return this.current;
  }

  /** Of the present channel; undefined while there is none that can be used. */
  get welcome(): WelcomeMessage | undefined {
    return this.current.name === 'ready' ? this.current.welcome : undefined;
  }

  /** Channels in a row that were lost, or never opened. */
  get failures(): number {
    return this.failed;
  }

  /** Why the device last let nobody in; stays until it does, so that a retry does not make the text flicker. */
  get refusal(): Problem | undefined {
    return this.refused;
  }

  /** When the device last said something, by the clock. */
  get heardAt(): number {
    return this.heard;
  }

  on<Name extends keyof LinkEvents>(name: Name, listener: (event: LinkEvents[Name]) => void): () => void {
    return this.events.on(name, listener);
  }

  open(): void {
    if (this.isAtRest) this.connect();
  }

  /** The present channel may be dead: reopen(), but for one that has only just been begun. */
  distrust(): void {
    const isJustBegun = this.current.name !== 'waiting' && this.clock.now() - this.begunAt < kJustBegun;
    if (!isJustBegun) this.reopen();
  }

  /** Gives up on the present channel, if any, and tries a new one at once. */
  reopen(): void {
    if (this.isAtRest) return;
    this.failed = 0;
    this.connect();
  }

  /** Tries at once where it waits; a channel that is open stays. */
  hurry(): void {
    if (this.current.name === 'waiting') this.reopen();
  }

  close(): void {
    this.dropChannel();
    this.failed = 0;
    this.refused = undefined;
    this.moveTo({ name: 'closed' });
  }

  /** Whether the message went out. */
  send(message: ViewerMessage): boolean {
    if (this.current.name !== 'ready' || !this.channel) return false;
    this.channel.send(encode(message));
    return true;
  }

  private get isAtRest(): boolean {
    return this.current.name === 'closed' || this.current.name === 'refused';
  }

  private connect(): void {
    this.dropChannel();
    this.begunAt = this.clock.now();
    this.moveTo({ name: 'opening' });
    let channel: SignalingChannel;
    try {
      channel = this.openChannel();
    } catch {
      this.afterLost();
      return;
    }
    this.channel = channel;
    this.cancelTimer = this.clock.after(kWelcomeTimeout, () => this.afterLost());
    const { token } = this;
    channel.on('open', () => channel.send(encode({ type: 'hello', ...(token === undefined ? {} : { token }) })));
    channel.on('message', (text) => this.afterMessage(text));
    channel.on('close', () => this.afterLost());
  }

  private afterMessage(text: string): void {
    this.heard = this.clock.now();
    const decoded = decode(text);
    if (!decoded.ok) {
      // A type that is unknown here is a newer device's, and no fault.
      if (decoded.code === 'bad-message') this.events.emit('unreadable', decoded.detail);
      return;
    }
    const { message } = decoded;
    const refusal = this.refusalIn(message);
    if (message.type === 'welcome') this.afterWelcome(message);
    else if (message.type === 'ice') this.renewIceServers(message.iceServers);
    else if (refusal) this.afterRefused(refusal);
    else this.events.emit('message', message);
  }

  private afterWelcome(welcome: WelcomeMessage): void {
    this.cancelTimer();
    this.cancelTimer = this.clock.after(kSteadyAfter, () => (this.failed = 0));
    this.refused = undefined;
    this.moveTo({ name: 'ready', welcome });
  }

  /** For sessions that are opened from now on; nobody else need know. */
  private renewIceServers(iceServers: IceServer[]): void {
    if (this.current.name === 'ready') this.current = { name: 'ready', welcome: { ...this.current.welcome, iceServers } };
  }

  private refusalIn(message: DeviceMessage): Problem | undefined {
    if (message.type !== 'error' || message.session !== undefined) return undefined;
    // Later on, these two may be about a single message that was sent.
    const isOfMessage = message.code === 'forbidden' || message.code === 'rate-limited';
    return isOfMessage && this.welcome ? undefined : problemOfRefusal(message.code);
  }

  /** Asking again at once would bring the same, and looks like guessing. */
  private afterRefused(problem: Problem): void {
    this.dropChannel();
    this.refused = problem;
    if (problems[problem] === 'slow') this.waitFor(kSlowRetry);
    else this.moveTo({ name: 'refused', problem });
  }

  private afterLost(): void {
    this.dropChannel();
    this.failed += 1;
    this.waitFor(retryDelay(this.failed, this.random));
  }

  private waitFor(delay: number): void {
    this.cancelTimer = this.clock.after(delay, () => this.connect());
    this.moveTo({ name: 'waiting', retryAt: this.clock.now() + delay });
  }

  private dropChannel(): void {
    this.cancelTimer();
    this.channel?.close();
    this.channel = undefined;
  }

  private moveTo(state: LinkState): void {
    this.current = state;
    this.events.emit('state', state);
  }
}
