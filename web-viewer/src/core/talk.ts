// SPDX-License-Identifier: Apache-2.0
// Talking through a camera: the microphone is opened, a turn asked for, and only while one has it sound goes out. No DOM.
//
//   Off ──start()──▶ Opening ──microphone──▶ Asking ──granted──▶ Talking
//    ▲                  │                     │  ▲ ▲ └─pending─▶ Waiting ──granted──▶ Talking
//    │                  └──fault──┐           │  │ └──the session is replaced── Asking, Waiting, Talking
//    │                            ▼           │  └──nothing came of it, for the first time── Talking
//    └──stop()── everywhere   Off, why ◀──refused, ended──┘
import type { Clock } from './clock';
import { Emitter } from './emitter';
import type { Microphone, MicrophoneFault, Opened } from './microphone';
import type { TalkNews } from './talk-line';
import type { Viewer } from './viewer';

/** An answer that has not come by then is gone with the way that it should have come over. */
const kAnswerTimeout = 5000;
/** Where there is no session, or no way to say it. */
const kAskAgain = 500;
/** How long it is told why a turn ended. */
export const kTellFor = 20_000;

const ends = ['limit', 'silent', 'preempted'] as const;

/** Why nobody is heard any more, or never was. */
export type TalkEnd =
  | MicrophoneFault
  | (typeof ends)[number]
  /** The loudspeaker is away. */
  | 'speaker'
  /** The device does not let this viewer talk. */
  | 'forbidden'
  /** This session carries no sound to the device. */
  | 'no-way'
  /** Any other refusal. */
  | 'trouble'
  /** None: the microphone was allowed only after the button had been let go. */
  | 'ready';

export type TalkState =
  | { name: 'off'; why?: TalkEnd }
  /** The browser may be asking for the microphone. */
  | { name: 'opening' }
  /** The device has not answered, or is not there at the moment. */
  | { name: 'asking' }
  /** Others have their turn; `position` among those who wait, from 1. */
  | { name: 'waiting'; position: number }
  /** Sound goes out. `isOther`: of another microphone, since the first was unplugged. */
  | { name: 'talking'; isOther: boolean };

export class Talk {
  private readonly events = new Emitter<{ change: void }>();
  private readonly subscriptions: (() => void)[];
  private current: TalkState = { name: 'off' };
  private isWanted = false;
  /** Counts starts, so that what was waited for by one does not go on with the next. */
  private starts = 0;
  private hasAsked = false;
  private hasAskedTwice = false;
  private cancelTimer = () => {};

  constructor(
    private readonly viewer: Viewer,
    private readonly microphone: Microphone,
    private readonly clock: Clock,
  ) {
    this.subscriptions = [
      viewer.on('talk', (news) => this.afterNews(news)),
      viewer.on('connected', () => this.afterConnected()),
      viewer.on('sessionEnding', () => this.afterSession()),
      microphone.on('switched', () => this.afterTrack(false)),
      microphone.on('replaced', () => this.afterTrack(true)),
      microphone.on('lost', (fault) => this.end(fault)),
    ];
  }

  get state(): TalkState {
    return this.current;
  }

  /** Somebody talks, or is about to. */
  get isOn(): boolean {
    return this.isWanted;
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  start(): void {
    if (this.isWanted) return;
    this.isWanted = true;
    this.hasAskedTwice = false;
    this.cancelTimer();
    void this.begin((this.starts += 1));
  }

  stop(): void {
    if (this.isWanted) this.finish({ name: 'off' });
  }

  /** It cannot be, and the device need not be asked to know that. */
  refuse(why: TalkEnd): void {
    this.end(why);
  }

  /** Nothing is heard of it any more. */
  close(): void {
    this.stop();
    this.cancelTimer();
    for (const unsubscribe of this.subscriptions.splice(0)) unsubscribe();
  }

  private async begin(start: number): Promise<void> {
    if (!this.microphone.track) this.set({ name: 'opening' });
    const opened = await this.microphone.open();
    if (start !== this.starts) return;
    if (!this.isWanted) this.afterLateOpening(opened);
    else if (opened.ok) this.ask();
    else this.end(opened.fault);
  }

  private afterLateOpening(opened: Opened): void {
    this.tell(opened.ok ? 'ready' : opened.fault);
  }

  private ask(): void {
    this.set({ name: 'asking' });
    this.cancelTimer();
    const isSent = this.viewer.talk(true);
    this.hasAsked ||= isSent;
    this.cancelTimer = this.clock.after(isSent ? kAnswerTimeout : kAskAgain, () => this.ask());
  }

  private get hasBegun(): boolean {
    return this.isWanted && this.current.name !== 'opening';
  }

  private afterConnected(): void {
    if (this.hasBegun && !this.hasAsked) this.ask();
  }

  /** Its turn ends with it. The next session asks by itself. */
  private afterSession(): void {
    this.hasAsked = false;
    if (!this.hasBegun) return;
    this.cancelTimer();
    this.set({ name: 'asking' });
  }

  private afterNews(news: TalkNews): void {
    if (!this.hasBegun) {
      // Given back, but that may not have been heard.
      if (news.name === 'granted') this.viewer.talk(false);
      return;
    }
    if (news.name === 'granted') this.afterGranted();
    else if (news.name === 'pending') this.afterPending(news.position);
    else if (news.name === 'ended') this.afterEnded(news.reason);
    else this.afterRefused(news.code);
  }

  private afterGranted(): void {
    this.cancelTimer();
    if (this.current.name === 'talking') return;
    this.set({ name: 'talking', isOther: false });
    this.viewer.speak(this.microphone.track);
  }

  private afterPending(position: number): void {
    this.cancelTimer();
    this.viewer.speak(undefined);
    this.set({ name: 'waiting', position });
  }

  private afterEnded(reason: string): void {
    // By this viewer, of a turn before this one.
    if (reason === 'released') return;
    if (reason !== 'silent' || this.hasAskedTwice) return this.afterOver(ends.find((known) => known === reason) ?? 'trouble');
    this.hasAskedTwice = true;
    this.viewer.speak(undefined);
    this.ask();
  }

  private afterRefused(code: string): void {
    // The device has forgotten the session, which will be replaced: the timer asks until then.
    if (code === 'unknown-session') return;
    this.afterOver(code === 'forbidden' ? 'forbidden' : code === 'bad-command' ? 'no-way' : 'trouble');
  }

  /** The device said so itself, and need not be told. */
  private afterOver(why: TalkEnd): void {
    this.hasAsked = false;
    this.end(why);
  }

  private afterTrack(isOther: boolean): void {
    if (this.current.name !== 'talking') return;
    this.viewer.speak(this.microphone.track);
    this.current = { name: 'talking', isOther };
    // Also where it was another one before: whoever listens to the track has a new one.
    this.events.emit('change', undefined);
  }

  private end(why: TalkEnd): void {
    this.finish({ name: 'off', why });
    this.tell(why);
  }

  /** The one way to the end. */
  private finish(state: TalkState): void {
    this.isWanted = false;
    this.cancelTimer();
    this.viewer.speak(undefined);
    if (this.hasAsked) this.viewer.talk(false);
    this.hasAsked = false;
    this.microphone.rest();
    this.set(state);
  }

  private tell(why: TalkEnd): void {
    this.set({ name: 'off', why });
    this.cancelTimer();
    this.cancelTimer = this.clock.after(kTellFor, () => this.set({ name: 'off' }));
  }

  private set(state: TalkState): void {
    if (JSON.stringify(state) === JSON.stringify(this.current)) return;
    this.current = state;
    this.events.emit('change', undefined);
  }
}
