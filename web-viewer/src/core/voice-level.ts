// SPDX-License-Identifier: Apache-2.0
// How loud somebody talks, and whether anything comes out of their microphone at all. No DOM.
import type { Clock } from './clock';

/** What is drawn as nothing, in decibels below the loudest. */
const kFloor = -60;
/** Half a step of 16 bits: a microphone that works is never below it for long. */
const kNothing = 1 / 65_536;
const kSilentAfter = 2000;

/** Of samples from -1 to 1. */
export function peakOf(samples: Float32Array): number {
  return samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
}

/** How high a peak is drawn, from 0 to 1. */
export function heightOf(peak: number): number {
  return Math.min(1, Math.max(0, 1 - (20 * Math.log10(peak)) / kFloor));
}

export class SilenceWatch {
  private heardAt: number | undefined;

  constructor(private readonly clock: Clock) {}

  /** Another microphone, or another turn. */
  reset(): void {
    this.heardAt = undefined;
  }

  /** Whether nothing at all has come for a while. */
  isSilent(peak: number): boolean {
    const now = this.clock.now();
    if (peak > kNothing) this.heardAt = now;
    this.heardAt ??= now;
    return now - this.heardAt >= kSilentAfter;
  }
}
