// SPDX-License-Identifier: Apache-2.0
// <fanlight-camera-screen>: one camera, edge to edge, with what a person needs around it. Its Viewer does the work.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Door } from '../core/doors';
import type { Abilities } from '../core/rights';
import type { Sharing } from '../core/sharing';
import type { SignIn } from '../core/sign-in';
import type { CameraInfo, DeviceTrouble } from '../core/signaling-messages';
import { stillName } from '../core/still-name';
import type { ViewerState } from '../core/viewer-state';
import { othersInWords } from '../text/talk-in-words';
import { formatFactor, frozenInWords, messageOf, slowedInWords, type Message } from '../text/text';
import type { CameraList } from './camera-list';
import './camera-list';
import { cameraScreenStyles } from './camera-screen-styles';
import type { Control, ControlBar } from './control-bar';
import './control-bar';
import type { Checks } from './doctor-panel';
import './doctor-panel';
import './door-buttons';
import { canFullScreen, FullScreenWatch, toggleFullScreen } from './full-screen';
import { icon } from './icons';
import { IdleWatch } from './idle-watch';
import { texts } from './language';
import type { Hold, LiveCamera } from './live-camera';
import type { LiveCameras } from './live-cameras';
import { notice } from './notice';
import type { PageSound } from './page-sound';
import { canPictureInPicture, togglePictureInPicture } from './picture-in-picture';
import './sharing-panel';
import { toShortcut } from './shortcuts';
import './statistics-panel';
import type { StatusAction, StatusLayer } from './status-layer';
import './status-layer';
import { TalkControl, type TalkAction } from './talk-control';
import './talk-panel';
import { kStillSuffix, saveStill } from './still';
import { topBar } from './top-bar';
import { isZoomKey, ZoomControl, type ZoomKey } from './zoom-control';
import { ZoomGestures } from './zoom-gestures';

const kUsualShape = 9 / 16;
/** A picture of this shape leaves no room beside it on a phone. */
const kUpright = 0.85;

/** What a button of the same name opens and closes. */
const panels = ['details', 'sharing', 'talkSettings'] as const;

@customElement('fanlight-camera-screen')
export class CameraScreen extends LitElement {
  /** Of the page; the one that is shown may be in use there already. */
  @property({ attribute: false }) pictures!: LiveCameras;
  @property({ attribute: 'camera' }) cameraId = '';
  /** All cameras of the device, this one among them. */
  @property({ attribute: false }) cameras: readonly CameraInfo[] = [];

  /** What is wrong around the device. */
  @property({ attribute: false }) troubles: readonly DeviceTrouble[] = [];

  /** Who the viewer is, and what they may do; undefined where somebody else's page takes care of that. */
  @property({ attribute: false }) signIn: SignIn | undefined;
  @property({ attribute: false }) abilities: Abilities | undefined;
  @property({ attribute: false }) sharing: Sharing | undefined;
  @property({ attribute: false }) checks: Checks | undefined;

  /** What the viewer may open here. */
  @property({ attribute: false }) doors: readonly Door[] = [];
  /** For who may talk. */
  @property({ attribute: false }) sound: PageSound | undefined;

  @state() private live: LiveCamera | undefined;
  @state() private isMuted = true;
  @state() private open: 'cameras' | 'doctor' | (typeof panels)[number] | undefined;
  /** What came of something that was asked for. */
  @state() private said = '';
  @query('fanlight-controls') private readonly controls!: ControlBar | null;
  @query('fanlight-status') private readonly status!: StatusLayer;
  @query('fanlight-cameras') private readonly list!: CameraList | null;

  private lastPointer = '';
  private toldNotices = '';
  /** What the check-up was asked for from. */
  private examinedFrom: 'details' | 'status' = 'status';
  private readonly zoom = new ZoomControl(this);
  private readonly idle = new IdleWatch(this, () => this.mayFade());
  private readonly talk = new TalkControl(this, () => this.sound, (height) => this.drawLevel(height));
  private readonly fullScreen = new FullScreenWatch(this);
  private endListening = () => {};
  private unsubscribe = () => {};
  private hold: Hold | undefined;

