// SPDX-License-Identifier: Apache-2.0
// Keeps one signaling channel to the device open, for as long as it is wanted; several sessions share it. No DOM.
//
//   Closed ──open()──▶ Opening ──welcome──▶ Ready
//                         ▲  └──failed──▶ Waiting ◀──lost──┘
//                         └────delay over───┘            close() leads back to Closed from everywhere
import { retryDelay, type Clock, type Random } from './clock';
import { Emitter } from './emitter';
import type { SignalingChannel } from './signaling-channel';
import { decode, encode, type DeviceMessage, type ViewerMessage, type WelcomeMessage } from './signaling-messages';

/** From the first packet to `welcome`: longer than any usable network takes, shorter than patience lasts. */
export const kWelcomeTimeout = 5000;
/** A channel that lasted this long starts the delays anew; one that breaks sooner counts as one more failure. */
const kSteadyAfter = 5000;

export type LinkState =
  | { name: 'closed' }
  | { name: 'opening' }
  | { name: 'ready'; welcome: WelcomeMessage }
  /** `retryAt` is a time of the clock. */
  | { name: 'waiting'; retryAt: number };

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

  /** When the device last said something, by the clock. */
  get heardAt(): number {
    return this.heard;
  }

  on<Name extends keyof LinkEvents>(name: Name, listener: (event: LinkEvents[Name]) => void): () => void {
    return this.events.on(name, listener);
  }

  open(): void {
    if (this.current.name === 'closed') this.connect();
  }

  /** Gives up on the present channel, if any, and tries a new one at once. */
  reopen(): void {
    if (this.current.name === 'closed') return;
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
    this.moveTo({ name: 'closed' });
  }

  /** Whether the message went out. */
  send(message: ViewerMessage): boolean {
    if (this.current.name !== 'ready' || !this.channel) return false;
    this.channel.send(encode(message));
    return true;
  }

  private connect(): void {
    this.dropChannel();
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
    channel.on('open', () => channel.send(encode({ type: 'hello' })));
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
    if (decoded.message.type === 'welcome') {
      this.cancelTimer();
      this.cancelTimer = this.clock.after(kSteadyAfter, () => (this.failed = 0));
      this.moveTo({ name: 'ready', welcome: decoded.message });
      return;
    }
    this.events.emit('message', decoded.message);
  }

  private afterLost(): void {
    this.dropChannel();
    this.failed += 1;
    const delay = retryDelay(this.failed, this.random);
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
