// SPDX-License-Identifier: Apache-2.0
// The browser's side of what a viewer needs.
import type { Fetch } from '../core/access-client';
import { ChannelChoice } from '../core/channel-choice';
import { browserClock } from '../core/clock';
import { videoFrames } from '../core/frame-source';
import { HttpsChannel } from '../core/https-channel';
import { Microphone, type DeviceMemory } from '../core/microphone';
import type { PeerConnection } from '../core/peer-session';
import { signalingUrls, WebSocketChannel } from '../core/signaling-channel';
import type { SignalingLink } from '../core/signaling-link';
import type { SessionId } from '../core/signaling-messages';
import type { SessionMemory, ViewerParts } from '../core/viewer-parts';

export function browserParts(link: SignalingLink, video: HTMLVideoElement): ViewerParts {
  return {
    link,
    connect: connectPeer,
    frames: videoFrames(video, browserClock),
    memory: reloadMemory,
    clock: browserClock,
    random: Math.random,
    newSessionId,
    lack: whatIsLacking(),
  };
}

export function connectPeer(configuration: RTCConfiguration): PeerConnection {
  return new RTCPeerConnection(configuration);
}

/** Of the whole page: there is one person before it. */
export function pageMicrophone(): Microphone {
  const devices: MediaDevices | undefined = navigator.mediaDevices;
  return new Microphone({ capture: devices && captureVoice, isSecure: isSecureContext, memory: deviceMemory('microphone'), clock: browserClock });
}

async function captureVoice(wish: MediaTrackConstraints): Promise<MediaStreamTrack> {
  const [track] = (await navigator.mediaDevices.getUserMedia({ audio: wish })).getAudioTracks();
  if (!track) throw new DOMException('', 'NotFoundError');
  track.contentHint = 'speech';
  return track;
}

/** Bound to the window, which it insists on. */
export const pageFetch: Fetch = (url, request) => fetch(url, request);

/** `token`: who is asking, where the browser's cookie does not say so. */
export function channelChoice(token: () => string | undefined): ChannelChoice {
  const urls = signalingUrls(location);
  return new ChannelChoice({
    webSocket: () => new WebSocketChannel(urls.webSocket),
    https: () => new HttpsChannel(urls.https, token(), pageFetch, browserClock),
  }, browserClock);
}

/** 22 characters, 132 bits: nobody guesses it. */
function newSessionId(): SessionId {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-';
  const bytes = crypto.getRandomValues(new Uint8Array(22));
  return Array.from(bytes, (byte) => alphabet.charAt(byte & 63)).join('');
}

/** Of what video takes. */
export function whatIsLacking(): 'no-webrtc' | 'no-h264' | undefined {
  if (typeof RTCPeerConnection === 'undefined') return 'no-webrtc';
  const codecs = RTCRtpReceiver.getCapabilities?.('video')?.codecs;
  // A browser that does not tell is given the chance: the device then says whether it can be served.
  if (!codecs) return undefined;
  return codecs.some(({ mimeType }) => mimeType.toLowerCase() === 'video/h264') ? undefined : 'no-h264';
}

/** Ids that the browser makes up for this page alone. */
export function deviceMemory(kind: 'microphone' | 'speaker'): DeviceMemory {
  const key = `fanlight.${kind}`;
  return {
    take: () => withStorage(() => localStorage.getItem(key)) ?? undefined,
    keep: (device) => withStorage(() => (device === undefined ? localStorage.removeItem(key) : localStorage.setItem(key, device))),
  };
}

const kMemoryKey = 'fanlight.session.';

const reloadMemory: SessionMemory = {
  take: (camera) => {
    // A copy of the tab has the same memory, but must leave the session to the tab that it is a copy of.
    const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
    if (navigation?.type !== 'reload') return undefined;
    return withStorage(() => sessionStorage.getItem(kMemoryKey + camera)) ?? undefined;
  },
  keep: (camera, session) => withStorage(() => sessionStorage.setItem(kMemoryKey + camera, session)),
};

/** Storage may be forbidden; then a reload is simply not recognised, and a choice is the page's. */
function withStorage<Value>(use: () => Value): Value | undefined {
  try {
    return use();
  } catch {
    return undefined;
  }
}
