// SPDX-License-Identifier: Apache-2.0
// Which packets of an RTP stream arrived, by their sequence numbers (RFC 3550, A.1).

/** Half of the 16 bit sequence numbers: a step beyond it is one backwards. */
const halfCycle = 0x8000;

/** RFC 5761, 4: what of a packet's second byte is RTCP. @param {Buffer} packet */
export const isRtcp = (packet) => packet[1] >= 192 && packet[1] <= 223;

export class PacketCount {
  received = 0;
  bytes = 0;
  /** When the last one came, in milliseconds since 1970. */
  lastAt = 0;
  /** Extended over wraps. @type {number | undefined} */
  #first;
  #highest = 0;

  /** @param {Buffer} packet */
  take(packet) {
    const sequence = packet.readUInt16BE(2);
    if (this.#first === undefined) this.#first = this.#highest = sequence;
    const step = (sequence - this.#highest + 0x10000 + halfCycle) % 0x10000 - halfCycle;
    if (step > 0) this.#highest += step;
    this.received++;
    this.bytes += packet.length;
    this.lastAt = performance.timeOrigin + performance.now();
  }

  /** How many the sender made between the first and the newest that came. */
  get expected() {
    return this.#first === undefined ? 0 : this.#highest - this.#first + 1;
  }
}
