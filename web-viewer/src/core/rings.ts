// SPDX-License-Identifier: Apache-2.0
// Who rings at the door, until somebody answers or a minute has passed. No DOM.
import type { Clock } from './clock';
import type { CommandCaller } from './command-caller';
import { Emitter } from './emitter';
import type { SignalingLink } from './signaling-link';
import type { CameraId, RingInfo } from './signaling-messages';

/** As the device has it. */
export const kRingLasts = 60_000;
/** How long it is told who answered. */
export const kAnswerLasts = 6000;

export interface Ring {
  input: string;
  name: string;
  /** Which shows who rings. */
  camera?: CameraId;
  /** By this browser's clock, of which the device's may know nothing. */
  date: number;
  /** By whom, which may be empty. */
  answered?: string;
}

export class Rings {
  private readonly events = new Emitter<{ change: void; ring: Ring }>();
  private known: { ring: Ring; cancel: () => void }[] = [];

  constructor(
    private readonly link: SignalingLink,
    private readonly commands: CommandCaller,
    private readonly clock: Clock,
  ) {
    link.on('state', () => this.afterLinkState());
    link.on('message', (message) => message.type === 'ring' && this.take(message, true));
    this.afterLinkState();
  }

  /** The newest one. */
  get current(): Ring | undefined {
    return this.known.at(-1)?.ring;
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  /** Somebody rings just now. */
  onRing(listener: (ring: Ring) => void): () => void {
    return this.events.on('ring', listener);
  }

  /** Here it is over, and others are told who answers. */
  answer(input: string): void {
    this.drop(input);
    void this.commands.call('answer', { input });
  }

  /** Only here. */
  dismiss(input: string): void {
    this.drop(input);
  }

  /** Somebody else is asking, who may not be told of any. */
  forget(): void {
    for (const { ring } of [...this.known]) this.drop(ring.input);
  }

  private afterLinkState(): void {
    if (!this.link.welcome) return;
    this.forget();
    for (const ring of this.link.welcome.rings ?? []) this.take(ring, false);
  }

  private take({ input, name, camera, age, answered }: RingInfo, isNow: boolean): void {
    const isKnown = this.known.some(({ ring }) => ring.input === input);
    // Who has answered, or has had enough of it, need not be told who was faster.
    if (answered !== undefined && !isKnown) return;
    const left = answered === undefined ? kRingLasts - age * 1000 : kAnswerLasts;
    const date = this.clock.date() - age * 1000;
    const ring = { input, name, date, ...(camera === undefined ? {} : { camera }), ...(answered === undefined ? {} : { answered }) };
    this.drop(input);
    this.known.push({ ring, cancel: this.clock.after(left, () => this.drop(input)) });
    this.events.emit('change', undefined);
    if (isNow && answered === undefined) this.events.emit('ring', ring);
  }

  private drop(input: string): void {
    const dropped = this.known.filter(({ ring }) => ring.input === input);
    if (dropped.length === 0) return;
    for (const { cancel } of dropped) cancel();
    this.known = this.known.filter(({ ring }) => ring.input !== input);
    this.events.emit('change', undefined);
  }
}
