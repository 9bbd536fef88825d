// SPDX-License-Identifier: Apache-2.0
// What a check-up says of one thing that it has tried. tests/fixtures/findings.json has the words of the wire. No DOM.
import { asObject, optional, stringField } from './json-reader';

export const verdicts = ['ok', 'warning', 'broken', 'untried'] as const;
/** 'warning': it works, and not as well as it could. 'untried': it cannot be tried from there. */
export type Verdict = (typeof verdicts)[number];

/** What the device looks at: itself, its cameras, its network. */
export const deviceThings = [
  'time', 'disk', 'camera', 'encoder', 'servers', 'stun', 'turn', 'udp', 'nat', 'mtu', 'ipv6',
] as const;
export type DeviceThing = (typeof deviceThings)[number];

/** Why the verdict is what it is, where there is something to say of that. */
export const findingCauses = [
  'clock-unset', 'clock-unkept', 'disk-absent', 'disk-unusable', 'disk-forbidden', 'no-camera', 'camera-missing',
  'camera-busy', 'camera-settings', 'camera-silent', 'camera-trouble', 'camera-without-encoder', 'encoder-unusable',
  'encoder-software', 'no-servers', 'server-file', 'server-service', 'server-clock', 'name-unknown', 'browsers-only',
  'ipv6-only', 'secret-differs', 'password-refused', 'service-credentials-refused', 'credentials-missing',
  'relay-forbidden', 'relay-full', 'refused', 'closed', 'foreign', 'no-route', 'silent', 'udp-unasked', 'udp-unknown',
  'udp-blocked', 'udp-relayed', 'nat-unknown', 'nat-dependent', 'mtu-unknown', 'mtu-small', 'ipv6-untried', 'ipv6-broken',
] as const;
export type FindingCause = (typeof findingCauses)[number];

export interface Finding {
  verdict: Verdict;
  /** One of deviceThings, or what a newer device says. */
  what: string;
  /** What was seen, in English. */
  evidence: string;
  /** One of findingCauses, or what a newer device says. */
  cause?: string;
}

export function readFinding(value: unknown): Finding {
  const from = asObject(value, 'finding');
  const verdict = stringField(from, 'verdict');
  return {
    // One that only a newer device knows says nothing that could be counted.
    verdict: verdicts.find((known) => known === verdict) ?? 'untried',
    what: stringField(from, 'what'),
    evidence: stringField(from, 'evidence'),
    ...optional(from, 'cause', stringField),
  };
}

/** How many of them there are. */
export function countOf(verdict: Verdict, findings: readonly { verdict: Verdict }[]): number {
  return findings.filter((finding) => finding.verdict === verdict).length;
}