  private get viewerState(): ViewerState {
    return this.live?.state ?? { name: 'connecting' };
  }

  /** New pictures are shown: those that come, and are all the same, are none. */
  private get isLive(): boolean {
    return this.viewerState.name === 'live' && !this.info?.frozen;
  }

  private get hasSound(): boolean {
    return this.live?.hasSound === true;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const ended = new AbortController();
    addEventListener('keydown', (event) => this.onKey(event), { signal: ended.signal });
    this.endListening = () => ended.abort();
    if (this.hasUpdated) this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.endListening();
    // A tile of the wall may take it over.
    this.hold?.pass();
    this.hold = undefined;
    this.end();
  }

  /** The keyboard begins with the picture, and goes on to what is around it. */
  override focus(): void {
    void this.updateComplete.then(() => this.renderRoot.querySelector<HTMLElement>('.stage')?.focus());
  }

  /** Turns its sound on, and shows what there is to press. */
  listen(): void {
    this.isMuted = false;
    this.idle.wake();
    this.focus();
  }

  private end(): void {
    this.talk.attach(undefined);
    this.live?.setMuted(true);
    this.unsubscribe();
    this.hold?.end();
    this.live = undefined;
    this.open = undefined;
  }

  private begin(): void {
    // In this order: the former one's session may go on with the next, and what was said through it does not.
    this.talk.attach(undefined);
    const next = this.pictures.camera(this.cameraId);
    const hold = next.hold(this.live);
    this.end();
    this.live = next;
    this.hold = hold;
    this.unsubscribe = this.live.onChange(() => this.onChange());
    this.live.hurry();
    this.talk.attach(this.live);
  }

  private onChange(): void {
    this.idle.wake();
    this.requestUpdate();
  }

  override render() {
    const pictureDate = this.live?.pictureDate;
    const talk = this.talk.shown;
    return html`
      <div
        class="stage"
        tabindex="-1"
        @pointermove=${(event: PointerEvent) => event.pointerType === 'mouse' && this.idle.wake()}
        @dblclick=${this.onDoubleClick}
      >${this.live?.picture}</div>
      <fanlight-status
        class=${pictureDate !== undefined && this.shape < kUpright ? 'beside' : ''}
        .state=${this.viewerState}
        .pictureDate=${pictureDate}
        ?canExamine=${this.checks !== undefined}
        @action=${(event: CustomEvent<StatusAction>) => this.onAction(event.detail)}
      ></fanlight-status>
      ${topBar({
        name: this.cameraName,
        isLive: this.isLive,
        isChoosing: this.cameras.length > 1 ? this.open === 'cameras' : undefined,
        choose: () => (this.open = this.open === 'cameras' ? undefined : 'cameras'),
        leave: () => this.leave(),
      })}
      <div class="notices">
        ${this.talk.isHeard ? html`<p class="notice glass">${texts.talk.own}</p>` : nothing}
        ${this.others ? html`<p class="notice glass"><bdi>${this.others}</bdi></p>` : nothing}
        ${this.frozen ? notice(this.frozen, 'glass') : nothing}
        ${this.slowed ? html`<p class="notice glass fades">${this.slowed}</p>` : nothing}
        ${this.unheard ? notice(this.unheard, 'glass fades') : nothing}
        ${this.troubles.map((trouble) => notice(texts.deviceTroubles[trouble], 'glass fades'))}
      </div>
      ${this.zoom.isZoomed ? this.renderZoom() : nothing}
      ${this.doors.length > 0 ? html`<fanlight-doors class="fades" .doors=${this.doors}></fanlight-doors>` : nothing}
      <fanlight-controls
        class="fades"
        .talk=${talk}
        ?showsTalkSettings=${this.open === 'talkSettings'}
        ?hasSound=${this.hasSound}
        ?isMuted=${this.isMuted}
        ?hasPicture=${this.live?.pictureDate !== undefined}
        ?canPictureInPicture=${this.live !== undefined && canPictureInPicture(this.live.picture.video)}
        ?isInPictureInPicture=${this.live?.isInPictureInPicture === true}
        ?isFullScreen=${this.fullScreen.isFullScreen}
        ?canFullScreen=${this.live !== undefined && canFullScreen(this.live.picture.video)}
        ?showsDetails=${this.open === 'details'}
        ?canShare=${this.abilities?.share === true}
        ?showsSharing=${this.open === 'sharing'}
        @control=${(event: CustomEvent<Control>) => this.act(event.detail)}
        @talk=${(event: CustomEvent<TalkAction>) => this.askTalk(event.detail)}
        @pointermove=${() => this.idle.wake()}
        @focusin=${() => this.idle.wake()}
      ></fanlight-controls>
      ${this.open === 'details' ? this.renderDetails() : nothing}
      ${this.open === 'sharing' ? this.renderSharing() : nothing}
      ${this.open === 'doctor' ? this.renderDoctor() : nothing}
      ${this.open === 'talkSettings'
        ? html`<fanlight-talk-settings .sound=${this.sound} .words=${talk?.words} @dismiss=${this.dismiss}></fanlight-talk-settings>`
        : nothing}
      ${this.open === 'cameras' ? this.renderCameras() : nothing}
      <div class="unseen" role="status">${this.announcement}</div>
      <div class="unseen" role="status">${this.said}</div>
      <div class="unseen" role="status">${talk?.words ? `${talk.words.title}. ${talk.words.hint}` : nothing}</div>
      <div class="unseen" role="status">${this.others ?? nothing}</div>
    `;
  }

