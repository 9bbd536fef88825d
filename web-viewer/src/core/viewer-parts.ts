// SPDX-License-Identifier: Apache-2.0
// What a viewer is made of: everything that a browser gives it, and a test may replace.
import type { Clock, Random } from './clock';
import type { FrameSource } from './frame-source';
import type { PeerConnection } from './peer-session';
import type { SignalingLink } from './signaling-link';
import type { CameraId, SessionId } from './signaling-messages';
import type { Problem } from './viewer-problem';

/** Remembers a session across a reload of the page, so that the new page can replace it. */
export interface SessionMemory {
  take(camera: CameraId): SessionId | undefined;
  keep(camera: CameraId, session: SessionId): void;
}

export interface ViewerParts {
  link: SignalingLink;
  connect: (configuration: RTCConfiguration) => PeerConnection;
  frames: FrameSource;
  memory: SessionMemory;
  clock: Clock;
  random: Random;
  newSessionId: () => SessionId;
  /** What this browser lacks, if anything: then nothing is tried. */
  lack: Problem | undefined;
  /** See SessionParts. */
  isToLook?: boolean;
}
