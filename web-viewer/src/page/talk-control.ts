// SPDX-License-Identifier: Apache-2.0
// Talking through the camera of an element: what presses and keys mean, what is shown of it, and how loud it is.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { browserClock } from '../core/clock';
import type { AudioInfo } from '../core/signaling-messages';
import { Talk } from '../core/talk';
import { TalkPress } from '../core/talk-press';
import { heightOf, SilenceWatch } from '../core/voice-level';
import { talkInWords } from '../text/talk-in-words';
import type { Message } from '../text/text';
import { texts } from './language';
import { LevelMeter } from './level-meter';
import type { LiveCamera } from './live-camera';
import type { PageSound } from './page-sound';

/** What the button does with itself; `release`: it was let go in another way than by the hand on it. */
export type TalkAction = 'down' | 'up' | 'release' | 'toggle';

/** What the button shows. */
export interface ShownTalk {
  /** Somebody talks, or is about to. */
  isOn: boolean;
  isHeard: boolean;
  /** It would do nothing; pressed, it says why. */
  isOff: boolean;
  /** Microphones have names, so that one can be chosen. */
  canChoose: boolean;
  words: Message | undefined;
}

export class TalkControl implements ReactiveController {
  private talk: Talk | undefined;
  private press: TalkPress | undefined;
  private mayTalk = false;
  private audio: AudioInfo | undefined;
  private isSilent = false;
  private heldKey: string | undefined;
  private unsubscribe = () => {};
  private endListening = () => {};
  private readonly silence = new SilenceWatch(browserClock);
  private readonly meter = new LevelMeter((peak) => this.afterPeak(peak));

  constructor(
    private readonly host: ReactiveControllerHost,
    private readonly sound: () => PageSound | undefined,
    /** How high the voice is drawn, from 0 to 1. */
    private readonly onLevel: (height: number) => void,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    const ended = new AbortController();
    const { signal } = ended;
    addEventListener('blur', () => this.release(), { signal });
    addEventListener('keyup', ({ key, code }) => (code || key) === this.heldKey && this.release(), { signal });
    // With Command held, macOS tells of no other key that it was let go.
    addEventListener('keydown', ({ metaKey }) => metaKey && this.heldKey !== undefined && this.release(), { signal });
    document.addEventListener('visibilitychange', () => document.hidden && this.release(), { signal });
    this.endListening = () => ended.abort();
  }

  hostDisconnected(): void {
    this.endListening();
    this.attach(undefined);
  }

  /** Another camera is another loudspeaker: who talked does not go on there. */
  attach(camera: LiveCamera | undefined): void {
    this.talk?.close();
    this.unsubscribe();
    this.meter.watch(undefined);
    this.talk = this.press = this.heldKey = undefined;
    const sound = this.sound();
    sound?.attach(camera?.picture.video);
    if (!camera || !sound) return;
    const talk = new Talk(camera.viewer, sound.microphone, browserClock);
    const endings = [
      sound.onChange(() => this.host.requestUpdate()),
      talk.onChange(() => this.afterChange()),
      // Whoever comes back to a page that was out of sight does not expect to be heard.
      camera.onChange(() => !camera.isWatched && talk.stop()),
    ];
    this.unsubscribe = () => endings.forEach((end) => end());
    this.talk = talk;
    this.press = new TalkPress({ get isOn() { return talk.isOn; }, start: () => this.start(), stop: () => talk.stop() }, browserClock);
  }

  /** What is known now. Whoever lost the right, or the loudspeaker, does not go on. */
  know(mayTalk: boolean, audio: AudioInfo | undefined): void {
    const couldTalk = this.mayTalk;
    this.mayTalk = mayTalk && audio?.speaker !== undefined;
    if (this.mayTalk && !couldTalk) void this.sound()?.refresh();
    this.audio = audio;
    if (!this.mayTalk) this.talk?.stop();
  }

  get isOn(): boolean {
    return this.talk?.isOn === true;
  }

  get isHeard(): boolean {
    return this.talk?.state.name === 'talking';
  }

  /** Undefined: there is no button. */
  get shown(): ShownTalk | undefined {
    const { talk, isOn, isHeard, isSilent, audio } = this;
    if (!talk || !this.mayTalk) return undefined;
    const sound = this.sound();
    const isMuted = sound?.microphone.isMuted === true;
    const words = talkInWords({ state: talk.state, isMuted, isSilent, audio }, texts);
    const canChoose = sound !== undefined && sound.microphones.length > 0;
    return { isOn, isHeard, isOff: this.isSpeakerAway && !isOn, canChoose, words };
  }

  act(action: TalkAction): void {
    if (this.mayTalk) this.press?.[action]();
  }

  /** Held down, it talks, and does nothing else. */
  holdKey({ key, code }: KeyboardEvent): void {
    if (!this.mayTalk) return;
    this.heldKey = code || key;
    this.press?.down();
  }

  private release(): void {
    this.heldKey = undefined;
    this.press?.release();
  }

  private get isSpeakerAway(): boolean {
    return this.audio?.speaker?.state === 'away';
  }

  private start(): void {
    if (this.isSpeakerAway) this.talk?.refuse('speaker');
    else this.talk?.start();
  }

  private afterChange(): void {
    if (!this.isHeard) this.setSilent(false);
    this.silence.reset();
    this.onLevel(0);
    this.meter.watch(this.isHeard ? this.sound()?.microphone.track : undefined);
    this.host.requestUpdate();
  }

  private afterPeak(peak: number): void {
    const isStill = matchMedia('(prefers-reduced-motion: reduce)').matches;
    this.onLevel(isStill ? 0 : heightOf(peak));
    this.setSilent(this.silence.isSilent(peak));
  }

  private setSilent(isSilent: boolean): void {
    if (isSilent === this.isSilent) return;
    this.isSilent = isSilent;
    this.host.requestUpdate();
  }
}
