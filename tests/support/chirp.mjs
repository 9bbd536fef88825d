// SPDX-License-Identifier: Apache-2.0
// The test tone (src/audio/test_tone.h), and finding it in what was recorded: by how much each stretch is like it.

/** As the daemon's; the recording may have another rate. */
const tone = { from: 600, to: 2400, seconds: 0.1 };
/** Hz; twice what the chirp reaches, and room for filters. */
const searchRate = 12_000;
/** Of 1 for the tone itself, however loud. Codecs and rooms take their part. */
const leastLikeness = 0.6;

/** @param {number} rate @returns {Float32Array} */
export function chirp(rate) {
  const samples = new Float32Array(Math.round(tone.seconds * rate));
  const sweep = (tone.to - tone.from) / tone.seconds;
  return samples.map((_, i) => {
    const t = i / rate;
    const window = 0.5 - 0.5 * Math.cos((2 * Math.PI * i) / samples.length);
    return window * Math.sin(2 * Math.PI * (tone.from * t + (sweep * t * t) / 2));
  });
}

/** The mean of each few samples, which is a low pass that is good enough here. @param {Float32Array} samples @param {number} by */
export function thinned(samples, by) {
  const thin = new Float32Array(Math.floor(samples.length / by));
  for (let i = 0; i < thin.length; i++) {
    for (let j = 0; j < by; j++) thin[i] += samples[i * by + j] / by;
  }
  return thin;
}

/** How much the stretch from `at` on is like the template. @param {Float32Array} samples @param {number} at @param {Float32Array} template @param {number} energy of the template */
function likeness(samples, at, template, energy) {
  let product = 0;
  let own = 0;
  for (let i = 0; i < template.length; i++) {
    product += samples[at + i] * template[i];
    own += samples[at + i] ** 2;
  }
  return own < 1e-6 ? 0 : product / Math.sqrt(own * energy);
}

/**
 * Where the tone, or another sound, begins in a recording.
 * @param {Float32Array} samples @param {number} rate a multiple of 12 kHz
 * @param {Float32Array} [sound] what to look for, as long as the tone
 * @returns {{ at: number, likeness: number }[]} `at`: seconds from the recording's beginning
 */
export function findChirps(samples, rate, sound = chirp(rate)) {
  const thin = thinned(samples, rate / searchRate);
  const template = thinned(sound, rate / searchRate);
  const energy = template.reduce((sum, sample) => sum + sample ** 2, 0);
  /** @type {{ at: number, likeness: number }[]} */
  const found = [];
  for (let i = 0; i + template.length <= thin.length; i++) {
    const like = likeness(thin, i, template, energy);
    if (like < leastLikeness) continue;
    const last = found.at(-1);
    const at = i / searchRate;
    // The best of those that lie in one tone's length.
    if (!last || at - last.at > tone.seconds) found.push({ at, likeness: like });
    else if (like > last.likeness) Object.assign(last, { at, likeness: like });
  }
  return found;
}
