// SPDX-License-Identifier: Apache-2.0
// The boxes that stand between a host and the internet, as nftables has them. Their outer interface is called `wan`. Names of
// NATs are RFC 3489's, which people know; what each maps and lets in is RFC 4787's.

/**
 * - `full-cone`: one mapping for all, and anybody may send to it (endpoint-independent, both)
 * - `port-restricted`: one mapping for all, and only those may send to it whom the host has sent to (filtering by address and port)
 * - `symmetric`: another mapping for each address and port (address- and port-dependent, both)
 * - `forwarding`: port-restricted, but for the UDP ports that its owner forwards to the host, `forwardedPorts`
 * - `no-udp`: port-restricted, and UDP goes nowhere
 * - `only-443`: port-restricted, and only TCP to port 443 goes out
 * - `firewall`: no NAT; what the host has not asked for is dropped. What a home has with IPv6
 * @typedef {'full-cone' | 'port-restricted' | 'symmetric' | 'forwarding' | 'no-udp' | 'only-443' | 'firewall'} Kind
 */

export const forwardedPorts = '50000-50099';
const nobodyElse = 'iifname "wan" ct state new drop';

/** @type {Record<Kind, { translation?: string, entrance?: (inside: string) => string, passage: string[] }>} */
const kinds = {
  'full-cone': { translation: 'masquerade', entrance: (inside) => `iifname "wan" meta l4proto udp dnat to ${inside}`, passage: [] },
  'port-restricted': { translation: 'masquerade', passage: [nobodyElse] },
  forwarding: {
    translation: 'masquerade', entrance: (inside) => `iifname "wan" udp dport ${forwardedPorts} dnat to ${inside}`,
    passage: ['ct status dnat accept', nobodyElse],
  },
  symmetric: { translation: 'masquerade fully-random', passage: [nobodyElse] },
  'no-udp': { translation: 'masquerade', passage: [nobodyElse, 'meta l4proto udp drop'] },
  'only-443': { translation: 'masquerade', passage: [nobodyElse, 'oifname "wan" tcp dport != 443 drop', 'meta l4proto udp drop'] },
  firewall: { passage: [nobodyElse] },
};

/**
 * The rules of a box, for `nft -f`.
 * @param {Kind} kind @param {4 | 6} family @param {string} inside the address of the only host behind it
 */
export function rulesOf(kind, family, inside) {
  const { translation, entrance, passage } = kinds[kind];
  const chain = (/** @type {string} */ name, /** @type {string} */ hook, /** @type {string[]} */ rules) =>
    rules.length === 0 ? [] : [`chain ${name} {`, `type ${hook};`, ...rules, '}'];
  return [
    `table ${family === 4 ? 'ip' : 'ip6'} box {`,
    ...chain('leave', 'nat hook postrouting priority 100', translation ? [`oifname "wan" ${translation}`] : []),
    ...chain('enter', 'nat hook prerouting priority -100', entrance ? [entrance(inside)] : []),
    ...chain('pass', 'filter hook forward priority 0', passage),
    // What was sent to nobody must not be known to the box either: its answer would take the port of a mapping.
    ...chain('stay', 'filter hook input priority 0', ['iifname "wan" meta l4proto { tcp, udp } ct state new drop']),
    '}',
  ].join('\n');
}
