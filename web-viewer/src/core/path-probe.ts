// SPDX-License-Identifier: Apache-2.0
// Whether the way that media takes still leads to the device: it is asked on that very way, by the data channel. No DOM.
import type { DeviceMessage, SessionId, ViewerMessage } from './signaling-messages';

/** An answer takes a round trip, and a second one where its packet is lost on the way. Milliseconds. */
export const kProbeTimeout = 1500;

/** silent: it was asked, and does not answer. */
export type PathState = 'unknown' | 'asked' | 'heard' | 'silent';

export class PathProbe {
  private asks = 0;
  private asked: { id: string; at: number } | undefined;
  private wasHeard = false;

  constructor(
    private readonly session: SessionId,
    /** Over the data channel alone. False: it is not open. */
    private readonly send: (message: ViewerMessage) => boolean,
  ) {}

  /** Once in each pause. */
  ask(now: number): void {
    if (this.asked || this.wasHeard) return;
    const id = `ping-${this.session}-${(this.asks += 1)}`;
    if (this.send({ type: 'command', id, name: 'ping' })) this.asked = { id, at: now };
  }

  take(message: DeviceMessage): void {
    if (message.type !== 'result' || message.id !== this.asked?.id) return;
    // Whatever it says: an older device knows no such command.
    this.asked = undefined;
    this.wasHeard = true;
  }

  /** A picture has come: what was known before is of no more use. */
  forget(): void {
    this.asked = undefined;
    this.wasHeard = false;
  }

  state(now: number): PathState {
    if (this.asked) return now - this.asked.at > kProbeTimeout ? 'silent' : 'asked';
    return this.wasHeard ? 'heard' : 'unknown';
  }
}
