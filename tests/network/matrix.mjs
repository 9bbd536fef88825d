// SPDX-License-Identifier: Apache-2.0
// What is to come of each way between a camera and a viewer, written before it was tried. A difference to either side is a
// failure, since what works unexpectedly is not understood.

/** @typedef {import('./lab.mjs').Site} Site */
/** @typedef {import('./servers.mjs').Help} Help */

/** Where an end may be. @satisfies {Record<string, Site>} */
const places = {
  public: {},
  'full-cone': { boxes: ['full-cone'] },
  restricted: { boxes: ['port-restricted'] },
  symmetric: { boxes: ['symmetric'] },
  double: { boxes: ['port-restricted', 'port-restricted'] },
  'no-udp': { boxes: ['no-udp'] },
  'only-443': { boxes: ['only-443'] },
  ipv6: { boxes: ['firewall'], families: [6] },
  'mtu-1280': { boxes: ['port-restricted'], mtu: 1280 },
};
/** @typedef {keyof typeof places} Place */

/**
 * Each line is a place of the camera, each column one of the viewer. What is to be chosen, the browser's end of it first:
 *
 * - `host>host`, `nat>host`, `host>nat`, `nat>nat`: a direct way, between addresses of their own or what a NAT makes of them
 * - `relay`: by the TURN server, from whichever end, and to it by UDP or, where that end has none, by TCP
 * - `tcp`: by the TURN server, and from the browser to it by TCP or TLS
 * - `failed`: none; the device has tried what the browser named (ice-failed)
 * - `silent`: none; nothing that the device could try was named, and it heard of nobody (connect-timeout)
 * @type {Record<Help, string>}
 */
const tables = {
  // Who is not reached can still reach: a public camera sees where a viewer's packets come from. The addresses that a browser
  // has at home are no use to the camera: they are hidden behind names.
  none: `
              public     full-cone  restricted  symmetric  double     no-udp     only-443   ipv6       mtu-1280
    public    host>host  nat>host   nat>host    nat>host   nat>host   silent     silent     silent     nat>host
    full-cone silent     silent     silent      silent     silent     silent     silent     silent     silent
    restricted silent    silent     silent      silent     silent     silent     silent     silent     silent
    symmetric silent     silent     silent      silent     silent     silent     silent     silent     silent
    double    silent     silent     silent      silent     silent     silent     silent     silent     silent
    no-udp    silent     silent     silent      silent     silent     silent     silent     silent     silent
    only-443  silent     silent     silent      silent     silent     silent     silent     silent     silent
    ipv6      silent     silent     silent      silent     silent     silent     silent     silent     silent
    mtu-1280  silent     silent     silent      silent     silent     silent     silent     silent     silent`,
  // Both tell each other what their NATs made of them; that is another each time behind a symmetric one, which only a full
  // cone lets in. IPv6 and IPv4 have no way to one another.
  stun: `
              public     full-cone  restricted  symmetric  double     no-udp     only-443   ipv6       mtu-1280
    public    host>host  nat>host   nat>host    nat>host   nat>host   silent     silent     silent     nat>host
    full-cone host>nat   nat>nat    nat>nat     nat>nat    nat>nat    silent     silent     silent     nat>nat
    restricted host>nat  nat>nat    nat>nat     failed     nat>nat    silent     silent     silent     nat>nat
    symmetric host>nat   nat>nat    failed      failed     failed     silent     silent     silent     failed
    double    host>nat   nat>nat    nat>nat     failed     nat>nat    silent     silent     silent     nat>nat
    no-udp    failed     failed     failed      failed     failed     silent     silent     silent     failed
    only-443  failed     failed     failed      failed     failed     silent     silent     silent     failed
    ipv6      silent     silent     silent      silent     silent     silent     silent     host>host  silent
    mtu-1280  host>nat   nat>nat    nat>nat     failed     nat>nat    silent     silent     silent     nat>nat`,
  // Everything finds a way, and by the server only what must.
  turn: `
              public     full-cone  restricted  symmetric  double     no-udp     only-443   ipv6       mtu-1280
    public    host>host  nat>host   nat>host    nat>host   nat>host   tcp        tcp        relay      nat>host
    full-cone host>nat   nat>nat    nat>nat     nat>nat    nat>nat    tcp        tcp        relay      nat>nat
    restricted host>nat  nat>nat    nat>nat     relay      nat>nat    tcp        tcp        relay      nat>nat
    symmetric host>nat   nat>nat    relay       relay      relay      tcp        tcp        relay      relay
    double    host>nat   nat>nat    nat>nat     relay      nat>nat    tcp        tcp        relay      nat>nat
    no-udp    relay      relay      relay       relay      relay      tcp        tcp        relay      relay
    only-443  relay      relay      relay       relay      relay      tcp        tcp        relay      relay
    ipv6      relay      relay      relay       relay      relay      tcp        tcp        host>host  relay
    mtu-1280  host>nat   nat>nat    nat>nat     relay      nat>nat    tcp        tcp        relay      nat>nat`,
};

