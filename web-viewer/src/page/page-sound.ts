// SPDX-License-Identifier: Apache-2.0
// What somebody talks into and listens with, of the whole page: there is one person before it.
import { Emitter } from '../core/emitter';
import type { Microphone } from '../core/microphone';
import { choicesOf, type SoundChoice } from '../core/sound-devices';
import { deviceMemory, pageMicrophone } from './browser-parts';

export class PageSound {
  readonly microphone: Microphone = pageMicrophone();

  private readonly events = new Emitter<{ change: void }>();
  private readonly memory = deviceMemory('speaker');
  private readonly browser: MediaDevices | undefined = navigator.mediaDevices;
  private devices: readonly MediaDeviceInfo[] = [];
  private chosen = this.memory.take();
  private video: HTMLVideoElement | undefined;

  constructor() {
    this.browser?.addEventListener('devicechange', () => void this.refresh());
    // Once it was allowed, devices have names.
    this.microphone.on('change', () => void this.refresh());
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  /** None as long as the browser does not tell their names. */
  get microphones(): readonly SoundChoice[] {
    return choicesOf(this.devices, 'audioinput');
  }

  /** None, too, where a page has no choice of them. */
  get speakers(): readonly SoundChoice[] {
    return 'setSinkId' in HTMLMediaElement.prototype ? choicesOf(this.devices, 'audiooutput') : [];
  }

  /** The id of the one that is heard; undefined: as the system has it. */
  get speaker(): string | undefined {
    return this.speakers.find(({ id }) => id === this.chosen)?.id;
  }

  /** What is to be heard with it. */
  attach(video: HTMLVideoElement | undefined): void {
    this.video = video;
    void this.apply();
  }

  async refresh(): Promise<void> {
    this.devices = (await this.browser?.enumerateDevices().catch(() => undefined)) ?? [];
    // What was chosen may have been unplugged, or be back.
    void this.apply();
    this.events.emit('change', undefined);
  }

  /** Whether it is heard there. */
  async choose(speaker: string | undefined): Promise<boolean> {
    const before = this.chosen;
    this.chosen = speaker;
    const isHeard = await this.apply();
    if (!isHeard) this.chosen = before;
    this.memory.keep(this.chosen);
    this.events.emit('change', undefined);
    return isHeard;
  }

  private async apply(): Promise<boolean> {
    const { video, speaker = '' } = this;
    try {
      if (video && 'setSinkId' in video && video.sinkId !== speaker) await video.setSinkId(speaker);
      return true;
    } catch {
      return false;
    }
  }
}
