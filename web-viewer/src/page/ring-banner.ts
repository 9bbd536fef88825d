// SPDX-License-Identifier: Apache-2.0
// <fanlight-ring>: that somebody rings, over whatever the page shows, and what to do about it.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Door } from '../core/doors';
import type { Ring } from '../core/rings';
import { formatTime } from '../text/text';
import './door-buttons';
import { icon } from './icons';
import { language, texts } from './language';
import { pageColoursWithin, theme } from './theme';

export type RingAction = 'answer' | 'dismiss';

@customElement('fanlight-ring')
export class RingBanner extends LitElement {
  @property({ attribute: false }) ring: Ring | undefined;
  /** What may be opened for who rings. */
  @property({ attribute: false }) doors: readonly Door[] = [];

  override render() {
    return html`<div class="unseen" role="alert">${this.words}</div>
      ${this.ring ? this.renderBanner(this.ring) : nothing}`;
  }

  private get words(): string {
    if (!this.ring) return '';
    const { answered, name } = this.ring;
    return answered === undefined ? texts.ring.title(name) : texts.ring.answered(answered);
  }

  private renderBanner(ring: Ring) {
    return html`<section class="page glass" aria-label=${this.words}>
      <div class="what">
        ${icon('bell')}
        <p><strong><bdi>${this.words}</bdi></strong><time>${formatTime(ring.date, language)}</time></p>
        <button class="close" aria-label=${texts.close} title=${texts.close} @click=${() => this.act('dismiss')}>
          ${icon('close')}
        </button>
      </div>
      ${ring.answered === undefined
        ? html`<div class="acts"><button class="answer" @click=${() => this.act('answer')}>${texts.ring.answer}</button></div>
            ${this.doors.length > 0 ? html`<fanlight-doors .doors=${this.doors}></fanlight-doors>` : nothing}`
        : nothing}
    </section>`;
  }

  private act(action: RingAction): void {
    this.dispatchEvent(new CustomEvent<RingAction>('act', { detail: action }));
  }

  static override styles = [
    theme,
    pageColoursWithin,
    css`
      :host {
        position: fixed;
        z-index: 10;
        inset: calc(var(--safe-top) + 8px) var(--safe-right) auto var(--safe-left);
        display: grid;
        justify-items: center;
        pointer-events: none;
      }
      section {
        display: grid;
        gap: 14px;
        width: min(28rem, 100%);
        padding: 14px;
        border-radius: 20px;
        background: var(--panel);
        pointer-events: auto;
        animation: arrive 0.25s ease-out;
      }
      .what {
        display: flex;
        align-items: center;
        gap: 12px;
      }
      .what > .icon {
        color: var(--accent);
      }
      p {
        flex: 1;
        display: grid;
        min-width: 0;
        overflow-wrap: anywhere;
      }
      strong {
        font-weight: 600;
      }
      time {
        color: var(--ink-soft);
        font-size: 0.875rem;
        font-variant-numeric: tabular-nums;
      }
      .close {
        display: grid;
        place-items: center;
        width: 44px;
        height: 44px;
        border-radius: 99px;
        color: var(--ink-soft);
      }
      .acts {
        display: flex;
        flex-wrap: wrap;
        gap: 10px;
      }
      .acts button {
        flex: 1 1 8rem;
        min-height: 48px;
        padding: 0 16px;
        border-radius: 14px;
        background: var(--veil-strong);
        font-weight: 600;
      }
      .acts .answer {
        background: var(--lamp);
        color: var(--on-lamp);
      }
      fanlight-doors {
        --door: var(--veil-strong);
      }
      @keyframes arrive {
        from {
          opacity: 0;
          transform: translateY(-12px);
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-ring': RingBanner;
  }
}