  private get info(): CameraInfo | undefined {
    return this.cameras.find(({ id }) => id === this.cameraId);
  }

  private get cameraName(): string {
    return this.info?.name ?? this.cameraId;
  }

  /** Height of the picture for a width of 1. */
  private get shape(): number {
    return this.info && this.info.width > 0 ? this.info.height / this.info.width : kUsualShape;
  }

  private get announcement(): string {
    const message = messageOf(this.viewerState, texts) ?? this.frozen;
    const state = message ? `${message.title}. ${message.hint}` : texts.live;
    return [state, ...this.lesser].join('. ');
  }

  /** What goes wrong beside the picture, in sentences. */
  private get lesser(): string[] {
    const told = [...(this.unheard ? [this.unheard] : []), ...this.troubles.map((trouble) => texts.deviceTroubles[trouble])];
    return [...(this.slowed ? [this.slowed] : []), ...told.map(({ title, hint }) => `${title}. ${hint}`)];
  }

  private get frozen(): Message | undefined {
    return this.info && this.viewerState.name === 'live' ? frozenInWords(this.info, texts) : undefined;
  }

  /** Of no use to who has turned the sound off. */
  private get unheard(): Message | undefined {
    const isWanted = this.isLive && this.hasSound && !this.isMuted;
    return isWanted && this.info?.audio?.microphone?.state === 'away' ? texts.microphoneAway : undefined;
  }

  /** Who else talks. */
  private get others(): string | undefined {
    const own = this.talk.isHeard ? this.signIn?.grant?.name ?? '' : undefined;
    return othersInWords(this.info?.audio?.talkers, own, texts);
  }

  private get slowed(): string | undefined {
    return this.info && this.isLive ? slowedInWords(this.info, texts) : undefined;
  }

  private renderZoom() {
    const factor = formatFactor(this.zoom.factor);
    return html`<button class="zoom glass" aria-label=${texts.zoom.reset(factor)} @click=${() => this.resetZoom()}>
      ${factor}${icon('whole')}
    </button>`;
  }

