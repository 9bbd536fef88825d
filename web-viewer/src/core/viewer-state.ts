// SPDX-License-Identifier: Apache-2.0
// What a person is told, as a pure function of what is known. Pictures decide first: nothing else makes it live.
import type { Freshness } from './picture-judge';
import type { LinkState } from './signaling-link';
import type { AwayCause } from './signaling-messages';
import { problems, type Problem } from './viewer-problem';

export type ViewerState =
  /** On the way to the first picture. */
  | { name: 'connecting' }
  /** The camera was off and is being started. */
  | { name: 'waking' }
  /** New pictures are being shown. */
  | { name: 'live' }
  /** Connected, but no new picture for a moment. */
  | { name: 'stalled' }
  /** There was a picture; a new session is being made. */
  | { name: 'reconnecting' }
  /** The device waits for its camera; `detail` is the device's own words. */
  | { name: 'away'; cause?: AwayCause; detail?: string }
  /** The browser wants a touch before it plays. */
  | { name: 'blocked' }
  /** `retryAt`, by the clock: when it is tried again by itself. */
  | { name: 'failed'; problem: Problem; retryAt?: number };

export interface ViewerFacts {
  isOnline: boolean;
  link: { state: LinkState; failures: number; refusal: Problem | undefined };
  /** As the device last told. */
  camera: { state: string | undefined; reason: string | undefined; cause: AwayCause | undefined };
  /** Why the last try failed, how many did in a row, when the next one comes. */
  retry: { problem: Problem | undefined; failures: number; dueAt: number | undefined };
  session: { isConnected: boolean; freshness: Freshness } | undefined;
  /** A picture of an earlier moment is on the screen. */
  hasPicture: boolean;
  /** The browser plays only after a touch. */
  isBlocked: boolean;
}

/** A first failure is not worth a person's attention: the retry is under way. */
const kFailuresToTell = 2;
/** But those that take ten seconds to show, and come again. */
const kSlowToShow: readonly Problem[] = ['no-path', 'udp-blocked', 'turn-refused'];
/** Of the link: half a second, since its first retry is immediate. */
const kLinkFailuresToTell = 3;
/** About five seconds: a device that said it would restart is given that long. */
const kLinkFailuresOfRestart = 6;

export function deriveState(facts: ViewerFacts): ViewerState {
  const { session, retry, link } = facts;
  if (session?.freshness === 'fresh') return { name: 'live' };
  if (retry.problem && problems[retry.problem] === 'asked') return { name: 'failed', problem: retry.problem };
  if (facts.isBlocked && session?.isConnected) return { name: 'blocked' };
  return link.state.name === 'ready' ? withLink(facts) : withoutLink(facts);
}

function withoutLink(facts: ViewerFacts): ViewerState {
  const { session, link, retry } = facts;
  const retryAt = link.state.name === 'waiting' ? link.state.retryAt : undefined;
  if (session?.freshness === 'stalled') return { name: 'stalled' };
  if (link.state.name === 'refused') return failed(link.state.problem, undefined);
  if (!facts.isOnline) return { name: 'failed', problem: 'offline' };
  if (link.refusal) return failed(link.refusal, retryAt);
  if (retry.problem === 'restarting' && link.failures < kLinkFailuresOfRestart) return failed('restarting', retryAt);
  if (link.failures >= kLinkFailuresToTell) return failed('unreachable', retryAt);
  return underWay(facts);
}

function withLink(facts: ViewerFacts): ViewerState {
  const { session, retry, camera } = facts;
  if (camera.state === 'away') return away(camera);
  const isSlowToShow = retry.problem !== undefined && kSlowToShow.includes(retry.problem);
  const isToTell = retry.failures >= kFailuresToTell || isSlowToShow;
  if (retry.problem && (problems[retry.problem] === 'slow' || isToTell)) return failed(retry.problem, retry.dueAt);
  if (camera.state === 'idle' || camera.state === 'starting') return { name: 'waking' };
  if (session?.freshness === 'stalled') return { name: 'stalled' };
  return underWay(facts);
}

function underWay(facts: ViewerFacts): ViewerState {
  return { name: facts.hasPicture ? 'reconnecting' : 'connecting' };
}

function away({ cause, reason }: ViewerFacts['camera']): ViewerState {
  return { name: 'away', ...(cause ? { cause } : {}), ...(reason ? { detail: reason } : {}) };
}

function failed(problem: Problem, retryAt: number | undefined): ViewerState {
  return { name: 'failed', problem, ...(retryAt === undefined ? {} : { retryAt }) };
}

export function isSameState(one: ViewerState, other: ViewerState): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
