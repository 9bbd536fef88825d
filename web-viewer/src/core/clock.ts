// SPDX-License-Identifier: Apache-2.0
// Time and chance as the core sees them, so that tests can hold both. Milliseconds.

export interface Clock {
  /** Monotonic; only differences mean something. */
  now(): number;
  /** Wall clock, for ages that a person reads: it goes on while the machine sleeps. */
  date(): number;
  /** Runs once after `delay`; returns what cancels it. */
  after(delay: number, run: () => void): () => void;
}

export const browserClock: Clock = {
  now: () => performance.now(),
  date: () => Date.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
};

/** 0 to 1, 1 excluded. */
export type Random = () => number;

const kFirstDelay = 500;
const kGrowth = 1.6;
const kLongestDelay = 8000;
/** The part of a delay that chance takes away, so that many viewers of one device do not come back together. */
const kJitter = 0.3;

/** How long to wait before try number `failures` (1 is the first retry, which is immediate). */
export function retryDelay(failures: number, random: Random): number {
  if (failures <= 1) return 0;
  const delay = Math.min(kFirstDelay * kGrowth ** (failures - 2), kLongestDelay);
  return delay * (1 - kJitter * random());
}
