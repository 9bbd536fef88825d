// SPDX-License-Identifier: Apache-2.0
// What is written into other programs so that they show a camera: addresses with a key in their path, and lines with them.
import type { CameraInfo } from './signaling-messages';
import { snapshotAddress, whepAddress } from './whep-channel';

/** What a line is for; each has its words on the page. */
export type Elsewhere = 'whep' | 'snapshot' | 'obs' | 'gstreamer' | 'element' | 'frame';

export interface ElsewhereLine {
  use: Elsewhere;
  text: string;
}

/** The payload type is this pipeline's own choice: what counts is that the player names H.264 at all. */
const kCaps = 'application/x-rtp,media=video,encoding-name=H264,payload=127,clock-rate=90000';

/** `origin`: of the device as it is called from where the line will be used. Nothing in these needs quoting in a shell. */
export function elsewhereLines(origin: string, key: string, camera: Pick<CameraInfo, 'id' | 'name'>): ElsewhereLine[] {
  const source = { origin, key, camera: camera.id };
  const whep = whepAddress(source);
  const embedded = `${origin}/?${new URLSearchParams({ camera: camera.id })}&embed#key=${key}`;
  return [
    { use: 'whep', text: whep },
    { use: 'snapshot', text: snapshotAddress(source) },
    { use: 'obs', text: embedded },
    {
      use: 'gstreamer',
      text: `gst-launch-1.0 whepsrc whep-endpoint=${whep} video-caps="${kCaps}" ! rtph264depay ! decodebin ! videoconvert`
        + ' ! autovideosink',
    },
    {
      use: 'element',
      text: `<script type="module" src="${origin}/fanlight-camera.js"></script>\n`
        + `<fanlight-camera src="${origin}" camera="${camera.id}" key="${key}" name="${escaped(camera.name)}"></fanlight-camera>`,
    },
    {
      use: 'frame',
      text: `<iframe src="${escaped(embedded)}" title="${escaped(camera.name)}" width="640" height="360" allow="fullscreen">`
        + '</iframe>',
    },
  ];
}

/** For an attribute in HTML: a name may be anything. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