  private renderDetails() {
    // Who may share finds the way out where they share.
    return html`<fanlight-statistics
      .watch=${this.live?.statistics}
      .camera=${this.info}
      .timeToFirstFrame=${this.live?.viewer.timeToFirstFrame}
      .signIn=${this.abilities?.share ? undefined : this.signIn}
      ?microphoneHint=${this.abilities?.microphoneHint === true}
      ?canExamine=${this.checks !== undefined}
      @examine=${() => this.examine('details')}
      @dismiss=${this.dismiss}
    ></fanlight-statistics>`;
  }

  private renderDoctor() {
    return html`<fanlight-doctor .checks=${this.checks} .abilities=${this.abilities} @dismiss=${this.dismiss}></fanlight-doctor>`;
  }

  private renderSharing() {
    return html`<fanlight-sharing
      .sharing=${this.sharing}
      .signIn=${this.signIn}
      .abilities=${this.abilities}
      .cameras=${this.cameras}
      camera=${this.cameraId}
      @dismiss=${this.dismiss}
    ></fanlight-sharing>`;
  }

  private renderCameras() {
    return html`<nav class="page glass" aria-label=${texts.cameras}>
      <fanlight-cameras .cameras=${this.cameras} current=${this.cameraId} @choose=${this.onChoose}></fanlight-cameras>
    </nav>`;
  }

  private onChoose(event: CustomEvent<string>): void {
    this.open = undefined;
    this.dispatchEvent(new CustomEvent<string>('choose', { detail: event.detail }));
  }

  /** Closes what is open; the keyboard goes back to what opened it. */
  private dismiss(): void {
    if (this.open === 'cameras') this.renderRoot.querySelector<HTMLElement>('.title button')?.focus();
    else if (this.open === 'doctor') this.leaveDoctor();
    else if (this.open) this.controls?.focusOn(this.open);
    this.open = undefined;
  }

  private examine(from: 'details' | 'status'): void {
    this.examinedFrom = from;
    this.open = 'doctor';
  }

  /** What asked for it may be gone meanwhile. */
  private leaveDoctor(): void {
    if (this.examinedFrom === 'details') this.controls?.focusOn('details');
    else if (!this.status.focusOnExamine()) this.focus();
  }

  private act(control: Control): void {
    this.idle.wake();
    const panel = panels.find((one) => one === control);
    if (panel) this.open = this.open === panel ? undefined : panel;
    if (control === 'sound' && this.hasSound) this.isMuted = !this.isMuted;
    if (control === 'sound' && !this.hasSound) this.controls?.explain('sound');
    if (control === 'still') void this.saveStill();
    if (control === 'pictureInPicture') void this.togglePictureInPicture();
    if (control === 'fullScreen') void toggleFullScreen(this, this.live?.picture.video);
  }

  private askTalk(action: TalkAction): void {
    this.idle.wake();
    this.talk.act(action);
  }

  private drawLevel(height: number): void {
    this.controls?.style.setProperty('--level', height.toFixed(2));
  }

  private async togglePictureInPicture(): Promise<void> {
    const video = this.live?.picture.video;
    if (!video || !canPictureInPicture(video) || (await togglePictureInPicture(video))) return;
    this.say('pictureInPicture', texts.pictureInPicture.refused);
  }

  private async saveStill(): Promise<void> {
    const picture = this.live?.picture.still();
    const date = this.live?.pictureDate;
    if (!picture || date === undefined) return this.say('still', texts.still.none);
    const name = stillName(this.cameraName, new Date(date), kStillSuffix);
    this.say('still', (await saveStill(picture, name)) ? texts.still.saved(name) : texts.still.failed);
  }

  /** What came of a control, over its button and to the screen reader. */
  private say(control: Control, words: string): void {
    this.controls?.explain(control, words);
    this.said = words;
  }

  private onAction(action: StatusAction): void {
    if (action === 'retry') this.live?.viewer.retryNow();
    if (action === 'start') void this.live?.picture.play();
    if (action === 'reload') location.reload();
    if (action === 'cameras') this.leave();
    if (action === 'examine') this.examine('status');
  }

  /** To all cameras. */
  private leave(): void {
    this.dispatchEvent(new CustomEvent('leave'));
  }

