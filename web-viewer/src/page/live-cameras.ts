// SPDX-License-Identifier: Apache-2.0
// The page's cameras, each made once: what a tile has begun goes on edge to edge, and the other way round.
import { browserClock } from '../core/clock';
import { fetchPoster } from '../core/poster';
import type { SignalingLink } from '../core/signaling-link';
import type { CameraId } from '../core/signaling-messages';
import { TurnQueue } from '../core/turn-queue';
import { browserParts, pageFetch } from './browser-parts';
import { LiveCamera } from './live-camera';

/** Each offer is followed by candidates, and the device counts messages. */
const kAtOnce = 4;
const kTurn = 300;

export class LiveCameras {
  private readonly known = new Map<CameraId, LiveCamera>();
  private readonly turns = new TurnQueue(browserClock, kAtOnce, kTurn);

  constructor(private readonly link: SignalingLink) {}

  camera(id: CameraId): LiveCamera {
    const camera = this.known.get(id) ?? this.begin(id);
    this.known.set(id, camera);
    return camera;
  }

  private begin(id: CameraId): LiveCamera {
    const { link } = this;
    return new LiveCamera({
      parts: (video) => browserParts(link, video),
      poster: () => fetchPoster(pageFetch, browserClock, id, link.token),
    }, id, this.turns);
  }

  /** Forgets all pictures: somebody else may be looking. Who still holds a camera goes on with it alone. */
  forget(): void {
    this.known.clear();
  }
}
