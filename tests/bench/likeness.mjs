// SPDX-License-Identifier: Apache-2.0
// How much of a voice is in what was heard, and how much it is still like itself: piece by piece, since a jitter buffer
// stretches time.

import { thinned } from '../support/chirp.mjs';

const searchRate = 4000;
const pieceRate = 8000;
const pieceSeconds = 0.25;
/** By how much a piece may be elsewhere than all of it. */
const stretchSeconds = 0.06;

/**
 * @param {Float32Array} voice @param {number} from @param {number} count
 * @param {Float32Array} heard @param {number} lag
 */
function compare(voice, from, count, heard, lag) {
  let [product, own, other] = [0, 1e-12, 1e-12];
  for (let i = Math.max(from, -lag); i < Math.min(from + count, heard.length - lag, voice.length); i++) {
    product += voice[i] * heard[i + lag];
    own += voice[i] ** 2;
    other += heard[i + lag] ** 2;
  }
  return { product, own, other, likeness: Math.abs(product) / Math.sqrt(own * other) };
}

/**
 * @param {Float32Array} voice @param {Float32Array} heard both at `rate`; the voice may begin anywhere in it
 * @param {number} rate
 * @returns {{ likeness: number, db: number }} `likeness`: 0 to 1; `db`: of what is like it, to the voice itself
 */
export function likenessOf(voice, heard, rate) {
  const search = [voice, heard].map((samples) => thinned(samples, rate / searchRate));
  let best = { product: 0, lag: 0 };
  for (let lag = -searchRate; lag < 3 * searchRate; lag++) {
    const product = Math.abs(compare(search[0], 0, search[0].length, search[1], lag).product);
    if (product > best.product) best = { product, lag };
  }
  const [own, other] = [voice, heard].map((samples) => thinned(samples, rate / pieceRate));
  const middle = Math.round((best.lag * pieceRate) / searchRate);
  const reach = Math.round(stretchSeconds * pieceRate);
  const count = Math.round(pieceSeconds * pieceRate);
  let [energy, alike, weighed] = [1e-12, 1e-12, 0];
  for (let from = Math.max(0, -middle); from + count < Math.min(own.length, other.length - middle - reach); from += count) {
    let piece = compare(own, from, count, other, middle);
    for (let lag = middle - reach; lag <= middle + reach; lag++) {
      const one = compare(own, from, count, other, lag);
      if (one.likeness > piece.likeness) piece = one;
    }
    energy += piece.own;
    alike += piece.product ** 2 / piece.own;
    weighed += piece.likeness * piece.own;
  }
  return { likeness: weighed / energy, db: 10 * Math.log10(alike / energy) };
}
