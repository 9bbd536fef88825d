// SPDX-License-Identifier: Apache-2.0
// What is shared and who watches, kept up to date for as long as somebody looks at it. No DOM.
import type { Clock } from './clock';
import type { Outcome } from './command-caller';
import { Emitter } from './emitter';
import type { SharedToken, Sharing, WatchingViewer } from './sharing';

/** Who watches changes while one looks at it. */
export const kRefreshInterval = 4000;

export class SharingLists {
  private readonly events = new Emitter<{ change: void }>();
  private shared: readonly SharedToken[] | undefined;
  private watching: readonly WatchingViewer[] | undefined;
  private isRunning = false;
  private cancelTimer = () => {};

  constructor(
    private readonly sharing: Sharing,
    private readonly clock: Clock,
  ) {}

  /** Undefined: not told yet. */
  get tokens(): readonly SharedToken[] | undefined {
    return this.shared;
  }

  get viewers(): readonly WatchingViewer[] | undefined {
    return this.watching;
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  start(): void {
    this.isRunning = true;
    void this.refresh();
  }

  /** Nothing is asked any more, and nothing is heard of what was asked. */
  stop(): void {
    this.isRunning = false;
    this.cancelTimer();
  }

  /** At once, and then again at the usual pace. */
  async refresh(): Promise<void> {
    this.cancelTimer();
    const [tokens, viewers] = await Promise.all([this.sharing.tokens(), this.sharing.viewers()]);
    if (!this.isRunning) return;
    // What could not be had now stays as it was: the next time is soon.
    this.shared = valueOf(tokens) ?? this.shared;
    this.watching = valueOf(viewers) ?? this.watching;
    this.cancelTimer();
    this.cancelTimer = this.clock.after(kRefreshInterval, () => void this.refresh());
    this.events.emit('change', undefined);
  }
}

function valueOf<Value>(outcome: Outcome<Value>): Value | undefined {
  return outcome.ok ? outcome.value : undefined;
}
