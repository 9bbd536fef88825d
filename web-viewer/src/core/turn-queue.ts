// SPDX-License-Identifier: Apache-2.0
// Lets what would all begin at once begin one after the other: a device counts how many messages come in a second.
import type { Clock } from './clock';

export class TurnQueue {
  private readonly waiting = new Set<() => void>();
  private free: number;

  constructor(
    private readonly clock: Clock,
    /** So many begin at once, and each place is free again after `interval`. */
    places: number,
    private readonly interval: number,
  ) {
    this.free = places;
  }

  /** Calls `begin` when it is its turn, at once if a place is free; returns what gives the turn up. */
  enter(begin: () => void): () => void {
    // Wrapped, so that the same function may wait twice.
    const turn = () => begin();
    this.waiting.add(turn);
    this.next();
    return () => void this.waiting.delete(turn);
  }

  private next(): void {
    const [turn] = this.waiting;
    if (!turn || this.free === 0) return;
    this.waiting.delete(turn);
    this.free -= 1;
    this.clock.after(this.interval, () => {
      this.free += 1;
      this.next();
    });
    turn();
  }
}
