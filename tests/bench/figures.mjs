// SPDX-License-Identifier: Apache-2.0
// Numbers about numbers.

/**
 * The value below which a share of the values lies, between neighbours in proportion.
 * @param {number[]} values not empty
 * @param {number} share 0 to 1
 */
export function quantile(values, share) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (sorted.length - 1) * share;
  const low = Math.floor(at);
  const high = Math.ceil(at);
  return sorted[low] + (sorted[high] - sorted[low]) * (at - low);
}

/** @param {number[]} values not empty */
export const median = (values) => quantile(values, 0.5);

/** @param {number[]} values not empty */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * What each further x adds to y: least squares.
 * @param {[x: number, y: number][]} points at least two different x
 */
export function slope(points) {
  const meanX = mean(points.map(([x]) => x));
  const meanY = mean(points.map(([, y]) => y));
  const covariance = mean(points.map(([x, y]) => (x - meanX) * (y - meanY)));
  const variance = mean(points.map(([x]) => (x - meanX) ** 2));
  return covariance / variance;
}
