// SPDX-License-Identifier: Apache-2.0
// Which way signaling goes: a WebSocket where there can be one, else HTTPS. Remembers for the page's life what works.
import { ChannelRace } from './channel-race';
import type { Clock } from './clock';
import type { SignalingChannel } from './signaling-channel';

/** A WebSocket that is blocked without a word has cost this much when HTTPS is tried beside it. */
export const kHeadStart = 2000;
/** Where one has worked before, a WebSocket that does not open is the network's fault, up to this many in a row. */
export const kFailuresToDoubt = 3;

export class ChannelChoice {
  private webSocketWorked = false;
  private httpsWorked = false;
  /** WebSockets in a row that brought nothing. */
  private failures = 0;

  constructor(
    private readonly make: { webSocket: () => SignalingChannel; https: () => SignalingChannel },
    private readonly clock: Clock,
  ) {}

  open(): SignalingChannel {
    if (this.httpsWorked && !this.webSocketWorked) return this.make.https();
    const race = new ChannelRace(() => cancelHeadStart());
    const cancelHeadStart = this.clock.after(kHeadStart, () => this.joinHttps(race));
    const onWin = () => {
      this.webSocketWorked = true;
      this.failures = 0;
    };
    const onLost = () => {
      this.failures += 1;
      if (this.isWebSocketInDoubt) this.joinHttps(race);
    };
    race.join('WebSocket', this.make.webSocket(), { onWin, onLost });
    return race;
  }

  private joinHttps(race: ChannelRace): void {
    if (race.has('HTTPS')) return;
    race.join('HTTPS', this.make.https(), { onWin: () => (this.httpsWorked = true), onLost: () => {} });
  }

  private get isWebSocketInDoubt(): boolean {
    return !this.webSocketWorked || this.failures >= kFailuresToDoubt;
  }
}
