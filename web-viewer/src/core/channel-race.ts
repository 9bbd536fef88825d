// SPDX-License-Identifier: Apache-2.0
// Several ways to the device tried beside each other, as one channel: the first that brings an answer is it.
import { Emitter } from './emitter';
import type { ChannelEvents, SignalingChannel } from './signaling-channel';

interface RunnerEvents {
  /** It brought the first answer. */
  onWin: () => void;
  /** It is out; where nothing has joined when this returns, and nothing else is left, all is lost. */
  onLost: () => void;
}

interface Runner extends RunnerEvents {
  channel: SignalingChannel;
  isOpen: boolean;
}

export class ChannelRace implements SignalingChannel {
  private readonly events = new Emitter<ChannelEvents>();
  private runners: Runner[] = [];
  private winner: Runner | undefined;
  /** What was said before anybody answered: each that opens later says it too. */
  private greeting: string[] = [];
  private readonly names = new Set<string>();
  private isOver = false;

  /** `onDecided`: nothing may join any more. */
  constructor(private readonly onDecided: () => void) {}

  on<Name extends keyof ChannelEvents>(name: Name, listener: (event: ChannelEvents[Name]) => void): () => void {
    return this.events.on(name, listener);
  }

  /** Whether one of that name is in it, or was. */
  has(name: string): boolean {
    return this.names.has(name);
  }

  join(name: string, channel: SignalingChannel, events: RunnerEvents): void {
    const runner = { ...events, channel, isOpen: false };
    this.names.add(name);
    this.runners.push(runner);
    channel.on('open', () => this.afterOpen(runner));
    channel.on('message', (text) => this.afterMessage(runner, text));
    channel.on('close', () => this.afterClose(runner));
  }

  send(text: string): void {
    if (!this.winner) this.greeting.push(text);
    for (const { channel, isOpen } of this.runners) if (isOpen) channel.send(text);
  }

  close(): void {
    this.finish();
    for (const { channel } of this.runners.splice(0)) channel.close();
  }

  private afterOpen(runner: Runner): void {
    const isFirst = this.runners.every(({ isOpen }) => !isOpen) && this.greeting.length === 0;
    runner.isOpen = true;
    for (const text of this.greeting) runner.channel.send(text);
    if (isFirst) this.events.emit('open', undefined);
  }

  private afterMessage(runner: Runner, text: string): void {
    if (!this.winner) this.decide(runner);
    this.events.emit('message', text);
  }

  private decide(winner: Runner): void {
    this.winner = winner;
    const others = this.runners.filter((runner) => runner !== winner);
    this.runners = [winner];
    for (const { channel } of others) channel.close();
    this.onDecided();
    winner.onWin();
  }

  private afterClose(runner: Runner): void {
    this.runners = this.runners.filter((other) => other !== runner);
    if (!this.winner) runner.onLost();
    if (this.runners.length > 0) return;
    this.finish();
    this.events.emit('close', undefined);
  }

  private finish(): void {
    if (!this.winner && !this.isOver) this.onDecided();
    this.isOver = true;
  }
}
