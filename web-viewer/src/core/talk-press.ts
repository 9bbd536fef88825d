// SPDX-License-Identifier: Apache-2.0
// What a press means: talking while it lasts, or, a short one, talking until the next. No DOM.
import type { Clock } from './clock';

/** Longer, it is held. */
const kShort = 400;

export interface Pressed {
  readonly isOn: boolean;
  start(): void;
  stop(): void;
}

export class TalkPress {
  private heldSince: number | undefined;
  private wasOn = false;

  constructor(
    private readonly talk: Pressed,
    private readonly clock: Clock,
  ) {}

  down(): void {
    if (this.heldSince !== undefined) return;
    this.heldSince = this.clock.now();
    this.wasOn = this.talk.isOn;
    this.talk.start();
  }

  up(): void {
    const isShort = this.heldSince !== undefined && this.clock.now() - this.heldSince < kShort;
    if (isShort && !this.wasOn) this.heldSince = undefined;
    else this.release();
  }

  /** Where a press ends otherwise, it never was a short one. */
  release(): void {
    if (this.heldSince === undefined) return;
    this.heldSince = undefined;
    this.talk.stop();
  }

  /** Of what is not held, as a key on the button. */
  toggle(): void {
    if (this.talk.isOn) this.talk.stop();
    else this.talk.start();
  }
}
