// SPDX-License-Identifier: Apache-2.0
// The device's cameras, kept up to date over a link. No DOM.
import type { Clock } from './clock';
import { Emitter } from './emitter';
import type { SignalingLink } from './signaling-link';
import type { CameraInfo, StateMessage } from './signaling-messages';

/** While there is none, the device is asked this often whether one was found. */
const kAskInterval = 5000;
/** After news of a camera that is not in the list; others may follow. */
const kAskAfterNews = 1000;

/** What no state says anything about, and the encoder, which only some do. */
function lasting({ id, name, width, height, framerate, encoder }: CameraInfo) {
  return { id, name, width, height, framerate, ...(encoder ? { encoder } : {}) };
}

export class CameraCatalogue {
  private readonly events = new Emitter<{ change: void }>();
  private list: CameraInfo[] | undefined;
  private readonly subscriptions: (() => void)[];
  private cancelAsk: (() => void) | undefined;

  constructor(
    private readonly link: SignalingLink,
    private readonly clock: Clock,
  ) {
    this.subscriptions = [
      link.on('state', () => this.afterLinkState()),
      link.on('message', (message) => message.type === 'state' && this.afterState(message)),
    ];
    this.afterLinkState();
  }

  /** Undefined: the device has not told yet. */
  get cameras(): readonly CameraInfo[] | undefined {
    return this.list;
  }

  /** Somebody else is asking, who may have others. */
  forget(): void {
    this.cancelAsk?.();
    this.cancelAsk = undefined;
    this.list = undefined;
    this.events.emit('change', undefined);
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  close(): void {
    this.cancelAsk?.();
    for (const unsubscribe of this.subscriptions.splice(0)) unsubscribe();
  }

  private afterLinkState(): void {
    if (this.link.welcome) this.set(this.link.welcome.cameras);
  }

  private afterState({ session, camera, state, reason, cause, slowed, frozen, encoder, audio }: StateMessage): void {
    if (session !== undefined || !this.list) return;
    if (!this.list.some(({ id }) => id === camera)) {
      this.askAfter(kAskAfterNews);
      return;
    }
    const update = (info: CameraInfo) => ({
      ...lasting(info),
      state,
      ...(reason ? { reason } : {}),
      ...(cause ? { cause } : {}),
      ...(slowed ? { slowed } : {}),
      ...(frozen ? { frozen } : {}),
      ...(encoder ? { encoder } : {}),
      ...(audio ? { audio } : {}),
    });
    this.set(this.list.map((info) => (info.id === camera ? update(info) : info)));
  }

  private set(cameras: CameraInfo[]): void {
    this.list = cameras;
    if (cameras.length === 0) this.askAfter(kAskInterval);
    this.events.emit('change', undefined);
  }

  /** Each `welcome` holds the whole list, and sessions go on without the link: so it is simply opened anew. */
  private askAfter(delay: number): void {
    this.cancelAsk ??= this.clock.after(delay, () => {
      this.cancelAsk = undefined;
      this.link.reopen();
    });
  }
}
