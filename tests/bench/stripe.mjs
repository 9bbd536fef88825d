// SPDX-License-Identifier: Apache-2.0
// The machine-readable clock of the test picture, read back; its layout stands in src/media/clock_stripe.h.

/**
 * Reads a stripe from one row of luma. It runs in the browser too, so it uses nothing from outside.
 * @param {ArrayLike<number>} luma
 * @param {number} width
 * @param {number} now milliseconds since 1970: the stripe's clock starts again every 55.7 years
 * @returns {{ time: number, frame: number } | null} milliseconds since 1970; null where the check bits do not fit
 */
export function readStripe(luma, width, now) {
  const timeBits = 44;
  const frameBits = 16;
  const checkBits = 8;
  const cells = timeBits + frameBits + checkBits;
  const unitsPerMs = 10;
  const threshold = 126;

  const number = (/** @type {number} */ from, /** @type {number} */ count) => {
    let value = 0;
    for (let i = from; i < from + count; i++) {
      value = value * 2 + (luma[Math.floor(((i + 0.5) * width) / cells)] > threshold ? 1 : 0);
    }
    return value;
  };
  const crc8 = (/** @type {number[]} */ bytes) => {
    let crc = 0xff;
    for (const byte of bytes) {
      crc ^= byte;
      for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? ((crc << 1) ^ 0x07) & 0xff : crc << 1;
    }
    return crc;
  };

  // 60 bits with four zero bits in front are eight bytes: the first holds four of them.
  const bytes = [number(0, 4)];
  for (let from = 4; from < timeBits + frameBits; from += 8) bytes.push(number(from, 8));
  if (crc8(bytes) !== number(timeBits + frameBits, checkBits)) return null;
  const cycle = 2 ** timeBits;
  const units = number(0, timeBits);
  const cyclesBefore = Math.round((now * unitsPerMs - units) / cycle);
  return { time: (units + cyclesBefore * cycle) / unitsPerMs, frame: number(timeBits, frameBits) };
}
