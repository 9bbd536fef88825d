// SPDX-License-Identifier: Apache-2.0
// What is said about talking in one session: the wish goes out, what comes of it comes in, each thing once. No DOM.
import type { Clock } from './clock';
import type { DeviceMessage, ResultMessage, SessionId, TalkMessage, ViewerMessage } from './signaling-messages';

/** Within this time the same end is told over the other way, too; a next turn does not end as fast. */
const kSameEnd = 1000;

export type TalkNews =
  | { name: 'granted' }
  /** `position`: among those who wait, from 1. */
  | { name: 'pending'; position: number }
  /** `reason`: one of talkEnds, or what a newer device says. */
  | { name: 'ended'; reason: string }
  /** `code`: of the device's errors. */
  | { name: 'refused'; code: string };

export class TalkLine {
  private calls = 0;
  /** The wish to talk that has no answer yet. */
  private asked: string | undefined;
  private lastEnd = { reason: '', at: -Infinity };

  constructor(
    private readonly session: SessionId,
    /** False: it could not be sent. */
    private readonly send: (message: ViewerMessage) => boolean,
    private readonly clock: Clock,
  ) {}

  ask(isWanted: boolean): boolean {
    // Over the link all sessions' answers come, so that the id says of which it is.
    const id = `talk-${this.session}-${(this.calls += 1)}`;
    const isSent = this.send({ type: 'command', id, name: 'talk', arguments: { session: this.session, on: isWanted } });
    this.asked = isSent && isWanted ? id : undefined;
    return isSent;
  }

  /** Undefined: it is not about this, or is known already. */
  take(message: DeviceMessage): TalkNews | undefined {
    if (message.type === 'result') return this.afterResult(message);
    return message.type === 'talk' && message.session === this.session ? this.afterTalk(message) : undefined;
  }

  private afterResult(message: ResultMessage): TalkNews | undefined {
    if (message.id !== this.asked) return undefined;
    this.asked = undefined;
    if (!message.ok) return { name: 'refused', code: message.error.code };
    const { state, position } = message.value ?? {};
    return turnOf(state, position) ?? { name: 'refused', code: 'internal' };
  }

  private afterTalk({ state, position, reason = '' }: TalkMessage): TalkNews | undefined {
    return state === 'ended' ? this.afterEnd(reason) : turnOf(state, position);
  }

  private afterEnd(reason: string): TalkNews | undefined {
    // What ends before the answer is the turn before.
    if (this.asked !== undefined) return undefined;
    const { lastEnd } = this;
    this.lastEnd = { reason, at: this.clock.now() };
    const isSame = reason === lastEnd.reason && this.clock.now() - lastEnd.at < kSameEnd;
    return isSame ? undefined : { name: 'ended', reason };
  }
}

function turnOf(state: unknown, position: unknown): TalkNews | undefined {
  if (state === 'granted') return { name: 'granted' };
  return state === 'pending' ? { name: 'pending', position: typeof position === 'number' ? position : 1 } : undefined;
}
