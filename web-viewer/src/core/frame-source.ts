// SPDX-License-Identifier: Apache-2.0
// Tells when a new picture was really shown: the only proof of life that the viewer believes.
import type { Clock } from './clock';

export interface FrameSource {
  /**
   * Calls `onFrame` for each new picture of `session` until the returned function is called. `since`, by the clock: what
   * came from the device before that does not count, as far as the browser can tell; undefined: it all counts.
   */
  watch(session: { statistics(): Promise<RTCStatsReport> }, onFrame: () => void, since?: number): () => void;
}

const kPollInterval = 500;
/** One that came longer ago was left from before the page stood still: no proof of anything. No decoder lags as far. */
const kOld = 5000;

/** Pictures that reach the screen in `video`; where the browser cannot tell that, pictures that it decoded. */
export function videoFrames(video: HTMLVideoElement, clock: Clock): FrameSource {
  return 'requestVideoFrameCallback' in video ? new ShownFrames(video) : new DecodedFrames(clock);
}

class ShownFrames implements FrameSource {
  constructor(private readonly video: HTMLVideoElement) {}

  watch(_session: unknown, onFrame: () => void, since = -Infinity): () => void {
    const again = (_due: number, { receiveTime = Infinity }: VideoFrameCallbackMetadata) => {
      handle = this.video.requestVideoFrameCallback(again);
      if (receiveTime >= since && performance.now() - receiveTime < kOld) onFrame();
    };
    let handle = this.video.requestVideoFrameCallback(again);
    return () => this.video.cancelVideoFrameCallback(handle);
  }
}

export class DecodedFrames implements FrameSource {
  constructor(private readonly clock: Clock) {}

  watch(session: { statistics(): Promise<RTCStatsReport> }, onFrame: () => void, since?: number): () => void {
    let stopped = false;
    let cancel = () => {};
    // Of a session that has had pictures the first count is where to begin.
    let decoded = since === undefined ? 0 : Infinity;
    const poll = async () => {
      const report = await session.statistics().catch(() => undefined);
      if (stopped) return;
      const now = report ? framesDecoded(report) : decoded;
      const isNew = now > decoded;
      decoded = now;
      cancel = this.clock.after(kPollInterval, () => void poll());
      if (isNew) onFrame();
    };
    void poll();
    return () => {
      stopped = true;
      cancel();
    };
  }
}

function framesDecoded(report: RTCStatsReport): number {
  let frames = 0;
  report.forEach((entry: { type: string; framesDecoded?: number }) => {
    if (entry.type === 'inbound-rtp') frames += entry.framesDecoded ?? 0;
  });
  return frames;
}