  private onKey(event: KeyboardEvent): void {
    this.idle.wake();
    const shortcut = toShortcut(event);
    if (shortcut === undefined || event.defaultPrevented) return;
    if (shortcut === 'escape') this.escape();
    else if (isZoomKey(shortcut)) this.pressZoom(shortcut, event);
    else if (shortcut === 'talk') this.talk.holdKey(event);
    else this.act(shortcut);
  }

  private pressZoom(key: ZoomKey, event: KeyboardEvent): void {
    // Inside what is open, arrows scroll.
    if (this.open && !key.startsWith('zoom')) return;
    if (this.zoom.press(key)) event.preventDefault();
    if (key.startsWith('zoom')) this.said = texts.zoom.is(formatFactor(this.zoom.factor));
  }

  private resetZoom(): void {
    this.zoom.reset();
    this.said = texts.zoom.is(formatFactor(1));
    // The button is gone, and the keyboard would be nowhere.
    this.focus();
  }

  /** Closes what is open, shows the whole picture, leads back to all cameras: the first that there is to do. Leaving full screen is the browser's. */
  private escape(): void {
    if (this.open) this.dismiss();
    else if (this.zoom.isZoomed) this.resetZoom();
    else if (this.cameras.length > 1 && !this.fullScreen.isFullScreen) this.leave();
  }

  private onTap(pointerType: string): void {
    if (this.viewerState.name === 'blocked') void this.live?.picture.play();
    if (this.open === 'cameras') this.open = undefined;
    else if (pointerType !== 'mouse' && !this.idle.isIdle && this.isLive) this.idle.rest();
    else this.idle.wake();
    this.lastPointer = pointerType;
  }

  private onDoubleClick(): void {
    if (this.lastPointer === 'mouse') this.act('fullScreen');
  }

  protected override firstUpdated(): void {
    const stage = this.renderRoot.querySelector<HTMLElement>('.stage');
    if (!stage) return;
    new ZoomGestures(stage, {
      onPinch: (ratio, at, by) => this.zoom.pinch(ratio, at, by),
      onDrag: (by) => this.zoom.drag(by),
      onTap: (pointerType) => this.onTap(pointerType),
      onDoubleTap: (at) => this.zoom.doubleTap(at),
    });
  }

  /** Never under a keyboard's focus, nor under what is open. */
  private mayFade(): boolean {
    const inner = (this.renderRoot as ShadowRoot).activeElement;
    const focused = inner?.shadowRoot?.activeElement ?? inner;
    const isHeld = focused?.matches(':focus-visible:not(.stage)') === true;
    const isTold = this.talk.isOn || this.talk.shown?.words !== undefined;
    const isOpened = this.doors.some(({ state }) => state !== 'shut');
    return this.isLive && this.open === undefined && !isHeld && !isTold && !isOpened;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('cameraId') || changed.has('pictures')) this.begin();
    this.zoom.attach(this.live?.picture);
    this.talk.know(this.abilities?.talk === true, this.info?.audio);
    const notices = [...this.lesser, this.talk.shown?.words?.title].join();
    if (notices !== this.toldNotices) this.idle.wake();
    this.toldNotices = notices;
    if (this.live) {
      this.live.picture.removeAttribute('aria-hidden');
      this.live.picture.label = texts.video(this.cameraName);
    }
    this.live?.setMuted(this.isMuted || !this.hasSound);
    this.style.setProperty('--shape', String(this.shape));
    this.style.setProperty('--over-doors', this.doors.length > 0 ? '56px' : '0px');
    // Whoever lost the right does not go on with what it opened.
    if (this.open === 'sharing' && !this.abilities?.share) this.open = undefined;
    if (this.open === 'talkSettings' && !this.talk.shown?.canChoose) this.open = undefined;
    this.toggleAttribute('idle', this.idle.isIdle && this.isLive);
    if (changed.has('open')) void this.updateComplete.then(() => this.list?.focus());
  }

  static override styles = cameraScreenStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-camera-screen': CameraScreen;
  }
}
