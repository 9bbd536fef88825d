// SPDX-License-Identifier: Apache-2.0
// That somebody rings, to be heard and felt where the browser allows that: after a first touch of the page.

/** Two tones, one after the other: hertz, and when they begin, in seconds. */
const tones = [[659, 0], [523, 0.45]] as const;
const kToneLasts = 1.4;
const kLoudness = 0.35;
/** On and off, in milliseconds. */
const pulses = [250, 120, 250];

export function chime(): void {
  // Asked before that, a browser refuses, and writes that down as a fault of the page.
  if (navigator.userActivation?.hasBeenActive === false) return;
  navigator.vibrate?.(pulses);
  const context = new AudioContext();
  const ends = tones.map(([frequency, begin]) => playTone(context, frequency, begin));
  void Promise.all(ends).then(() => context.close());
}

function playTone(context: AudioContext, frequency: number, begin: number): Promise<unknown> {
  const from = context.currentTime + begin;
  const gain = new GainNode(context, { gain: 0 });
  gain.gain.setValueAtTime(kLoudness, from);
  gain.gain.exponentialRampToValueAtTime(0.001, from + kToneLasts);
  const tone = new OscillatorNode(context, { frequency });
  tone.connect(gain).connect(context.destination);
  tone.start(from);
  tone.stop(from + kToneLasts);
  return new Promise((resolve) => tone.addEventListener('ended', resolve, { once: true }));
}
