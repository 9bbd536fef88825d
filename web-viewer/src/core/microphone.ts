// SPDX-License-Identifier: Apache-2.0
// The microphone of who talks: opened when it is wanted, kept for a moment between turns, then closed. No DOM.
import type { Clock } from './clock';
import { Emitter } from './emitter';

/** After the last turn: who presses again soon is heard at once; later the browser no longer says that it records. */
export const kKeepFor = 10_000;

/** What a voice from a room next to a loudspeaker needs. */
const kVoice: MediaTrackConstraints = {
  echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1,
};

/** Why there is none, as a person can do something about it. */
export const microphoneFaults = ['insecure', 'blocked', 'missing', 'busy', 'other'] as const;
export type MicrophoneFault = (typeof microphoneFaults)[number];

const faultOfError: Record<string, MicrophoneFault> = {
  NotAllowedError: 'blocked',
  SecurityError: 'blocked',
  NotFoundError: 'missing',
  OverconstrainedError: 'missing',
  NotReadableError: 'busy',
  AbortError: 'busy',
};

export type Opened = { ok: true } | { ok: false; fault: MicrophoneFault };

export interface MicrophoneParts {
  /** As the browser's getUserMedia; undefined where it has none for this page. */
  capture: ((wish: MediaTrackConstraints) => Promise<MediaStreamTrack>) | undefined;
  /** As the browser judges the page. */
  isSecure: boolean;
  /** Which one was chosen, by its id; undefined: whichever the browser takes. */
  memory: DeviceMemory;
  clock: Clock;
}

/** Keeps a choice beyond the page. */
export interface DeviceMemory {
  take(): string | undefined;
  keep(device: string | undefined): void;
}

interface MicrophoneEvents {
  /** Opened, closed, muted, chosen. */
  change: void;
  /** Another one was chosen, and is in use. */
  switched: void;
  /** Another microphone took the place of the one that was unplugged. */
  replaced: void;
  /** It was unplugged, and there is no other. */
  lost: MicrophoneFault;
}

function faultOf(error: unknown): MicrophoneFault {
  return faultOfError[(error as Error).name] ?? 'other';
}

function wishFor(device: string | undefined): MediaTrackConstraints {
  return device === undefined ? kVoice : { ...kVoice, deviceId: { exact: device } };
}

export class Microphone {
  private readonly events = new Emitter<MicrophoneEvents>();
  private current: MediaStreamTrack | undefined;
  private opening: Promise<Opened> | undefined;
  private isWanted = false;
  private muted = false;
  private device: string | undefined;
  /** Counts choices, of which the last one holds. */
  private choices = 0;
  private cancelRest = () => {};

  constructor(private readonly parts: MicrophoneParts) {
    this.device = parts.memory.take();
  }

  on<Name extends keyof MicrophoneEvents>(name: Name, listener: (event: MicrophoneEvents[Name]) => void): () => void {
    return this.events.on(name, listener);
  }

  /** Undefined: it is closed. */
  get track(): MediaStreamTrack | undefined {
    return this.current;
  }

  /** The id of what was chosen, also where it is not plugged in; undefined: whichever the browser takes. */
  get chosen(): string | undefined {
    return this.device;
  }

  get isMuted(): boolean {
    return this.muted;
  }

  /** Of this microphone and each that takes its place. */
  setMuted(isMuted: boolean): void {
    this.muted = isMuted;
    if (this.current) this.current.enabled = !isMuted;
    this.events.emit('change', undefined);
  }

  /** From now on, and at once where it is open. One that cannot be had changes nothing. */
  async choose(device: string | undefined): Promise<Opened> {
    const choice = (this.choices += 1);
    const before = this.device;
    this.remember(device);
    if (this.opening) await this.opening;
    const { current } = this;
    const result: Opened = current ? await this.switchTo(current, device, choice) : { ok: true };
    if (result.ok || choice !== this.choices) return result;
    this.remember(before);
    if (current && this.current === current) this.watch(current);
    return result;
  }

  /** The browser may ask a person first. Who comes meanwhile waits for the same answer. */
  open(): Promise<Opened> {
    this.cancelRest();
    this.isWanted = true;
    if (this.current) return Promise.resolve({ ok: true });
    this.opening ??= this.begin();
    return this.opening;
  }

  /** Nobody talks now: it closes after a while, unless it is opened again. */
  rest(): void {
    this.isWanted = false;
    this.cancelRest();
    this.cancelRest = this.parts.clock.after(kKeepFor, () => this.close());
  }

  private remember(device: string | undefined): void {
    this.device = device;
    this.parts.memory.keep(device);
    this.events.emit('change', undefined);
  }

  private close(): void {
    this.drop(this.current);
    this.current = undefined;
    this.events.emit('change', undefined);
  }

  private drop(track: MediaStreamTrack | undefined): void {
    if (!track) return;
    track.onended = null;
    track.stop();
  }

  private async begin(): Promise<Opened> {
    const opened = await this.capture();
    this.opening = undefined;
    // Let go of while the browser was asking: the time to keep it begins now.
    if (!this.isWanted) this.rest();
    return opened;
  }

  private async capture(): Promise<Opened> {
    const { capture, isSecure } = this.parts;
    if (!isSecure || !capture) return { ok: false, fault: isSecure ? 'other' : 'insecure' };
    try {
      this.take(await this.captureChosen(capture));
      return { ok: true };
    } catch (error) {
      return { ok: false, fault: faultOf(error) };
    }
  }

  /** Where that is not plugged in, any: it is taken again when it is back. */
  private async captureChosen(capture: NonNullable<MicrophoneParts['capture']>): Promise<MediaStreamTrack> {
    if (this.device === undefined) return capture(kVoice);
    try {
      return await capture(wishFor(this.device));
    } catch (error) {
      if (faultOf(error) !== 'missing') throw error;
      return capture(kVoice);
    }
  }

  /** The one before is heard until the other is there. */
  private async switchTo(before: MediaStreamTrack, device: string | undefined, choice: number): Promise<Opened> {
    // Some browsers have one at a time, and end the other with it.
    before.onended = null;
    try {
      const track = await this.parts.capture?.(wishFor(device));
      // Closed meanwhile, unplugged, or another one chosen.
      if (!track || choice !== this.choices || this.current !== before) this.drop(track);
      else this.exchange(before, track);
      return { ok: true };
    } catch (error) {
      return { ok: false, fault: faultOf(error) };
    }
  }

  private exchange(before: MediaStreamTrack, track: MediaStreamTrack): void {
    this.take(track);
    this.events.emit('switched', undefined);
    this.drop(before);
  }

  private take(track: MediaStreamTrack): void {
    this.current = track;
    track.enabled = !this.muted;
    this.watch(track);
    this.events.emit('change', undefined);
  }

  private watch(track: MediaStreamTrack): void {
    track.onended = () => void this.afterUnplugged();
    if (track.readyState === 'ended') void this.afterUnplugged();
  }

  private async afterUnplugged(): Promise<void> {
    this.current = undefined;
    this.events.emit('change', undefined);
    if (!this.isWanted) return;
    const opened = await this.open();
    if (!this.isWanted) return;
    if (opened.ok) this.events.emit('replaced', undefined);
    else this.events.emit('lost', opened.fault);
  }
}
