// SPDX-License-Identifier: Apache-2.0
// `fanlight doctor` where something is wrong: it names that, what to do, and blames nothing else.

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { describe, test } from 'node:test';
import { daemonBinary } from '../support/paths.mjs';
import { formatToml } from '../support/toml.mjs';
import { Lab } from './lab.mjs';
import { Servers } from './servers.mjs';

const camera = { id: 'porch', source: 'test', width: 320, height: 180, framerate: 15 };
const atHome = { camera: { boxes: [/** @type {const} */ ('port-restricted')] } };
/** coturn's two addresses. */
const twoOfStun = { id: 'two', urls: ['stun:5.45.0.20', 'stun:5.45.0.21'] };

/** @typedef {{ verdict: string, what: string, evidence: string, advice: string }} Finding */
/** @param {string} output @returns {Finding[]} */
function findingsIn(output) {
  /** @type {Finding[]} */
  const findings = [];
  for (const line of output.split('\n')) {
    const [, advice] = /^ {10,}-> (.*)/.exec(line) ?? [];
    const [, verdict, what, evidence] = /^ {2}(ok|warning|broken|untried) +(\S+) +(.*)/.exec(line) ?? [];
    if (advice) Object.assign(/** @type {Finding} */ (findings.at(-1)), { advice });
    else if (verdict) findings.push({ verdict, what, evidence, advice: '' });
  }
  return findings;
}

/**
 * `lacks`: what is blamed, in the order in which it is told; `also`: of what is said of other things;
 * `around`: what the doctor's words stand behind; `servers`: beside those that help
 * @typedef {{ name: string, topology?: Parameters<typeof Lab.start>[0], help?: import('./servers.mjs').Help, servers?: import('../support/toml.mjs').TomlTable[],
 *             camera?: object, around?: (folder: string) => string[], wrongSecret?: boolean, lacks: [what: string, evidence: RegExp, advice: RegExp][],
 *             also?: [what: string, evidence: RegExp][] }} Case
 * @type {Case[]}
 */
