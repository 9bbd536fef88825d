// SPDX-License-Identifier: Apache-2.0
// A device as another page has it: by a key, without its cookie, without anything that is remembered in that page.
import type { Fetch } from '../core/access-client';
import { browserClock } from '../core/clock';
import { isLoopback } from '../core/link-fragment';
import { fetchStill } from '../core/poster';
import { SignalingLink } from '../core/signaling-link';
import { TurnQueue } from '../core/turn-queue';
import { snapshotAddress, WhepChannel, type WhepSessions, type WhepSource } from '../core/whep-channel';
import { browserParts } from '../page/browser-parts';
import { LiveCamera } from '../page/live-camera';

/** A key is in the address; nothing else says who is asking, nor where. */
const keyFetch: Fetch = (url, request) => fetch(url, { ...request, credentials: 'omit', referrerPolicy: 'no-referrer' });

const noMemory = { take: () => undefined, keep: () => {} };

export interface EmbeddedCamera {
  live: LiveCamera;
  /** Tries again what was refused. */
  open(): void;
  end(): void;
}

/** Begins at once. */
export function openCamera(source: WhepSource): EmbeddedCamera {
  const sessions: WhepSessions = new Map();
  const openChannel = () => new WhepChannel(source, keyFetch, browserClock, sessions);
  const link = new SignalingLink(openChannel, browserClock, Math.random);
  const live = new LiveCamera({
    parts: (video) => ({ ...browserParts(link, video), memory: noMemory, isToLook: true }),
    poster: () => fetchStill(keyFetch, browserClock, snapshotAddress(source)),
  }, source.camera, new TurnQueue(browserClock, 1, 0));
  link.open();
  const hold = live.hold();
  return {
    live,
    open: () => link.open(),
    end: () => {
      // Says goodbye over the link.
      hold.end();
      link.close();
    },
  };
}

/** Undefined: it is no address. */
export function originOf(src: string | undefined): string | undefined {
  try {
    const { protocol, origin } = new URL(src || import.meta.url, document.baseURI);
    return protocol === 'http:' || protocol === 'https:' ? origin : undefined;
  } catch {
    return undefined;
  }
}

/** A page that came by HTTPS may fetch nothing by plain HTTP, but from this very machine. */
export function isWithheld(origin: string): boolean {
  return location.protocol === 'https:' && origin.startsWith('http:') && !isLoopback(new URL(origin).hostname);
}
