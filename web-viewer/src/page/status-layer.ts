// SPDX-License-Identifier: Apache-2.0
// <fanlight-status>: says what is going on while there is no live picture, and offers what a person can do.
import { html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { browserClock } from '../core/clock';
import { isOfWay, problems, type Problem } from '../core/viewer-problem';
import type { ViewerState } from '../core/viewer-state';
import { formatAge, messageOf } from '../text/text';
import { brandMark, waitingMarkStyles } from './brand-mark';
import { texts } from './language';
import { statusStyles } from './status-styles';
import { theme } from './theme';

/** What the buttons under a message do; the element around them carries it out. */
export type StatusAction = 'retry' | 'reload' | 'cameras' | 'start' | 'examine';

const kTick = 500;

@customElement('fanlight-status')
export class StatusLayer extends LitElement {
  @property({ attribute: false }) state: ViewerState = { name: 'connecting' };
  /** The wall clock's time of the picture behind this layer, if there is one. */
  @property({ attribute: false }) pictureDate: number | undefined;
  /** The element around it has a check-up to offer. */
  @property({ type: Boolean }) canExamine = false;

  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    // Ages and countdowns go on between changes of state.
    this.timer = setInterval(() => this.state.name !== 'live' && this.requestUpdate(), kTick);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  override render() {
    const { state } = this;
    const message = messageOf(state, texts);
    if (!message) return nothing;
    const isWaiting = state.name !== 'failed' && state.name !== 'away' && state.name !== 'blocked';
    return html`
      <div class="layer">
        <div class="lamp ${isWaiting ? 'waiting' : ''}">${brandMark()}</div>
        <h2>${message.title}</h2>
        <p class="hint">${message.hint}</p>
        ${this.pictureDate === undefined ? nothing : this.renderAge(this.pictureDate)}
        ${state.name === 'away' && state.detail ? this.renderDetail(state.detail) : nothing}
        ${state.name === 'failed' ? this.renderRetry(state.problem, state.retryAt) : nothing}
        ${state.name === 'blocked' ? this.renderButton('start', texts.start) : nothing}
      </div>
    `;
  }

  /** Puts the keyboard on the button that asks for a check-up. False: it is not there. */
  focusOnExamine(): boolean {
    const button = this.renderRoot.querySelector<HTMLElement>('.examine');
    button?.focus();
    return button !== null;
  }

  private renderAge(date: number) {
    return html`<p class="age">${texts.pictureAge(formatAge(Date.now() - date, texts))}</p>`;
  }

  private renderDetail(detail: string) {
    return html`<details>
      <summary>${texts.deviceSays}</summary>
      <p>${detail}</p>
    </details>`;
  }

  private renderRetry(problem: Problem, retryAt: number | undefined) {
    const seconds = Math.ceil(((retryAt ?? 0) - browserClock.now()) / 1000);
    const wait = seconds > 0 ? texts.retryIn(seconds) : texts.retrying;
    return html`
      <div class="acts">
        ${this.renderButton(...actionFor(problem))}
        ${this.canExamine && isOfWay(problem)
          ? html`<button class="examine" @click=${() => this.act('examine')}>${texts.checkUp.why}</button>`
          : nothing}
      </div>
      ${problems[problem] === 'asked' ? nothing : html`<p class="wait">${wait}</p>`}
    `;
  }

  private renderButton(action: StatusAction, label: string) {
    return html`<button class="act" @click=${() => this.act(action)}>${label}</button>`;
  }

  private act(action: StatusAction): void {
    this.dispatchEvent(new CustomEvent<StatusAction>('action', { detail: action }));
  }

  static override styles = [theme, waitingMarkStyles, statusStyles];
}

function actionFor(problem: Problem): [StatusAction, string] {
  switch (problem) {
    case 'unknown-camera':
    case 'camera-removed':
      return ['cameras', texts.cameras];
    case 'mismatch':
    case 'no-webrtc':
    case 'no-h264':
      return ['reload', texts.reload];
    default:
      return ['retry', problems[problem] === 'asked' ? texts.tryAgain : texts.tryNow];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-status': StatusLayer;
  }
}
