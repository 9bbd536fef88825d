// SPDX-License-Identifier: Apache-2.0
// <fanlight-camera>: one camera, edge to edge, with what a person needs around it. The Viewer does the work.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Abilities } from '../core/rights';
import type { Sharing } from '../core/sharing';
import type { SignIn } from '../core/sign-in';
import type { SignalingLink } from '../core/signaling-link';
import type { CameraInfo } from '../core/signaling-messages';
import { Viewer } from '../core/viewer';
import type { ViewerState } from '../core/viewer-state';
import { messageOf } from '../text/text';
import { browserParts } from './browser-parts';
import type { CameraList } from './camera-list';
import './camera-list';
import { cameraStyles } from './camera-styles';
import type { Control } from './control-bar';
import './control-bar';
import { canFullScreen, toggleFullScreen } from './full-screen';
import { IdleWatch } from './idle-watch';
import { texts } from './language';
import { watchPage } from './page-life';
import type { PictureStage } from './picture-stage';
import './picture-stage';
import './sharing-panel';
import { toShortcut } from './shortcuts';
import './statistics-panel';
import type { StatusAction } from './status-layer';
import './status-layer';
import { topBar } from './top-bar';

const kUsualShape = 9 / 16;
/** A picture of this shape leaves no room beside it on a phone. */
const kUpright = 0.85;

@customElement('fanlight-camera')
export class CameraElement extends LitElement {
  @property({ attribute: false }) link!: SignalingLink;
  @property({ attribute: 'camera' }) cameraId = '';
  /** All cameras of the device, this one among them. */
  @property({ attribute: false }) cameras: readonly CameraInfo[] = [];

  /** Who the viewer is, and what they may do; undefined where somebody else's page takes care of that. */
  @property({ attribute: false }) signIn: SignIn | undefined;
  @property({ attribute: false }) abilities: Abilities | undefined;
  @property({ attribute: false }) sharing: Sharing | undefined;

  @state() private viewer: Viewer | undefined;
  @state() private hasSound = false;
  @state() private isMuted = true;
  @state() private isFullScreen = false;
  @state() private open: 'details' | 'cameras' | 'sharing' | undefined;
  @query('fanlight-picture') private readonly picture!: PictureStage;
  @query('fanlight-cameras') private readonly list!: CameraList | null;

  private readonly idle = new IdleWatch(this, () => this.mayFade());
  private endListening = () => {};
  private endWatching = () => {};

  private get viewerState(): ViewerState {
    return this.viewer?.state ?? { name: 'connecting' };
  }

