// SPDX-License-Identifier: Apache-2.0
// The picture in a small window over other windows; each of the two ways that browsers have for it.

/** Safari before it took up the standard. */
interface WebkitVideo {
  webkitSupportsPresentationMode?: (mode: string) => boolean;
  webkitPresentationMode?: string;
  webkitSetPresentationMode?: (mode: string) => void;
}

const kMode = 'picture-in-picture';
const kWebkitEvent = 'webkitpresentationmodechanged';

export function canPictureInPicture(video: HTMLVideoElement): boolean {
  if (document.pictureInPictureEnabled === true && 'requestPictureInPicture' in video) return true;
  return (video as WebkitVideo).webkitSupportsPresentationMode?.(kMode) === true;
}

export function isInPictureInPicture(video: HTMLVideoElement): boolean {
  // In the shadow tree, the document itself names only the outermost host.
  const root = video.getRootNode() as Partial<ShadowRoot>;
  return root.pictureInPictureElement === video || (video as WebkitVideo).webkitPresentationMode === kMode;
}

/** Whether it is there, or gone, as was wished; not so where the browser refuses, for want of a touch or of a picture. */
export async function togglePictureInPicture(video: HTMLVideoElement): Promise<boolean> {
  const isIn = isInPictureInPicture(video);
  try {
    if (!('requestPictureInPicture' in video)) {
      (video as WebkitVideo).webkitSetPresentationMode?.(isIn ? 'inline' : kMode);
    } else if (isIn) {
      await document.exitPictureInPicture();
    } else {
      await (video as HTMLVideoElement).requestPictureInPicture();
    }
    return true;
  } catch {
    return false;
  }
}

/** Calls `onChange` whenever the video goes there or comes back. */
export function watchPictureInPicture(video: HTMLVideoElement, onChange: () => void): void {
  for (const name of ['enterpictureinpicture', 'leavepictureinpicture', kWebkitEvent]) {
    video.addEventListener(name, onChange);
  }
}
