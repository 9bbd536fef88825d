// SPDX-License-Identifier: Apache-2.0
// Full screen of an element; where a browser has it for videos only, of its video.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

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

/** Has an element drawn anew when its full screen begins or ends. */
export class FullScreenWatch implements ReactiveController {
  private readonly onChange = () => this.host.requestUpdate();

  constructor(private readonly host: ReactiveControllerHost & Element) {
    host.addController(this);
  }

  /** Of a document's own `fullscreenElement` only the outermost element is told, whose shadow the host may be in. */
  get isFullScreen(): boolean {
    return this.host.matches(':fullscreen');
  }

  hostConnected(): void {
    document.addEventListener('fullscreenchange', this.onChange);
  }

  hostDisconnected(): void {
    document.removeEventListener('fullscreenchange', this.onChange);
  }
}