/** One pair of places. */
export class Cell {
  /** @param {Help} help @param {Place} camera @param {Place} viewer @param {string} expected as the tables have it */
  constructor(help, camera, viewer, expected) {
    this.help = help;
    this.expected = expected;
    this.topology = { camera: places[camera], viewer: places[viewer] };
    this.name = `${help}: camera ${camera}, viewer ${viewer}: ${expected}`;
  }

  get isToFail() {
    return this.expected === 'failed' || this.expected === 'silent';
  }

  /** Whether that is what it is to be. @param {import('./stage.mjs').Outcome} outcome */
  isMetBy(outcome) {
    if ('reason' in outcome) return this.expected === { 'ice-failed': 'failed', 'connect-timeout': 'silent' }[outcome.reason];
    const { browser, device, transport } = outcome;
    const isRelayed = browser === 'relay' || device === 'relay';
    if (this.expected === 'relay') return isRelayed;
    if (this.expected === 'tcp') return browser === 'relay' && transport !== 'udp';
    return !isRelayed && this.expected === `${browser}>${device}`;
  }
}

/** Every cell of a table. @param {Help} help */
export function cellsOf(help) {
  const [columns, ...rows] = tables[help].trim().split('\n').map((line) => line.trim().split(/\s+/));
  return rows.flatMap(([camera, ...expected]) => columns.map((viewer, i) => new Cell(help, /** @type {Place} */ (camera), /** @type {Place} */ (viewer), expected[i])));
}

/** One of them. @param {Help} help @param {Place} camera @param {Place} viewer */
function cell(help, camera, viewer) {
  const wanted = `${help}: camera ${camera}, viewer ${viewer}: `;
  const found = cellsOf(help).find(({ name }) => name.startsWith(wanted));
  if (!found) throw new Error(`the matrix has no cell '${wanted}'`);
  return found;
}

/** Those that are tried each time: of each kind of way one, and what is next to where it ends. */
export const usualCells = [
  cell('none', 'public', 'public'), cell('none', 'public', 'symmetric'), cell('none', 'public', 'mtu-1280'), cell('none', 'public', 'no-udp'),
  cell('none', 'restricted', 'restricted'), cell('none', 'ipv6', 'ipv6'),
  cell('stun', 'full-cone', 'symmetric'), cell('stun', 'restricted', 'restricted'), cell('stun', 'restricted', 'symmetric'),
  cell('stun', 'double', 'restricted'), cell('stun', 'ipv6', 'ipv6'), cell('stun', 'ipv6', 'public'), cell('stun', 'no-udp', 'full-cone'),
  cell('turn', 'public', 'public'), cell('turn', 'symmetric', 'symmetric'), cell('turn', 'double', 'no-udp'), cell('turn', 'no-udp', 'restricted'),
  cell('turn', 'only-443', 'only-443'), cell('turn', 'ipv6', 'restricted'), cell('turn', 'symmetric', 'ipv6'), cell('turn', 'mtu-1280', 'symmetric'),
];

/** Next to where it ends, as above, and where two browsers are to find a way. */
export const controlCells = [cell('none', 'public', 'symmetric'), cell('stun', 'restricted', 'restricted'), cell('turn', 'symmetric', 'symmetric')];
