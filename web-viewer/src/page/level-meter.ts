// SPDX-License-Identifier: Apache-2.0
// How loud a track is, with each picture that the browser draws, as long as there is one to hear.
import { peakOf } from '../core/voice-level';

/** At 48 kHz longer than from one picture to the next. */
const kSamples = 2048;

export class LevelMeter {
  private track: MediaStreamTrack | undefined;
  private context: AudioContext | undefined;
  private frame = 0;

  constructor(private readonly onPeak: (peak: number) => void) {}

  /** Undefined: nothing is measured, and nothing runs. */
  watch(track: MediaStreamTrack | undefined): void {
    if (track === this.track) return;
    this.track = track;
    cancelAnimationFrame(this.frame);
    void this.context?.close();
    this.context = track && new AudioContext();
    if (track && this.context) this.begin(this.context, track);
  }

  private begin(context: AudioContext, track: MediaStreamTrack): void {
    const analyser = new AnalyserNode(context, { fftSize: kSamples });
    context.createMediaStreamSource(new MediaStream([track])).connect(analyser);
    const samples = new Float32Array(kSamples);
    // A browser may want a touch first, and may have forgotten the one that asked for the microphone.
    void context.resume();
    const measure = () => {
      this.frame = requestAnimationFrame(measure);
      // Held up, it gives zeros, which are nobody's silence.
      if (context.state !== 'running') return;
      analyser.getFloatTimeDomainData(samples);
      this.onPeak(peakOf(samples));
    };
    this.frame = requestAnimationFrame(measure);
  }
}
