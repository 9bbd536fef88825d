// SPDX-License-Identifier: Apache-2.0
// <fanlight-cameras>: the device's cameras to choose from, each a link of its own. Arrows move between them.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { cameraStates, type CameraInfo } from '../core/signaling-messages';
import { cameraAddress, isPlainClick } from './addresses';
import { brandMark } from './brand-mark';
import { icon } from './icons';
import { texts } from './language';
import { theme } from './theme';

@customElement('fanlight-cameras')
export class CameraList extends LitElement {
  @property({ attribute: false }) cameras: readonly CameraInfo[] = [];
  @property() current: string | undefined;

  /** Puts the keyboard on the present camera, or on the first. */
  override focus(): void {
    const links = this.links();
    (links.find((link) => link.getAttribute('aria-current') === 'page') ?? links[0])?.focus();
  }

  override render() {
    return html`<ul @keydown=${this.onKey}>
      ${this.cameras.map((camera) => html`<li>${this.renderCamera(camera)}</li>`)}
    </ul>`;
  }

  private renderCamera({ id, name, state }: CameraInfo) {
    const isCurrent = id === this.current;
    const known = cameraStates.find((candidate) => candidate === state);
    return html`<a
      href=${cameraAddress(id)}
      aria-current=${isCurrent ? 'page' : 'false'}
      @click=${(event: MouseEvent) => this.choose(event, id)}
    >
      <span class="tile ${known ?? ''}">${brandMark()}</span>
      <span class="words">
        <span class="name">${name}</span>
        <span class="state ${known ?? ''}">${known ? texts.cameraStates[known] : state}</span>
      </span>
      ${icon('forward')}
    </a>`;
  }

  private choose(event: MouseEvent, id: string): void {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    this.dispatchEvent(new CustomEvent<string>('choose', { detail: id }));
  }

  private links(): HTMLAnchorElement[] {
    return [...this.renderRoot.querySelectorAll('a')];
  }

  private onKey(event: KeyboardEvent): void {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    const links = this.links();
    const at = links.findIndex((link) => link === (this.renderRoot as ShadowRoot).activeElement);
    links[(at + step + links.length) % links.length]?.focus();
    event.preventDefault();
  }

  static override styles = [
    theme,
    css`
      ul {
        list-style: none;
        display: grid;
        gap: 2px;
      }
      a {
        display: flex;
        align-items: center;
        gap: 14px;
        min-height: 64px;
        padding: 8px 12px 8px 10px;
        border-radius: 16px;
        color: inherit;
        text-decoration: none;
        transition: background 0.2s;
      }
      a:hover,
      a[aria-current='page'] {
        background: var(--veil);
      }
      .tile {
        display: grid;
        place-items: center;
        width: 56px;
        height: 44px;
        border-radius: 12px;
        background: var(--veil);
      }
      .tile .mark {
        width: 30px;
        color: var(--ink-faint);
      }
      .tile:is(.live, .starting) .mark {
        color: var(--mark);
      }
      .words {
        flex: 1;
        min-width: 0;
        display: grid;
      }
      .name {
        font-weight: 550;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .state {
        font-size: 0.8125rem;
        color: var(--ink-soft);
      }
      .state.live::before {
        content: '';
        display: inline-block;
        width: 7px;
        height: 7px;
        margin-right: 6px;
        border-radius: 50%;
        background: var(--live);
        vertical-align: 1px;
      }
      .icon {
        color: var(--ink-faint);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-cameras': CameraList;
  }
}
