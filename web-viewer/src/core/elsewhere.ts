// SPDX-License-Identifier: Apache-2.0
// What is written into other programs so that they show a camera: addresses with a key in their path, and lines with them.
import type { CameraId } from './signaling-messages';

/** What a line is for; each has its words on the page. */
export type Elsewhere = 'whep' | 'snapshot' | 'gstreamer';

export interface ElsewhereLine {
  use: Elsewhere;
  text: string;
}

/** The payload type is this pipeline's own choice: what counts is that the player names H.264 at all. */
const kCaps = 'application/x-rtp,media=video,encoding-name=H264,payload=127,clock-rate=90000';

/** `origin`: of the device as it is called from where the line will be used. Nothing in these needs quoting in a shell. */
export function elsewhereLines(origin: string, key: string, camera: CameraId): ElsewhereLine[] {
  const whep = `${origin}/k/${key}/whep/${camera}`;
  return [
    { use: 'whep', text: whep },
    { use: 'snapshot', text: `${origin}/k/${key}/cameras/${camera}/snapshot.jpg` },
    {
      use: 'gstreamer',
      text: `gst-launch-1.0 whepsrc whep-endpoint=${whep} video-caps="${kCaps}" ! rtph264depay ! decodebin ! videoconvert`
        + ' ! autovideosink',
    },
  ];
}
