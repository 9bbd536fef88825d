// SPDX-License-Identifier: Apache-2.0
// A video file that a camera of source "file" passes through: colour bars, two seconds, an IDR each second.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** @param {string} file @param {{ width: number, height: number }} size */
export async function makeVideo(file, { width, height }) {
  const encode = ['x264enc', 'tune=zerolatency', 'key-int-max=30', 'bframes=0', '!', 'video/x-h264,profile=constrained-baseline'];
  await promisify(execFile)('gst-launch-1.0', [
    ...['-q', 'videotestsrc', 'num-buffers=60', '!', `video/x-raw,width=${width},height=${height},framerate=30/1`],
    ...['!', ...encode, '!', 'h264parse', '!', 'mp4mux', '!', 'filesink', `location=${file}`],
  ]);
}
