// SPDX-License-Identifier: Apache-2.0
// What the device last said about one camera, and since when.
import { awayCauses, type AwayCause } from './signaling-messages';

export class CameraReport {
  private told: { state: string; reason: string | undefined; cause: string | undefined; since: number } | undefined;

  /** Undefined: nothing was told yet. */
  get state(): string | undefined {
    return this.told?.state;
  }

  /** The device's own words, where it gave some. */
  get reason(): string | undefined {
    return this.told?.reason;
  }

  /** Why it is away, as far as we have words of our own for that. */
  get cause(): AwayCause | undefined {
    return awayCauses.find((cause) => cause === this.told?.cause);
  }

  take({ state, reason, cause }: { state: string; reason?: string; cause?: string }, now: number): void {
    const since = this.told?.state === state ? this.told.since : now;
    this.told = { state, reason, cause, since };
  }

  /** Since when a session of this camera should bring pictures; undefined while it cannot. */
  get sendingSince(): number | undefined {
    if (this.state === 'away' || this.state === 'starting') return undefined;
    // Idle: the device knows of no session, so there is nothing to wait for.
    return this.state === 'idle' ? 0 : this.told?.since;
  }
}
