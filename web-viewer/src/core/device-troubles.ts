// SPDX-License-Identifier: Apache-2.0
// What is wrong with the device, as it tells those who may do something about it. No DOM.
import { Emitter } from './emitter';
import type { SignalingLink } from './signaling-link';
import { deviceTroubles, type DeviceTrouble } from './signaling-messages';

export class DeviceTroubles {
  private readonly events = new Emitter<{ change: void }>();
  private told: readonly string[] = [];

  constructor(private readonly link: SignalingLink) {
    link.on('state', () => this.afterLinkState());
    link.on('message', (message) => message.type === 'device' && this.set(message.troubles));
    this.afterLinkState();
  }

  /** Those that we have words for. What was told stays while the device cannot be reached. */
  get present(): readonly DeviceTrouble[] {
    return deviceTroubles.filter((known) => this.told.includes(known));
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  /** Somebody else is asking, who may not be told of any. */
  forget(): void {
    this.set([]);
  }

  private afterLinkState(): void {
    if (this.link.welcome) this.set(this.link.welcome.troubles ?? []);
  }

  private set(troubles: readonly string[]): void {
    this.told = troubles;
    this.events.emit('change', undefined);
  }
}
