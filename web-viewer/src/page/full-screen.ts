// SPDX-License-Identifier: Apache-2.0
// Full screen of an element; where a browser has it for videos only, of its video.

/** Safari on the iPhone. */
interface VideoOnly {
  webkitEnterFullscreen?: () => void;
}

export function canFullScreen(video: HTMLVideoElement): boolean {
  return document.fullscreenEnabled === true || (video as VideoOnly).webkitEnterFullscreen !== undefined;
}

export async function toggleFullScreen(element: HTMLElement, video: HTMLVideoElement | undefined): Promise<void> {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else if (document.fullscreenEnabled) await element.requestFullscreen({ navigationUI: 'hide' });
    else (video as VideoOnly | undefined)?.webkitEnterFullscreen?.();
  } catch {
    // Refused, for want of a touch or of a picture: everything stays as it was.
  }
}
