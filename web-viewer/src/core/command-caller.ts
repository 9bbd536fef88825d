// SPDX-License-Identifier: Apache-2.0
// Commands to the device and what it answers. No DOM.
import type { Clock } from './clock';
import { WrongField, type Json } from './json-reader';
import type { SignalingLink } from './signaling-link';
import type { ResultMessage } from './signaling-messages';

/** A device that has not answered by then is not going to. */
export const kCommandTimeout = 10_000;

/** `code` is the device's own, or one of these two: the link is not there, or nothing came back over it. */
export type Outcome<Value> = { ok: true; value: Value } | { ok: false; code: string };
export type CommandResult = Outcome<Json>;
export const kNoLink = 'no-link';
export const kNoAnswer = 'no-answer';

export class CommandCaller {
  private readonly waiting = new Map<string, (result: CommandResult) => void>();
  private calls = 0;

  constructor(
    private readonly link: SignalingLink,
    private readonly clock: Clock,
  ) {
    link.on('message', (message) => message.type === 'result' && this.afterResult(message));
    // Results come over the channel that the command went over.
    link.on('state', ({ name }) => name !== 'ready' && this.afterLost());
  }

  call(name: string, parameters: Json): Promise<CommandResult> {
    const id = `call-${(this.calls += 1)}`;
    return new Promise((resolve) => {
      const cancel = this.clock.after(kCommandTimeout, () => this.settle(id, { ok: false, code: kNoAnswer }));
      this.waiting.set(id, (result) => {
        cancel();
        resolve(result);
      });
      const isSent = this.link.send({ type: 'command', id, name, arguments: parameters });
      if (!isSent) this.settle(id, { ok: false, code: kNoLink });
    });
  }

  /** What `read` throws WrongField at is as good as nothing. */
  async ask<Value>(name: string, parameters: Json, read: (value: Json) => Value): Promise<Outcome<Value>> {
    const result = await this.call(name, parameters);
    if (!result.ok) return result;
    try {
      return { ok: true, value: read(result.value) };
    } catch (error) {
      if (error instanceof WrongField) return { ok: false, code: kNoAnswer };
      throw error;
    }
  }

  private afterResult(message: ResultMessage): void {
    const result: CommandResult = message.ok
      ? { ok: true, value: message.value ?? {} }
      : { ok: false, code: message.error.code };
    this.settle(message.id, result);
  }

  private afterLost(): void {
    for (const id of [...this.waiting.keys()]) this.settle(id, { ok: false, code: kNoLink });
  }

  private settle(id: string, result: CommandResult): void {
    const resolve = this.waiting.get(id);
    this.waiting.delete(id);
    resolve?.(result);
  }
}
