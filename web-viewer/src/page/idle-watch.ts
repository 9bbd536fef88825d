// SPDX-License-Identifier: Apache-2.0
// Tells when nobody has touched anything for a while, so that controls may fade.
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const kIdleAfter = 3000;

export class IdleWatch implements ReactiveController {
  private timer: ReturnType<typeof setTimeout> | undefined;
  private idle = false;

  constructor(
    private readonly host: ReactiveControllerHost,
    /** Asked when the time is over: whether the controls may fade now. */
    private readonly mayFade: () => boolean,
  ) {
    host.addController(this);
  }

  get isIdle(): boolean {
    return this.idle;
  }

  hostConnected(): void {
    this.wake();
  }

  hostDisconnected(): void {
    clearTimeout(this.timer);
  }

  wake(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.afterQuiet(), kIdleAfter);
    this.set(false);
  }

  /** Fades at once, where that is possible. */
  rest(): void {
    clearTimeout(this.timer);
    this.afterQuiet();
  }

  private afterQuiet(): void {
    if (this.mayFade()) this.set(true);
    else this.timer = setTimeout(() => this.afterQuiet(), kIdleAfter);
  }

  private set(idle: boolean): void {
    if (idle === this.idle) return;
    this.idle = idle;
    this.host.requestUpdate();
  }
}
