// SPDX-License-Identifier: Apache-2.0
// Whether the way that media takes still leads to the device: it is asked on that very way, by the data channel. No DOM.
import type { DeviceMessage, SessionId, ViewerMessage } from './signaling-messages';

/** An answer takes a round trip, and where a packet is lost SCTP's timeout of up to a second more. Milliseconds. */
export const kProbeTimeout = 1500;
/** An answer says nothing of what comes later than this. */
const kHeardFor = 2000;

/** silent: it was asked, and does not answer. */
export type PathState = 'unknown' | 'asked' | 'heard' | 'silent';

export class PathProbe {
  private asks = 0;
  private asked: { id: string; at: number } | undefined;
  private heardAt: number | undefined;

  constructor(
    private readonly session: SessionId,
    /** Over the data channel alone. False: it is not open. */
    private readonly send: (message: ViewerMessage) => boolean,
  ) {}

  /** Once while an answer is awaited, and while one counts. */
  ask(now: number): void {
    if (this.asked || (this.heardAt !== undefined && now - this.heardAt < kHeardFor)) return;
    const id = `ping-${this.session}-${(this.asks += 1)}`;
    if (this.send({ type: 'command', id, name: 'ping' })) this.asked = { id, at: now };
  }

  take(message: DeviceMessage, now: number): void {
    if (message.type !== 'result' || message.id !== this.asked?.id) return;
    // Whatever it says: an older device knows no such command.
    this.asked = undefined;
    this.heardAt = now;
  }

  /** What was known before is of no more use: a picture has come, or there is a new reason to doubt. */
  forget(): void {
    this.asked = undefined;
    this.heardAt = undefined;
  }

  state(now: number): PathState {
    if (this.asked && now - this.asked.at > kProbeTimeout) return 'silent';
    if (this.heardAt !== undefined) return 'heard';
    return this.asked ? 'asked' : 'unknown';
  }
}