const cases = [
  {
    name: 'nothing is wrong', help: 'turn', lacks: [],
    also: [
      ['disk', /can be written/], ['camera', /^'porch' gives 320x180 at 15 frames\/s, the first picture after/], ['encoder', /x264enc, in software/],
      ['turn', /transport=udp: answers at 5\.45\.0\.20:3478 after \d+ ms, and relays from 5\.45\.0\.20:/],
      ['turn', /transport=tcp: answers at 5\.45\.0\.20:443 after \d+ ms, and relays from/], ['turn', /^'relay-by-tls' .* for browsers alone/],
      ['udp', /goes out and comes back/], ['mtu', /packets of 1500 bytes arrive/], ['ipv6', /IPv4 alone/],
    ],
  },
  {
    name: "the router keeps one port for all", help: 'stun', servers: [twoOfStun], lacks: [],
    also: [['nat', /^10\.40\.1\.2:\d+ of the device is 5\.45\.0\.40:\d+ for all outside \(endpoint-independent mapping\)$/]],
  },
  {
    name: "the TURN server's secret is another", help: 'turn', wrongSecret: true, lacks: [
      ['turn', /transport=udp: it refuses the credentials \(401\)/, /^'secret' differs from the server's \('static-auth-secret' of coturn\)/],
      ['turn', /transport=tcp: it refuses the credentials \(401\)/, /^'secret' differs/],
    ],
  },
  {
    name: 'UDP does not get out', topology: { camera: { boxes: ['no-udp'] } }, help: 'turn', lacks: [
      ['turn', /transport=udp: no answer from 5\.45\.0\.20:3478$/, /a firewall drops UDP to port 3478, this network's or its own/],
      ['udp', /nothing answers by it, and by TCP there are answers/, /TURN over TCP.*let UDP out of this network/],
    ], also: [['turn', /transport=tcp: answers/]],
  },
  {
    name: 'the servers are away', help: 'dead', lacks: [
      ['stun', /stun:stun\.example\.org: no answer from/, /the server is away, or no UDP leaves this network/],
      ['turn', /transport=udp: no answer/, /the server is away, or no UDP leaves this network/],
      ['turn', /transport=tcp: no answer/, /the server is away, or a firewall drops TCP to port 443/],
    ],
  },
  {
    name: "a server's name is misspelt", help: 'stun', servers: [{ id: 'typo', urls: ['stun:stun.exmaple.org'] }], lacks: [
      ['stun', /^'typo' stun:stun\.exmaple\.org: its name has no address/, /compare the name in 'urls'/],
    ],
  },
  {
    name: "a server's port is another", help: 'stun', servers: [{ id: 'port', urls: ['stun:stun.example.org:5000'] }], lacks: [
      ['stun', /^'port' .*: Connection refused from 5\.45\.0\.20:5000/, /listens at port 5000 by UDP/],
    ], also: [['stun', /^'stun' .*: answers/]],
  },
  {
    name: "the router maps each way anew, and nobody relays", topology: { camera: { boxes: ['symmetric'] } }, help: 'stun', servers: [twoOfStun], lacks: [
      ['nat', /address-dependent mapping/, /forward a range of UDP ports .* or set up a TURN server/],
    ],
  },
  {
    name: 'the line carries no packets of the size that pictures need', topology: { camera: { boxes: ['port-restricted'], mtu: 1000 } }, help: 'stun', lacks: [
      ['mtu', /packets of 576 bytes arrive, and none of the 1280/, /raise the MTU/],
    ],
  },
  {
    name: 'the camera is not there', help: 'stun', camera: { id: 'porch', source: 'v4l2', device: '/dev/video7' }, lacks: [
      ['camera', /^'porch': no camera '\/dev\/video7' found/, /plug it in, or compare 'device'/],
    ],
  },
  {
    name: 'the encoder is not of this board', help: 'stun', camera: { ...camera, encoder: 'v4l2h264enc' }, lacks: [
      ['encoder', /^of 'porch': .*'v4l2h264enc'/, /set 'encoder' to "auto"/],
    ],
  },
  {
    name: 'the disk is full', help: 'stun',
    around: (folder) => ['unshare', '--mount', 'sh', '-c', `mount -t tmpfs -o size=512k full ${folder} && exec "$@"`, 'sh'],
    lacks: [['disk', /is full \(\d+ kB left\)/, /make room there/]],
  },
  {
    name: 'the clock was never set', help: 'turn', around: () => ['faketime', '-f', '@2020-01-01 00:00:00'], lacks: [
      ['time', /^it is 2020-01-01 .* which has not been set/, /systemd-timesyncd/],
      ['servers', /^'relay' is not used: the clock is not set/, /see 'time'/],
      ['servers', /^'relay-by-tls' is not used: the clock is not set/, /see 'time'/],
    ],
  },
];

describe('the doctor says what it is', () => {
  for (const [index, one] of cases.entries())
    test(`where ${one.name}`, async (t) => {
      const folder = mkdtempSync(path.join(os.tmpdir(), 'fanlight-doctor-'));
      t.after(() => rmSync(folder, { recursive: true, force: true }));
      const lab = await Lab.start(one.topology ?? atHome);
      t.after(() => lab.stop());
      const helping = await Servers.start(lab, one.help ?? 'none', `doctor-${index + 1}`);
      t.after(() => helping.stop());
      const secret = path.join(folder, 'secret');
      writeFileSync(secret, 'of-another-server');
      const servers = helping.forConfig().map((server) => (one.wrongSecret ? { ...server, secret } : server));
      const config = path.join(folder, 'fanlight.toml');
      const table = /** @type {import('../support/toml.mjs').TomlTable} */ ({ camera: [one.camera ?? camera], ice_server: [...servers, ...(one.servers ?? [])] });
      writeFileSync(config, formatToml(table));
      const state = mkdtempSync(path.join(folder, 'state-'));

      const { isGood, output } = await lab.host('camera').run(...(one.around?.(state) ?? []), daemonBinary, 'doctor', '--config', config, '--state-dir', state);
      const findings = findingsIn(output);
      // Who keeps the clock of the machine that runs this is not of this.
      const blamed = findings.filter(({ verdict, what, evidence }) => /broken|warning/.test(verdict) && !(what === 'time' && /nothing keeps right/.test(evidence)));
      assert.deepEqual(blamed.map(({ what }) => what), one.lacks.map(([what]) => what), output);
      for (const [number, [, evidence, advice]] of one.lacks.entries()) {
        assert.match(blamed[number].evidence, evidence);
        assert.match(blamed[number].advice, advice);
      }
      for (const [what, evidence] of one.also ?? []) assert.ok(findings.some((finding) => finding.what === what && evidence.test(finding.evidence)), `${what} ${evidence}\n${output}`);
      assert.equal(isGood, findings.every(({ verdict }) => verdict !== 'broken'));
    });
});
