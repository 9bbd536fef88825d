// SPDX-License-Identifier: Apache-2.0
// What a browser's own search for ways has brought, and what that says where none led to the device. No DOM.
import type { IceServer } from './signaling-messages';
import type { Problem } from './viewer-problem';

/** RFC 8489's error codes; what browsers add for a server that does not answer lies beyond them. */
const kErrorCodes = { first: 300, last: 699 };

export class IceGathering {
  private readonly asksByUdp: boolean;
  private readonly kinds = new Set<string>();
  private hasHelpFar = false;
  private isRefused = false;
  private isUnanswered = false;
  private isComplete = false;

  constructor(servers: readonly IceServer[]) {
    this.asksByUdp = servers.some(({ urls }) => urls.some(isByUdp));
  }

  /** null, or an empty candidate: there are no more. */
  take(candidate: { candidate: string } | null): void {
    if (!candidate?.candidate) this.isComplete = true;
    else this.kinds.add(/ typ (\w+)/.exec(candidate.candidate)?.[1] ?? '');
  }

  /** Of the device's: that it was told of itself by a server shows that there is one. */
  takeRemote({ candidate }: { candidate: string }): void {
    if (/ typ (srflx|relay)\b/.test(candidate)) this.hasHelpFar = true;
  }

  /** W3C RTCPeerConnectionIceErrorEvent. */
  takeError({ url, errorCode }: { url: string; errorCode: number }): void {
    const isAnswer = isOfServer(errorCode);
    if (isAnswer && /^turns?:/i.test(url)) this.isRefused = true;
    if (!isAnswer && isByUdp(url)) this.isUnanswered = true;
  }

  /** Why no way was found, as far as this end can tell. */
  get problem(): Problem {
    if (this.kinds.has('relay')) return 'no-path';
    if (this.isRefused) return 'turn-refused';
    // A browser that has a public address of its own is told nothing new by a server, and is done with asking soon.
    const isUnheard = this.isUnanswered || !this.isComplete;
    return this.asksByUdp && this.hasHelpFar && !this.kinds.has('srflx') && isUnheard ? 'udp-blocked' : 'no-path';
  }
}

/** The server itself says so; else the browser, of a server that it did not hear. */
export function isOfServer(errorCode: number): boolean {
  return errorCode >= kErrorCodes.first && errorCode <= kErrorCodes.last;
}

export function isByUdp(url: string): boolean {
  return /^(stun|turn):/i.test(url) && !/transport=tcp/i.test(url);
}
