// SPDX-License-Identifier: Apache-2.0
// Judges one session by the pictures that it brings: are they fresh, and is it time to replace it? Pure.
import type { PathState } from './path-probe';
import type { Problem } from './viewer-problem';

/** Without a new picture for this long it is no longer live. Milliseconds, as all of these. */
export const kStalledAfter = 2000;
/** From here on it is worth asking whether the way to the device still is one. */
export const kAskAfter = 1000;
/** A session whose camera gives pictures, and that shows nothing new for this long, is replaced, */
export const kReplaceAfter = 4000;
/** though not as soon where the device is heard: then it is the pictures that pause, and a new session helps less often. */
export const kReplaceHeardAfter = 6000;
/** The answer needs one round trip and a little work; a link that does not bring it may be dead. */
export const kAnswerTimeout = 5000;
/** The device itself gives up after 10 s without progress. */
export const kConnectTimeout = 15000;
/** A picture that stays this long makes up for earlier failures. */
export const kSteadyAfter = 5000;

/** none: not one yet; fresh: the last was just now; stalled: a moment ago; lost: longer than a moment. */
export type Freshness = 'none' | 'fresh' | 'stalled' | 'lost';

export class PictureJudge {
  private connectedAt: number | undefined;
  private firstAt: number | undefined;
  private lastAt: number | undefined;
  private freshSince: number | undefined;
  private isDoubted = false;
  /** Since when pictures could be seen; undefined while they cannot, because the page is hidden or may not play. */
  private seenSince: number | undefined;
  private wasFresh = false;

  /** `failures`: of the sessions before, in a row. A device that answers slowly must not be asked anew for ever. */
  constructor(
    readonly startedAt: number,
    isSeen: boolean,
    private readonly failures = 0,
  ) {
    this.seenSince = isSeen ? startedAt : undefined;
  }

  connected(now: number): void {
    this.connectedAt ??= now;
  }

  frame(now: number): void {
    this.isDoubted = false;
    if (this.freshness(now) !== 'fresh') this.freshSince = now;
    this.connectedAt ??= now;
    this.firstAt ??= now;
    this.lastAt = now;
  }

  /** The device may have forgotten the session: it is given less time once it stalls, until there is a picture. */
  doubt(): void {
    this.isDoubted = true;
  }

  /** What cannot be seen cannot be judged: freshness stays as it was, until it can be seen again. */
  setSeen(isSeen: boolean, now: number): void {
    if (isSeen === (this.seenSince !== undefined)) return;
    this.wasFresh = this.freshness(now) === 'fresh';
    this.seenSince = isSeen ? now : undefined;
    if (isSeen) this.doubt();
  }

  get isConnected(): boolean {
    return this.connectedAt !== undefined;
  }

  /** From the making of the session to its first picture. */
  get timeToFirstFrame(): number | undefined {
    return this.firstAt === undefined ? undefined : this.firstAt - this.startedAt;
  }

  freshness(now: number): Freshness {
    if (this.lastAt === undefined) return 'none';
    if (this.seenSince === undefined) return this.wasFresh ? 'fresh' : 'stalled';
    if (now - this.lastAt <= kStalledAfter) return 'fresh';
    return now - Math.max(this.lastAt, this.seenSince) <= kReplaceHeardAfter ? 'stalled' : 'lost';
  }

  isSteady(now: number): boolean {
    return this.freshness(now) === 'fresh' && this.freshSince !== undefined && now - this.freshSince >= kSteadyAfter;
  }

  /**
   * For how long pictures that could be seen have not come. `sendingSince`: since when its camera gives them, as far as the
   * device has told; undefined where it does not, or is not known to.
   */
  pause(now: number, sendingSince: number | undefined): number {
    const { connectedAt, seenSince, lastAt = 0 } = this;
    if (connectedAt === undefined || sendingSince === undefined || seenSince === undefined) return 0;
    return now - Math.max(lastAt, connectedAt, sendingSince, seenSince);
  }

  /** Why the session is to be replaced, if it is. `sendingSince`: as of pause(). */
  verdict(now: number, isAnswered: boolean, sendingSince: number | undefined, path: PathState): Problem | undefined {
    if (this.connectedAt === undefined) {
      const answerTimeout = Math.min(kAnswerTimeout * 2 ** this.failures, kConnectTimeout);
      if (!isAnswered && now - this.startedAt > answerTimeout) return 'unreachable';
      return now - this.startedAt > kConnectTimeout ? 'no-path' : undefined;
    }
    return this.pause(now, sendingSince) > this.patience(path) ? 'no-picture' : undefined;
  }

  private patience(path: PathState): number {
    if (path === 'heard') return kReplaceHeardAfter;
    return this.isDoubted || path === 'silent' ? kStalledAfter : kReplaceAfter;
  }
}
