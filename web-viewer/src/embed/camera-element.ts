// SPDX-License-Identifier: Apache-2.0
// <fanlight-camera src="https://device" camera="porch" key="…">: a camera on anybody's page. web-viewer/README.md says what
// the attributes are, and what the device asks for.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { ViewerState } from '../core/viewer-state';
import { canFullScreen, FullScreenWatch, toggleFullScreen } from '../page/full-screen';
import { icon } from '../page/icons';
import { IdleWatch } from '../page/idle-watch';
import { chooseLanguage, embeddedMessageOf, formatAge, languages, type Message, type Texts } from '../text/text';
import { cameraElementStyles } from './camera-element-styles';
import { isWithheld, openCamera, originOf, type EmbeddedCamera } from './device-access';

/** Of the age of a picture that is not live. */
const kTick = 1000;

@customElement('fanlight-camera')
export class CameraElement extends LitElement {
  /** The device's address; without it, the one that this script came from. */
  @property() src: string | undefined;
  @property() camera: string | undefined;
  @property() key: string | undefined;
  /** For a screen reader; without it, the camera's id. */
  @property() name: string | undefined;

  @state() private opened: EmbeddedCamera | undefined;
  @state() private isMuted = true;
  private readonly idle = new IdleWatch(this, () => this.viewerState.name === 'live' && !this.isHeld);
  private readonly fullScreen = new FullScreenWatch(this);
  private unsubscribe = () => {};
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.end();
  }

  static override get observedAttributes(): string[] {
    return [...super.observedAttributes, 'lang'];
  }

  override attributeChangedCallback(name: string, old: string | null, value: string | null): void {
    super.attributeChangedCallback(name, old, value);
    if (name === 'lang') this.requestUpdate();
  }

  private get viewerState(): ViewerState {
    return this.opened?.live.state ?? { name: 'connecting' };
  }

  private get origin(): string | undefined {
    return originOf(this.src);
  }

  private get texts(): Texts {
    const near = this.closest('[lang]')?.getAttribute('lang') ?? document.documentElement.lang;
    return languages[chooseLanguage('', near ? [near, ...navigator.languages] : navigator.languages)];
  }

  /** Never under a keyboard's focus. */
  private get isHeld(): boolean {
    return this.shadowRoot?.activeElement?.matches(':focus-visible') === true;
  }

  private begin(): void {
    this.end();
    const { origin, camera, key } = this;
    if (!origin || !camera || !key || isWithheld(origin)) return;
    this.opened = openCamera({ origin, camera, key });
    this.unsubscribe = this.opened.live.onChange(() => {
      this.idle.wake();
      this.requestUpdate();
    });
    this.timer = setInterval(() => this.viewerState.name !== 'live' && this.requestUpdate(), kTick);
  }

  private end(): void {
    this.unsubscribe();
    clearInterval(this.timer);
    this.opened?.end();
    this.opened = undefined;
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('src') || changed.has('camera') || changed.has('key') || !this.hasUpdated) this.begin();
    const { live } = this.opened ?? {};
    if (live) {
      live.picture.label = this.texts.video(this.name || this.camera || '');
      live.setMuted(this.isMuted);
    }
    this.toggleAttribute('idle', this.idle.isIdle && this.viewerState.name === 'live');
  }

  override render() {
    const { texts, viewerState: { name } } = this;
    return html`
      <div class="stage" @pointermove=${() => this.idle.wake()} @click=${this.onClick}>${this.opened?.live.picture}</div>
      ${name === 'blocked'
        ? html`<button class="play" aria-label=${texts.start} @click=${this.onClick}>${icon('play')}</button>`
        : nothing}
      <div class="bar" @focusin=${() => this.idle.wake()} @pointermove=${() => this.idle.wake()}>
        <div class="state">
          <span role="status">${this.renderState()}</span>
          ${this.renderAge()}
        </div>
        <div class="controls">${this.renderControls()}</div>
      </div>
    `;
  }

  private renderState() {
    const { texts, message } = this;
    if (!message) return html`<span class="dot"></span><span class="title">${texts.live}</span>`;
    return html`<span class="title">${message.title}</span> <span class="hint">${message.hint}</span>`;
  }

  /** Beside what is read out, or each second would be. */
  private renderAge() {
    const date = this.message && this.opened?.live.pictureDate;
    return date === undefined ? nothing : html`<span class="age">${this.texts.pictureAge(formatAge(Date.now() - date, this.texts))}</span>`;
  }

  private get message(): Message | undefined {
    const { texts, origin, opened, viewerState } = this;
    if (opened) return embeddedMessageOf(viewerState, texts, origin !== location.origin);
    return origin && isWithheld(origin) ? texts.embedded.withheld : texts.embedded.incomplete;
  }

  private renderControls() {
    const { texts, opened, viewerState } = this;
    if (!opened) return nothing;
    const { live } = opened;
    const sound = this.isMuted ? texts.unmute : texts.mute;
    const { isFullScreen } = this.fullScreen;
    const screen = isFullScreen ? texts.leaveFullScreen : texts.fullScreen;
    const isAsked = viewerState.name === 'failed' && viewerState.retryAt === undefined;
    return html`
      ${isAsked ? html`<button class="words" @click=${this.onRetry}>${texts.tryAgain}</button>` : nothing}
      ${live.hasSound
        ? html`<button aria-label=${sound} title=${sound} @click=${() => (this.isMuted = !this.isMuted)}>
            ${icon(this.isMuted ? 'soundOff' : 'sound')}
          </button>`
        : nothing}
      ${canFullScreen(live.picture.video)
        ? html`<button aria-label=${screen} title=${screen} @click=${() => toggleFullScreen(this, live.picture.video)}>
            ${icon(isFullScreen ? 'smallScreen' : 'fullScreen')}
          </button>`
        : nothing}
    `;
  }

  private onClick(): void {
    if (this.viewerState.name === 'blocked') void this.opened?.live.picture.play();
    this.idle.wake();
  }

  private onRetry(): void {
    this.opened?.open();
    this.opened?.live.viewer.retryNow();
  }

  static override styles = cameraElementStyles;
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-camera': CameraElement;
  }
}
