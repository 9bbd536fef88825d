// SPDX-License-Identifier: Apache-2.0
// What passes on an interface, by tcpdump: UDP packets over IPv4, told apart as RFC 7983 and RFC 5761 say.

import { spawn } from 'node:child_process';
import { lineLimitMs, withLimit } from '../support/events.mjs';
import { isRtcp } from './packet_count.mjs';

const fileHeaderBytes = 24;
const recordHeaderBytes = 16;
const ethernetBytes = 14;
const udpBytes = 8;
const protocolUdp = 17;
const etherTypeIpv4 = 0x0800;

/** @typedef {'stun' | 'dtls' | 'srtp' | 'srtcp' | 'other'} Kind */
/** @typedef {{ from: string, fromPort: number, to: string, toPort: number, kind: Kind, payload: Buffer, at: number,
 *   capturedAt: number }} Packet
 * `at`: milliseconds since the process began, when it was read here; `capturedAt`: since 1970, when it passed */

/** @param {Buffer} payload @returns {Kind} */
function kindOf(payload) {
  const first = payload[0];
  if (first <= 3) return 'stun';
  if (first >= 20 && first <= 63) return 'dtls';
  if (first >= 128 && first <= 191) return isRtcp(payload) ? 'srtcp' : 'srtp';
  return 'other';
}

/** RFC 6347, 4.1: a record's header, and where in it the epoch and the length are. */
const dtlsRecord = { headerBytes: 13, epochAt: 3, lengthAt: 11, handshake: 22 };

/**
 * Whether a datagram holds a DTLS handshake message that is encrypted already, which is `Finished`.
 * @param {Packet} packet
 */
export function isDtlsFinished({ kind, payload }) {
  if (kind !== 'dtls') return false;
  for (let at = 0; at + dtlsRecord.headerBytes <= payload.length; ) {
    if (payload[at] === dtlsRecord.handshake && payload.readUInt16BE(at + dtlsRecord.epochAt) > 0) return true;
    at += dtlsRecord.headerBytes + payload.readUInt16BE(at + dtlsRecord.lengthAt);
  }
  return false;
}

/** @param {Buffer} frame of Ethernet @param {number} capturedAt @returns {Packet | null} */
function parse(frame, capturedAt) {
  if (frame.length < ethernetBytes || frame.readUInt16BE(12) !== etherTypeIpv4) return null;
  const ip = frame.subarray(ethernetBytes);
  const headerBytes = (ip[0] & 0x0f) * 4;
  const payload = ip.subarray(headerBytes + udpBytes);
  if (ip[9] !== protocolUdp || payload.length === 0) return null;
  return {
    from: [...ip.subarray(12, 16)].join('.'),
    fromPort: ip.readUInt16BE(headerBytes),
    to: [...ip.subarray(16, 20)].join('.'),
    toPort: ip.readUInt16BE(headerBytes + 2),
    kind: kindOf(payload),
    payload,
    at: performance.now(),
    capturedAt,
  };
}

export class PacketCapture {
  /** @type {Packet[]} */
  packets = [];
  #child;
  #bytes = Buffer.alloc(0);
  #begun = false;
  /** @type {Set<() => void>} */
  #waiters = new Set();

  /** @param {import('node:child_process').ChildProcess} child */
  constructor(child) {
    this.#child = child;
    child.stdout?.on('data', (bytes) => this.#take(bytes));
  }

  /**
   * @param {string} device
   * @returns {Promise<PacketCapture>} call `stop()` in the test's clean-up
   */
  static async start(device) {
    const args = ['-i', device, '-U', '-w', '-', '--immediate-mode', 'udp'];
    const child = spawn('tcpdump', args, { stdio: ['ignore', 'pipe', 'pipe'] });
    const capture = new PacketCapture(child);
    const listening = new Promise((resolve, reject) => {
      child.on('error', reject);
      child.stderr?.on('data', (text) => String(text).includes('listening on') && resolve(undefined));
    });
    await withLimit(listening, lineLimitMs, 'tcpdump');
    return capture;
  }

  /**
   * Packets that fit, once there are so many.
   * @param {(packet: Packet) => boolean} fits
   * @param {{ count?: number, timeout?: number, what: string }} options
   * @returns {Promise<Packet[]>}
   */
  waitFor(fits, { count = 1, timeout = lineLimitMs, what }) {
    const found = () => this.packets.filter(fits);
    /** @type {() => void} */
    let waiter = () => {};
    const awaited = new Promise((resolve) => {
      waiter = () => found().length >= count && resolve(undefined);
      this.#waiters.add(waiter);
      waiter();
    });
    return withLimit(awaited, timeout, `${count} packets: ${what}`)
      .then(found)
      .finally(() => this.#waiters.delete(waiter));
  }

  /** Ends it; every packet that was captured has been read then. */
  async stop() {
    const ended = new Promise((resolve) => this.#child.once('close', resolve));
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    this.#child.kill('SIGINT');
    await ended;
  }

  /** @param {Buffer} bytes */
  #take(bytes) {
    this.#bytes = Buffer.concat([this.#bytes, bytes]);
    if (!this.#begun && this.#bytes.length >= fileHeaderBytes) {
      this.#begun = true;
      this.#bytes = this.#bytes.subarray(fileHeaderBytes);
    }
    while (this.#begun && this.#bytes.length >= recordHeaderBytes) {
      // tcpdump writes in the order of the machine's own bytes, and Linux machines that run this are little endian.
      const end = recordHeaderBytes + this.#bytes.readUInt32LE(8);
      if (this.#bytes.length < end) break;
      const capturedAt = this.#bytes.readUInt32LE(0) * 1000 + this.#bytes.readUInt32LE(4) / 1000;
      const packet = parse(this.#bytes.subarray(recordHeaderBytes, end), capturedAt);
      if (packet) this.packets.push(packet);
      this.#bytes = this.#bytes.subarray(end);
    }
    for (const waiter of [...this.#waiters]) waiter();
  }
}
