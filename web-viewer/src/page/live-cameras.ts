// SPDX-License-Identifier: Apache-2.0
// The page's cameras, each made once: what a tile has begun goes on edge to edge, and the other way round.
import { browserClock } from '../core/clock';
import type { SignalingLink } from '../core/signaling-link';
import type { CameraId } from '../core/signaling-messages';
import { TurnQueue } from '../core/turn-queue';
import { LiveCamera } from './live-camera';

/** Each offer is followed by candidates, and the device counts messages. */
const kAtOnce = 4;
const kTurn = 300;

export class LiveCameras {
  private readonly known = new Map<CameraId, LiveCamera>();
  private readonly turns = new TurnQueue(browserClock, kAtOnce, kTurn);

  constructor(private readonly link: SignalingLink) {}

  camera(id: CameraId): LiveCamera {
    const camera = this.known.get(id) ?? new LiveCamera(this.link, id, this.turns);
    this.known.set(id, camera);
    return camera;
  }

  /** Forgets all pictures: somebody else may be looking. Who still holds a camera goes on with it alone. */
  forget(): void {
    this.known.clear();
  }
}
