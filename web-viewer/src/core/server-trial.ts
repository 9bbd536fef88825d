// SPDX-License-Identifier: Apache-2.0
// One URL of a STUN or TURN server, asked by a peer connection of its own, which has no other and leads nowhere. No DOM.
import type { Clock } from './clock';
import type { PeerConnection } from './peer-session';
import { isRelay, judgeServer, type BrowserFinding, type ServerFacts } from './server-check';

/** What has not answered by then holds nobody up any longer. */
export const kServerPatience = 8000;

export interface TrialParts {
  connect: (configuration: RTCConfiguration) => PeerConnection;
  clock: Clock;
}

export interface TrialServer {
  url: string;
  username?: string;
  credential?: string;
}

export class ServerTrial {
  private readonly began: number;
  private readonly candidates: { candidate: string; after: number }[] = [];
  private readonly errors: { code: number; text: string }[] = [];
  private peer: PeerConnection | undefined;
  private cancelTimer = () => {};
  private tell: ((finding: BrowserFinding) => void) | undefined;

  constructor(
    private readonly parts: TrialParts,
    private readonly server: TrialServer,
  ) {
    this.began = parts.clock.now();
  }

  /** Once. After close() nothing comes of it. */
  run(): Promise<BrowserFinding> {
    return new Promise((resolve) => {
      this.tell = resolve;
      this.cancelTimer = this.parts.clock.after(kServerPatience, () => this.end({ isComplete: false }));
      void this.gather();
    });
  }

  /** Idempotent. */
  close(): void {
    this.tell = undefined;
    this.cancelTimer();
    if (!this.peer) return;
    this.peer.onicecandidate = null;
    this.peer.onicecandidateerror = null;
    this.peer.close();
    this.peer = undefined;
  }

  private async gather(): Promise<void> {
    const { url, ...login } = this.server;
    const iceTransportPolicy = isRelay(url) ? 'relay' : 'all';
    try {
      const peer = this.parts.connect({ iceServers: [{ urls: url, ...login }], iceTransportPolicy });
      this.peer = peer;
      peer.onicecandidate = ({ candidate }) => this.take(candidate);
      peer.onicecandidateerror = ({ errorCode, errorText }) => this.takeError(errorCode, errorText);
      peer.createDataChannel('check');
      const offer = await peer.createOffer();
      if (this.peer) await peer.setLocalDescription(offer);
    } catch (error) {
      // Not its message, which may repeat what it was given.
      this.end({ isComplete: true, exception: error instanceof Error ? error.name : '' });
    }
  }

  /** null, or an empty candidate: there are no more. */
  private take(candidate: RTCIceCandidate | null): void {
    if (!candidate?.candidate) return this.end({ isComplete: true });
    this.candidates.push({ candidate: candidate.candidate, after: this.elapsed });
    const finding = judgeServer(this.facts({ isComplete: false }));
    if (finding.verdict === 'ok') this.end({ isComplete: false });
  }

  private takeError(code: number, text = ''): void {
    const { username, credential } = this.server;
    const isTelling = [username, credential].some((secret) => secret && text.includes(secret));
    this.errors.push({ code, text: isTelling ? '' : text });
  }

  private get elapsed(): number {
    return this.parts.clock.now() - this.began;
  }

  private facts(end: Pick<ServerFacts, 'isComplete' | 'exception'>): ServerFacts {
    const { server: { url }, candidates, errors, elapsed: duration } = this;
    return { url, candidates, errors, duration, ...end };
  }

  private end(how: Pick<ServerFacts, 'isComplete' | 'exception'>): void {
    const { tell } = this;
    this.close();
    tell?.(judgeServer(this.facts(how)));
  }
}
