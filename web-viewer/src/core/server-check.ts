// SPDX-License-Identifier: Apache-2.0
// What came of asking a STUN or TURN server from this browser, in a verdict; and what all of them say of its network. No DOM.
import type { Verdict } from './finding';
import { isByUdp, isOfServer } from './ice-gathering';

/** A browser that is done with asking so soon was answered, also where it tells nothing of that. */
export const kSoon = 3000;

export const browserCauses = [
  'unreachable', 'not-let-in', 'no-webrtc', 'no-h264', 'no-servers', 'too-many', 'unusable', 'not-asked', 'nothing-new',
  'unanswered', 'stun-refused', 'relay-credentials', 'relay-forbidden', 'relay-full', 'relay-refused',
  'relay-unexplained', 'udp-unasked', 'udp-unknown', 'udp-blocked', 'udp-relayed',
] as const;
export type BrowserCause = (typeof browserCauses)[number];
export type BrowserThing = 'signaling' | 'browser' | 'servers' | 'stun' | 'turn' | 'udp';

/** As a Finding of the device, of this browser. */
export interface BrowserFinding {
  verdict: Verdict;
  what: BrowserThing;
  /** Of a server. */
  url?: string;
  /** May be empty. */
  evidence: string;
  cause?: BrowserCause;
}

/** What was seen of one URL. Times are milliseconds since it was begun. */
export interface ServerFacts {
  url: string;
  /** Its name, where the browser would not even begin. */
  exception?: string;
  candidates: readonly { candidate: string; after: number }[];
  /** RTCPeerConnectionIceErrorEvent. */
  errors: readonly { code: number; text: string }[];
  /** The browser said that there are no more; else time was up. */
  isComplete: boolean;
  duration: number;
}

/** RFC 8489 14.8 and RFC 8656 19. */
const ofTurnError: Record<number, BrowserCause> = {
  401: 'relay-credentials', 403: 'relay-forbidden', 486: 'relay-full', 508: 'relay-full',
};

export function isRelay(url: string): boolean {
  return /^turns?:/i.test(url);
}

/** Decided at the end: one network interface may fail where another succeeds. */
export function judgeServer(facts: ServerFacts): BrowserFinding {
  const { url, exception, candidates } = facts;
  const what = isRelay(url) ? 'turn' : 'stun';
  const about = { what, url } as const;
  if (exception !== undefined) return { verdict: 'broken', ...about, evidence: exception, cause: 'unusable' };
  const kind = what === 'turn' ? / typ relay\b/ : / typ srflx\b/;
  const found = candidates.find(({ candidate }) => kind.test(candidate));
  if (found) return { verdict: 'ok', ...about, evidence: describe(found) };
  const refusal = facts.errors.find(({ code }) => isOfServer(code));
  if (refusal) {
    const cause = what === 'turn' ? ofTurnError[refusal.code] ?? 'relay-refused' : 'stun-refused';
    return { verdict: 'broken', ...about, evidence: errorInWords(refusal), cause };
  }
  if (facts.errors.length > 0 || !facts.isComplete) return { verdict: 'broken', ...about, ...silenceOf(facts) };
  return { ...about, ...judgeQuietEnd(facts) };
}

/** The browser is done, has nothing, and complains of nothing. */
function judgeQuietEnd(facts: ServerFacts): Pick<BrowserFinding, 'verdict' | 'evidence' | 'cause'> {
  const evidence = `done after ${facts.duration.toFixed(0)} ms, without a word of it`;
  if (isRelay(facts.url)) return { verdict: 'broken', evidence, cause: 'relay-unexplained' };
  // Some give up without a complaint.
  if (facts.duration > kSoon) return { verdict: 'broken', ...silenceOf(facts) };
  if (facts.candidates.length === 0) return { verdict: 'untried', evidence, cause: 'not-asked' };
  return { verdict: 'ok', evidence, cause: 'nothing-new' };
}

function silenceOf({ errors: [error], duration }: ServerFacts): { evidence: string; cause: BrowserCause } {
  const evidence = error ? errorInWords(error) : `nothing within ${(duration / 1000).toFixed(0)} s`;
  return { evidence, cause: 'unanswered' };
}

function errorInWords({ code, text }: { code: number; text: string }): string {
  return text ? `${code} ${text}` : String(code);
}

/** RFC 8839 5.1: where it is seen from is the fifth word, the port the sixth. Browsers may hide either. */
function describe({ candidate, after }: { candidate: string; after: number }): string {
  const [, , , , ip = '', port = ''] = candidate.split(' ');
  const time = `after ${after.toFixed(0)} ms`;
  if (!/^[\d.]+$|:/.test(ip) || /^[0.:]+$/.test(ip)) return time;
  return `${ip.includes(':') ? `[${ip}]` : ip}:${port} ${time}`;
}

/** Whether this network lets UDP through, by what came of all servers. Undefined: no server was asked. */
export function judgeUdp(servers: readonly BrowserFinding[]): BrowserFinding | undefined {
  const asked = servers.filter(({ url, verdict, cause }) => url !== undefined && verdict !== 'untried' && cause !== 'unusable');
  if (asked.length === 0) return undefined;
  const byUdp = asked.filter(({ url = '' }) => isByUdp(url));
  const byTcp = asked.filter(({ url = '' }) => !isByUdp(url));
  const what = 'udp';
  if (byUdp.some(hasAnswered)) return { verdict: 'ok', what, evidence: '' };
  if (byUdp.length === 0) return { verdict: 'untried', what, evidence: '', cause: 'udp-unasked' };
  if (!byTcp.some(hasAnswered)) return { verdict: 'untried', what, evidence: '', cause: 'udp-unknown' };
  const isRelayed = byTcp.some(({ verdict }) => verdict === 'ok');
  return { verdict: 'warning', what, evidence: '', cause: isRelayed ? 'udp-relayed' : 'udp-blocked' };
}

/** A refusal is an answer. */
function hasAnswered({ verdict, cause }: BrowserFinding): boolean {
  return verdict === 'ok' || (cause !== 'unanswered' && cause !== 'relay-unexplained');
}
