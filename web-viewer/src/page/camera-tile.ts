// SPDX-License-Identifier: Apache-2.0
// <fanlight-tile>: one camera of the wall, live while it is in sight, and the way to see it edge to edge.
import { html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { CameraId, CameraInfo } from '../core/signaling-messages';
import type { ViewerState } from '../core/viewer-state';
import type { Box } from '../core/wall-layout';
import { othersInWords } from '../text/talk-in-words';
import { formatAge, frozenInWords, messageOf, type Message } from '../text/text';
import { cameraAddress, isPlainClick } from './addresses';
import { brandMark, waitingMarkStyles } from './brand-mark';
import { texts } from './language';
import type { Hold, LiveCamera } from './live-camera';
import type { LiveCameras } from './live-cameras';
import { nightColours, theme } from './theme';
import { tileStyles } from './tile-styles';

const kTick = 1000;

@customElement('fanlight-tile')
export class CameraTile extends LitElement {
  @property({ attribute: false }) pictures!: LiveCameras;
  @property({ attribute: false }) camera!: CameraInfo;
  @property({ attribute: false }) box: Box = { x: 0, y: 0, width: 0, height: 0 };
  @state() private isInSight = false;

  private taken: CameraId | undefined;
  private live: LiveCamera | undefined;
  private hold: Hold | undefined;
  private unsubscribe = () => {};
  private timer: ReturnType<typeof setInterval> | undefined;
  private readonly sight = new IntersectionObserver(([entry]) => (this.isInSight = entry?.isIntersecting === true));

  get state(): ViewerState {
    return this.live?.state ?? { name: 'connecting' };
  }

  /** New pictures are shown: those that come, and are all the same, are none. */
  get isLive(): boolean {
    return this.state.name === 'live' && !this.camera.frozen;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.sight.observe(this);
    this.timer = setInterval(() => this.state.name !== 'live' && this.requestUpdate(), kTick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.sight.disconnect();
    clearInterval(this.timer);
    this.unsubscribe();
    this.hold?.pass();
    this.hold = undefined;
  }

  override focus(): void {
    this.renderRoot.querySelector('a')?.focus();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('pictures') || this.taken !== this.camera.id) this.take();
    if (this.isInSight) this.hold ??= this.live?.hold();
    else this.letGo();
    for (const side of ['x', 'y', 'width', 'height'] as const) this.style.setProperty(`--${side}`, `${this.box[side]}px`);
  }

  private take(): void {
    this.unsubscribe();
    this.letGo();
    this.taken = this.camera.id;
    this.live = this.pictures.camera(this.camera.id);
    this.live.setMuted(true);
    // The link has the words.
    this.live.picture.setAttribute('aria-hidden', 'true');
    this.unsubscribe = this.live.onChange(() => {
      this.requestUpdate();
      this.dispatchEvent(new CustomEvent('state'));
    });
  }

  private letGo(): void {
    this.hold?.end();
    this.hold = undefined;
  }

  override render() {
    const { id, name } = this.camera;
    const message = messageOf(this.state, texts);
    const frozen = message ? undefined : frozenInWords(this.camera, texts);
    const talks = othersInWords(this.camera.audio?.talkers, undefined, texts);
    const age = message && this.live?.pictureDate;
    const ageWords = age === undefined ? undefined : texts.pictureAge(formatAge(Date.now() - age, texts));
    // Read in this order, and laid out in another.
    return html`<a href=${cameraAddress(id)} @click=${this.onClick} @keydown=${this.onKey}>
      ${this.live?.picture}
      <span class="foot">
        <span class="name">${name}</span>
        <span class="state ${this.isLive ? 'on' : ''}"><span class="dot"></span>${this.isLive ? texts.live : texts.notLive}</span>
        ${talks ? html`<span class="talks">${talks}</span>` : nothing}
        ${frozen ? html`<span class="frozen">${frozen.title}</span>` : nothing}
      </span>
      ${message ? this.renderMessage(message, ageWords) : nothing}
    </a>`;
  }

  private renderMessage({ title, hint }: Message, age: string | undefined) {
    const { name } = this.state;
    const { reason } = this;
    const isWaiting = name !== 'failed' && name !== 'away' && name !== 'blocked';
    return html`<span class="message">
      <span class="lamp ${isWaiting ? 'waiting' : ''}">${brandMark()}</span>
      <span class="title">${title}</span>
      <span class="hint">${hint}</span>
      ${reason === undefined ? nothing : html`<span class="reason">${reason}</span>`}
      ${age === undefined ? nothing : html`<span class="age">${age}</span>`}
    </span>`;
  }

  /** The device's own words, where it has any. */
  private get reason(): string | undefined {
    const { state } = this;
    return state.name === 'away' ? state.detail : undefined;
  }

  private onClick(event: MouseEvent): void {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent<string>('choose', { detail: this.camera.id, bubbles: true, composed: true }));
  }

  /** Space, as on a button. */
  private onKey(event: KeyboardEvent): void {
    if (event.key !== ' ') return;
    event.preventDefault();
    this.renderRoot.querySelector('a')?.click();
  }

  static override styles = [theme, nightColours, waitingMarkStyles, tileStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-tile': CameraTile;
  }
}
