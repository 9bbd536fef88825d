// SPDX-License-Identifier: Apache-2.0
// When to try again after a failure, and what to say meanwhile.
import { retryDelay, type Clock, type Random } from './clock';
import { problems, type Problem } from './viewer-problem';

/** Between tries that only somebody else's leaving can help. */
export const kSlowRetry = 10000;
const kSlowJitter = 0.2;

export class RetrySchedule {
  private last: Problem | undefined;
  private inARow = 0;
  private due: number | undefined;
  private cancel = () => {};

  constructor(
    private readonly clock: Clock,
    private readonly random: Random,
    private readonly retry: () => void,
  ) {}

  /** Of the last failure; stays until it is made up for, so that a retry does not make the text flicker. */
  get problem(): Problem | undefined {
    return this.last;
  }

  get failures(): number {
    return this.inARow;
  }

  /** By the clock; undefined: no retry is waiting. */
  get dueAt(): number | undefined {
    return this.due;
  }

  fail(problem: Problem): void {
    this.stop();
    this.last = problem;
    this.inARow += 1;
    if (problems[problem] === 'asked') return;
    const delay = problems[problem] === 'slow'
      ? kSlowRetry * (1 - kSlowJitter * this.random())
      : retryDelay(this.inARow, this.random);
    this.due = this.clock.now() + delay;
    this.cancel = this.clock.after(delay, () => {
      this.due = undefined;
      this.retry();
    });
  }

  /** No retry is due any more; the failures still count. */
  stop(): void {
    this.cancel();
    this.due = undefined;
  }

  /** The picture is there. */
  forgive(): void {
    this.last = undefined;
  }

  /** As if nothing had ever failed. */
  reset(): void {
    this.stop();
    this.last = undefined;
    this.inARow = 0;
  }

  /** The next failure is the first again. */
  restart(): void {
    this.inARow = 0;
  }
}
