// SPDX-License-Identifier: Apache-2.0
// Everything that can keep a person from the picture, as they would tell it apart, and what the page does about each.
import {
  byeReasons, errorCodes, refusalCodes, type ByeReason, type ErrorCode, type RefusalCode,
} from './signaling-messages';

/** How the next try comes about: with growing delays, with a long one, or only when something or somebody asks. */
type Retry = 'growing' | 'slow' | 'asked';

export const problems = {
  // of this browser or its network
  'no-webrtc': 'asked',
  'no-h264': 'asked',
  offline: 'growing',
  // of the way to the device
  unreachable: 'growing',
  'no-path': 'growing',
  'udp-blocked': 'growing',
  'turn-refused': 'growing',
  insecure: 'growing',
  interrupted: 'growing',
  'no-picture': 'growing',
  // of the device
  restarting: 'growing',
  trouble: 'growing',
  busy: 'slow',
  'too-often': 'slow',
  mismatch: 'slow',
  'unknown-camera': 'asked',
  'camera-removed': 'asked',
  // of the right to look
  unauthorized: 'asked',
  forbidden: 'asked',
  expired: 'asked',
  revoked: 'asked',
  'not-yet': 'asked',
  'clock-unset': 'slow',
  ended: 'asked',
} as const satisfies Record<string, Retry>;

export type Problem = keyof typeof problems;

const ofWay: readonly Problem[] = [
  'unreachable', 'no-path', 'udp-blocked', 'turn-refused', 'insecure', 'interrupted', 'no-picture',
];

const ofRefusal: Record<RefusalCode, Problem> = {
  unauthorized: 'unauthorized',
  expired: 'expired',
  revoked: 'revoked',
  'not-yet': 'not-yet',
  'clock-unset': 'clock-unset',
  'rate-limited': 'too-often',
  forbidden: 'forbidden',
};

const ofError: Record<ErrorCode, Problem> = {
  ...ofRefusal,
  'bad-message': 'mismatch',
  'unknown-type': 'mismatch',
  'out-of-order': 'mismatch',
  'too-large': 'mismatch',
  'too-many-candidates': 'mismatch',
  'unknown-camera': 'unknown-camera',
  'unknown-session': 'interrupted',
  'session-exists': 'interrupted',
  busy: 'busy',
  'unsupported-offer': 'no-h264',
  'bad-offer': 'mismatch',
  'unknown-command': 'mismatch',
  'bad-command': 'mismatch',
  'wrong-code': 'unauthorized',
  'no-pairing': 'unauthorized',
  internal: 'trouble',
};

const ofBye: Record<ByeReason, Problem> = {
  replaced: 'interrupted',
  left: 'interrupted',
  'ice-failed': 'no-path',
  'dtls-failed': 'insecure',
  'fingerprint-mismatch': 'insecure',
  'negotiation-failed': 'mismatch',
  'connect-timeout': 'no-path',
  'rtcp-timeout': 'interrupted',
  'peer-closed': 'interrupted',
  'limit-exceeded': 'too-often',
  expired: 'expired',
  revoked: 'revoked',
  ended: 'ended',
  shutdown: 'restarting',
  'camera-removed': 'camera-removed',
  internal: 'trouble',
};

/** A code that only a newer device knows is trouble of its own. */
export function problemOfError(code: string): Problem {
  return isOneOf(errorCodes, code) ? ofError[code] : 'trouble';
}

/** Why the device lets nobody in, as it says over HTTP and signaling alike; undefined: the code says something else. */
export function problemOfRefusal(code: string): Problem | undefined {
  return isOneOf(refusalCodes, code) ? ofRefusal[code] : undefined;
}

/** Whether it is a matter of who is asking: another link, or time, may open what this one does not. */
export function isOfAccess(problem: Problem | undefined): boolean {
  return problem !== undefined && Object.values(ofRefusal).includes(problem);
}

/** Whether it is a matter of the way to the device, of which a check-up may tell more. */
export function isOfWay(problem: Problem): boolean {
  return ofWay.includes(problem);
}

export function problemOfBye(reason: string): Problem {
  return isOneOf(byeReasons, reason) ? ofBye[reason] : 'interrupted';
}

function isOneOf<Item extends string>(items: readonly Item[], item: string): item is Item {
  return (items as readonly string[]).includes(item);
}
