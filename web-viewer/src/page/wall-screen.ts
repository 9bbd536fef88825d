// SPDX-License-Identifier: Apache-2.0
// <fanlight-wall-screen>: the wall of cameras with the device's name, who may watch, and as whom one is signed in.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { Abilities } from '../core/rights';
import type { Sharing } from '../core/sharing';
import type { SignIn } from '../core/sign-in';
import type { CameraId, CameraInfo, DeviceTrouble } from '../core/signaling-messages';
import { slowedInWords } from '../text/text';
import './account-card';
import { brandMark } from './brand-mark';
import type { CameraWall } from './camera-wall';
import './camera-wall';
import type { Checks } from './doctor-panel';
import './doctor-panel';
import { formStyles } from './form-styles';
import { icon } from './icons';
import { texts } from './language';
import type { LiveCameras } from './live-cameras';
import { notice } from './notice';
import './sharing-panel';
import { toShortcut } from './shortcuts';
import { theme } from './theme';

@customElement('fanlight-wall-screen')
export class WallScreen extends LitElement {
  @property() name = '';
  @property({ attribute: false }) cameras: readonly CameraInfo[] = [];
  /** What is wrong around the device. */
  @property({ attribute: false }) troubles: readonly DeviceTrouble[] = [];
  @property({ attribute: false }) pictures!: LiveCameras;
  @property({ attribute: false }) signIn!: SignIn;
  @property({ attribute: false }) abilities!: Abilities;
  @property({ attribute: false }) sharing!: Sharing;
  @property({ attribute: false }) checks!: Checks;
  /** The camera that one comes back from. */
  @property({ attribute: false }) from: CameraId | undefined;
  /** 'own': who may watch, for who decides that, else as whom one is signed in. */
  @state() private open: 'own' | 'doctor' | undefined;
  @query('fanlight-wall') private readonly wall!: CameraWall;
  @query('.open') private readonly opener!: HTMLElement;

  private endListening = () => {};

  override connectedCallback(): void {
    super.connectedCallback();
    const ended = new AbortController();
    addEventListener('keydown', (event) => toShortcut(event) === 'escape' && this.dismiss(), { signal: ended.signal });
    this.endListening = () => ended.abort();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.endListening();
  }

  protected override firstUpdated(): void {
    if (this.from !== undefined) this.wall.focusOn(this.from);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // What is open is of a right that may have gone.
    if (changed.get('abilities')?.share !== undefined && changed.get('abilities')?.share !== this.abilities.share) {
      if (this.open === 'own') this.open = undefined;
    }
  }

  override render() {
    const { share } = this.abilities;
    const label = share ? texts.sharing.open : texts.account.title;
    return html`<header>
        ${brandMark()}
        <h1>${this.name}</h1>
        <button class="open" aria-label=${label} title=${label} aria-expanded=${this.open === 'own'} @click=${this.toggle}>
          ${icon(share ? 'share' : 'person')}
        </button>
      </header>
      <div class="notices" role="status">${this.renderNotices()}</div>
      <main><fanlight-wall .cameras=${this.cameras} .pictures=${this.pictures}></fanlight-wall></main>
      ${this.open === 'own' ? (share ? this.renderSharing() : this.renderAccount()) : nothing}
      ${this.open === 'doctor' ? this.renderDoctor() : nothing}`;
  }

  private renderNotices() {
    const troubles = this.troubles.map((trouble) => notice(texts.deviceTroubles[trouble]));
    return this.slowed ? [...troubles, html`<p>${this.slowed}</p>`] : troubles;
  }

  /** Once for all cameras: it is the device's. */
  private get slowed(): string | undefined {
    return this.cameras.map((camera) => slowedInWords(camera, texts)).find((words) => words !== undefined);
  }

  private renderSharing() {
    return html`<fanlight-sharing
      .sharing=${this.sharing}
      .signIn=${this.signIn}
      .abilities=${this.abilities}
      .cameras=${this.cameras}
      canExamine
      @examine=${this.examine}
      @dismiss=${this.dismiss}
    ></fanlight-sharing>`;
  }

  private renderAccount() {
    return html`<div class="account glass">
      <fanlight-account .signIn=${this.signIn} ?microphoneHint=${this.abilities.microphoneHint}></fanlight-account>
      <button class="quiet small" @click=${this.examine}>${texts.checkUp.open}</button>
    </div>`;
  }

  private renderDoctor() {
    return html`<fanlight-doctor .checks=${this.checks} .abilities=${this.abilities} @dismiss=${this.dismiss}></fanlight-doctor>`;
  }

  private examine(): void {
    this.open = 'doctor';
  }

  private toggle(): void {
    this.open = this.open === 'own' ? undefined : 'own';
  }

  private dismiss(): void {
    if (!this.open) return;
    this.open = undefined;
    this.opener.focus();
  }

  static override styles = [
    theme,
    formStyles,
    css`
      :host {
        position: absolute;
        inset: 0;
        display: flex;
        flex-direction: column;
        gap: 10px;
        padding: calc(var(--safe-top) - 6px) var(--safe-right) var(--safe-bottom) var(--safe-left);
      }
      header {
        flex: none;
        display: flex;
        align-items: center;
        gap: 12px;
        min-height: 2.75rem;
      }
      header .mark {
        width: 1.875rem;
      }
      h1 {
        flex: 1;
        min-width: 0;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        font-size: 1.0625rem;
        font-weight: 600;
        letter-spacing: -0.005em;
      }
      header button {
        display: grid;
        place-items: center;
        width: 2.75rem;
        height: 2.75rem;
        margin-right: -8px;
        border-radius: 99px;
      }
      header button:is(:hover, [aria-expanded='true']) {
        background: var(--veil);
      }
      .notices {
        flex: none;
        display: grid;
        gap: 6px;
        font-size: 0.875rem;
        color: var(--ink-soft);
      }
      .notice {
        padding: 8px 14px;
        border-radius: 14px;
        background: var(--veil);
        text-wrap: pretty;
      }
      .notice strong {
        font-weight: 600;
        color: var(--ink);
      }
      /* Not gone, or a screen reader would miss what is put in. */
      .notices:empty {
        margin-top: -10px;
      }
      main {
        flex: 1;
        min-height: 0;
        display: grid;
      }
      fanlight-sharing,
      fanlight-doctor,
      .account {
        position: absolute;
        z-index: 1;
        top: calc(var(--safe-top) + 2.75rem + 2px);
        right: var(--safe-right);
        width: min(26rem, 100vw - var(--safe-left) - var(--safe-right));
        max-height: calc(100% - var(--safe-top) - var(--safe-bottom) - 2.75rem - 2px);
        border-radius: 20px;
        animation: sink 0.2s ease-out;
      }
      .account {
        padding: 14px 18px;
        background: var(--panel);
      }
      .account .quiet {
        width: 100%;
        margin-top: 12px;
      }
      @keyframes sink {
        from {
          opacity: 0;
          transform: translateY(-6px);
        }
      }
      @media (max-height: 480px) {
        :host {
          gap: 4px;
        }
        .notices:empty {
          margin-top: -4px;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-wall-screen': WallScreen;
  }
}