  private get isLive(): boolean {
    return this.viewerState.name === 'live';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    const ended = new AbortController();
    addEventListener('keydown', (event) => this.onKey(event), { signal: ended.signal });
    const onFullScreen = () => (this.isFullScreen = document.fullscreenElement === this);
    document.addEventListener('fullscreenchange', onFullScreen, { signal: ended.signal });
    this.endListening = () => ended.abort();
    if (this.hasUpdated) this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.endListening();
    this.endViewer();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('cameraId') || changed.has('link')) this.begin();
  }

  private endViewer(): void {
    this.endWatching();
    this.viewer?.leave();
    this.viewer = undefined;
    this.hasSound = false;
    this.open = undefined;
  }

  private begin(): void {
    this.endViewer();
    const viewer = new Viewer(browserParts(this.link, this.picture.video), this.cameraId);
    this.viewer = viewer;
    viewer.on('state', () => this.onState(viewer));
    viewer.on('sessionEnding', () => this.picture.keepLast());
    viewer.on('track', (track) => this.onTrack(track));
    viewer.start();
    this.endWatching = watchPage({
      onOnline: (isOnline) => viewer.setOnline(isOnline),
      onHidden: (isHidden) => viewer.setHidden(isHidden),
      onLeave: () => viewer.leave(),
      onReturn: () => viewer.start(),
    });
  }

  private onState(viewer: Viewer): void {
    if (viewer !== this.viewer) return;
    if (this.isLive) this.picture.showNew();
    this.idle.wake();
    this.requestUpdate();
  }

  private onTrack(track: MediaStreamTrack): void {
    this.picture.addTrack(track);
    if (track.kind === 'audio') this.hasSound = true;
  }

  override render() {
    const pictureDate = this.viewer?.lastFrameDate;
    return html`
      <fanlight-picture
        label=${texts.video(this.cameraName)}
        ?live=${this.isLive}
        ?old=${!this.isLive && pictureDate !== undefined}
        .isMuted=${this.isMuted || !this.hasSound}
        @blocked=${(event: CustomEvent<boolean>) => this.viewer?.setBlocked(event.detail)}
        @pointermove=${(event: PointerEvent) => event.pointerType === 'mouse' && this.idle.wake()}
        @pointerup=${this.onPointerUp}
        @dblclick=${() => this.act('fullScreen')}
      ></fanlight-picture>
      <fanlight-status
        class=${pictureDate !== undefined && this.shape < kUpright ? 'beside' : ''}
        .state=${this.viewerState}
        .pictureDate=${pictureDate}
        @action=${(event: CustomEvent<StatusAction>) => this.onAction(event.detail)}
      ></fanlight-status>
      ${topBar({
        name: this.cameraName,
        isLive: this.isLive,
        isChoosing: this.cameras.length > 1 ? this.open === 'cameras' : undefined,
        choose: () => (this.open = this.open === 'cameras' ? undefined : 'cameras'),
      })}
      <fanlight-controls
        class="fades"
        ?hasSound=${this.hasSound}
        ?isMuted=${this.isMuted}
        ?isFullScreen=${this.isFullScreen}
        ?canFullScreen=${this.hasUpdated && canFullScreen(this.picture.video)}
        ?showsDetails=${this.open === 'details'}
        ?canShare=${this.abilities?.share === true}
        ?showsSharing=${this.open === 'sharing'}
        @control=${(event: CustomEvent<Control>) => this.act(event.detail)}
        @pointermove=${() => this.idle.wake()}
        @focusin=${() => this.idle.wake()}
      ></fanlight-controls>
      ${this.open === 'details' ? this.renderDetails() : nothing}
      ${this.open === 'sharing' ? this.renderSharing() : nothing}
      ${this.open === 'cameras' ? this.renderCameras() : nothing}
      <div class="unseen" role="status">${this.announcement}</div>
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
    const message = messageOf(this.viewerState, texts);
    return message ? `${message.title}. ${message.hint}` : texts.live;
  }

  private renderDetails() {
    // Who may share finds the way out where they share.
    return html`<fanlight-statistics
      .viewer=${this.viewer}
      .signIn=${this.abilities?.share ? undefined : this.signIn}
      ?microphoneHint=${this.abilities?.microphoneHint === true}
      @dismiss=${this.dismiss}
    ></fanlight-statistics>`;
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
    return html`<nav class="glass" aria-label=${texts.cameras}>
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
    else if (this.open) this.renderRoot.querySelector('fanlight-controls')?.focusOn(this.open);
    this.open = undefined;
  }

  private act(control: Control): void {
    this.idle.wake();
    if (control === 'details' || control === 'sharing') this.open = this.open === control ? undefined : control;
    if (control === 'sound' && this.hasSound) this.isMuted = !this.isMuted;
    if (control === 'sound' && !this.hasSound) this.renderRoot.querySelector('fanlight-controls')?.explain('sound');
    if (control === 'fullScreen') void toggleFullScreen(this, this.picture.video);
  }

  private onAction(action: StatusAction): void {
    if (action === 'retry') this.viewer?.retryNow();
    if (action === 'start') void this.picture.play();
    if (action === 'reload') location.reload();
    if (action === 'cameras') this.dispatchEvent(new CustomEvent('leave'));
  }

  private onKey(event: KeyboardEvent): void {
    this.idle.wake();
    const shortcut = toShortcut(event);
    if (shortcut === 'escape') this.dismiss();
    else if (shortcut) this.act(shortcut);
  }

  private onPointerUp({ pointerType }: PointerEvent): void {
    if (this.viewerState.name === 'blocked') void this.picture.play();
    if (this.open === 'cameras') this.open = undefined;
    else if (pointerType !== 'mouse' && !this.idle.isIdle && this.isLive) this.idle.rest();
    else this.idle.wake();
  }

  /** Never under a keyboard's focus, nor under what is open. */
  private mayFade(): boolean {
    const inner = (this.renderRoot as ShadowRoot).activeElement;
    const focused = inner?.shadowRoot?.activeElement ?? inner;
    return this.isLive && this.open === undefined && focused?.matches(':focus-visible') !== true;
  }

  protected override willUpdate(changed: PropertyValues): void {
    this.style.setProperty('--shape', String(this.shape));
    // Whoever lost the right does not go on with what it opened.
    if (this.open === 'sharing' && !this.abilities?.share) this.open = undefined;
    this.toggleAttribute('idle', this.idle.isIdle && this.isLive);
    if (changed.has('open')) void this.updateComplete.then(() => this.list?.focus());
  }

  static override styles = cameraStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-camera': CameraElement;
  }
}
