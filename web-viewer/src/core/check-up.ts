// SPDX-License-Identifier: Apache-2.0
// A check-up of the device, by itself: begun, then asked about until it is done. No DOM.
import type { Clock } from './clock';
import type { CommandCaller } from './command-caller';
import { Emitter } from './emitter';
import { readFinding, type Finding } from './finding';
import { listField, stringField, WrongField, type Json } from './json-reader';

/** Between an answer and the next question. */
export const kCheckUpTick = 1000;
/** After so many answers in a row that say nothing, no more are asked for. */
export const kFruitlessAnswers = 3;
/** The device knows nothing of what it had begun: it has started anew. */
export const kForgotten = 'forgotten';

/** `code`: of the device, of command-caller.ts, or kForgotten. */
export type CheckUpState = { name: 'idle' } | { name: 'running' } | { name: 'done' } | { name: 'failed'; code: string };

/** What the device is at, in this order. How many cameras are still to come it does not say. */
export type CheckUpStage = 'device' | 'rest';

const progressStates = ['none', 'running', 'done'] as const;

interface Progress {
  state: (typeof progressStates)[number];
  findings: Finding[];
}

export class CheckUp {
  private readonly events = new Emitter<{ change: void }>();
  private current: CheckUpState = { name: 'idle' };
  private found: readonly Finding[] = [];
  /** The device has said so; until then nobody knows whether it was asked to. */
  private hasBegun = false;
  private fruitless = 0;
  private round = 0;
  private cancelTimer = () => {};

  constructor(
    private readonly commands: CommandCaller,
    private readonly clock: Clock,
  ) {}

  get state(): CheckUpState {
    return this.current;
  }

  /** They grow while it runs, and stay when it has ended. */
  get findings(): readonly Finding[] {
    return this.found;
  }

  get stage(): CheckUpStage {
    return this.found.length > 0 ? 'rest' : 'device';
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  begin(): void {
    if (this.current.name === 'running') return;
    this.found = [];
    this.hasBegun = false;
    this.fruitless = 0;
    this.current = { name: 'running' };
    this.events.emit('change', undefined);
    void this.ask();
  }

  /** Asks no more, and hears nothing of what was asked. The device goes on. */
  close(): void {
    this.round += 1;
    this.cancelTimer();
    this.current = { name: 'idle' };
  }

  private async ask(): Promise<void> {
    const { round } = this;
    const outcome = await this.commands.ask('doctor', this.hasBegun ? {} : { begin: true }, readProgress);
    if (round !== this.round) return;
    if (outcome.ok) this.take(outcome.value);
    else this.miss(outcome.code);
    if (this.current.name === 'running') this.cancelTimer = this.clock.after(kCheckUpTick, () => void this.ask());
    this.events.emit('change', undefined);
  }

  private take({ state, findings }: Progress): void {
    this.fruitless = 0;
    this.hasBegun = true;
    if (state === 'none') {
      this.current = { name: 'failed', code: kForgotten };
      return;
    }
    this.found = findings;
    if (state === 'done') this.current = { name: 'done' };
  }

  /** Its check-up goes on where only the way to it is lost. */
  private miss(code: string): void {
    this.fruitless += 1;
    const isFinal = code === 'forbidden' || code === 'unknown-command';
    if (isFinal || this.fruitless >= kFruitlessAnswers) this.current = { name: 'failed', code };
  }
}

function readProgress(from: Json): Progress {
  const said = stringField(from, 'state');
  const state = progressStates.find((known) => known === said);
  if (!state) throw new WrongField(`'state' is none of a check-up`);
  return { state, findings: listField(from, 'findings', readFinding) };
}
