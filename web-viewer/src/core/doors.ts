// SPDX-License-Identifier: Apache-2.0
// What the device opens for who looks at it: asked twice, since nothing shuts it again. No DOM.
import type { Clock } from './clock';
import type { CommandCaller } from './command-caller';
import { Emitter } from './emitter';
import type { SignalingLink } from './signaling-link';
import type { CameraId, OutputInfo } from './signaling-messages';

/** How long the second press is waited for. */
export const kConfirmLasts = 5000;
/** How long it is told what came of it. */
export const kOutcomeLasts = 4000;

export type DoorState = 'shut' | 'sure' | 'opening' | 'opened' | 'failed';

export interface Door extends OutputInfo {
  state: DoorState;
}

export class Doors {
  private readonly events = new Emitter<{ change: void }>();
  private known: Door[] = [];
  private readonly cancels = new Map<string, () => void>();

  constructor(
    private readonly link: SignalingLink,
    private readonly commands: CommandCaller,
    private readonly clock: Clock,
  ) {
    link.on('state', () => this.afterLinkState());
    this.afterLinkState();
  }

  /** Those that a camera shows, and those that none does. */
  of(camera: CameraId | undefined): readonly Door[] {
    return this.known.filter((door) => door.camera === undefined || door.camera === camera);
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  /** The first time it asks whether that is meant, the second time it opens. */
  press(id: string): void {
    const door = this.find(id);
    if (door?.state === 'sure') void this.open(door);
    else if (door && door.state !== 'opening') this.set(id, 'sure', kConfirmLasts);
  }

  /** Somebody else is asking, who may open none of them. */
  forget(): void {
    this.know([]);
  }

  private async open({ id }: Door): Promise<void> {
    this.set(id, 'opening');
    const { ok } = await this.commands.call('open', { output: id });
    this.set(id, ok ? 'opened' : 'failed', kOutcomeLasts);
  }

  private find(id: string): Door | undefined {
    return this.known.find((door) => door.id === id);
  }

  /** `lasts`: until it is shut again. */
  private set(id: string, state: DoorState, lasts?: number): void {
    this.cancels.get(id)?.();
    this.cancels.delete(id);
    // It may have been forgotten meanwhile.
    this.known = this.known.map((door) => (door.id === id ? { ...door, state } : door));
    if (lasts !== undefined && this.find(id)) this.cancels.set(id, this.clock.after(lasts, () => this.set(id, 'shut')));
    this.events.emit('change', undefined);
  }

  private afterLinkState(): void {
    if (this.link.welcome) this.know(this.link.welcome.outputs ?? []);
  }

  /** What is being asked or told of one that stays goes on. */
  private know(outputs: readonly OutputInfo[]): void {
    this.known = outputs.map((output) => ({ ...output, state: this.find(output.id)?.state ?? 'shut' }));
    this.events.emit('change', undefined);
  }
}
