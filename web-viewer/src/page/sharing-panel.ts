// SPDX-License-Identifier: Apache-2.0
// <fanlight-sharing>: everything about who may watch, for who may decide it. There only while it is open.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { browserClock } from '../core/clock';
import type { Abilities } from '../core/rights';
import type { Sharing } from '../core/sharing';
import { SharingLists } from '../core/sharing-lists';
import type { SignIn } from '../core/sign-in';
import type { CameraInfo } from '../core/signaling-messages';
import './access-lists';
import './account-card';
import { formStyles } from './form-styles';
import { texts } from './language';
import { panelHeader } from './panel-header';
import { panelStyles } from './panel-styles';
import type { ShareCard } from './share-card';
import './share-card';
import { theme } from './theme';

@customElement('fanlight-sharing')
export class SharingPanel extends LitElement {
  @property({ attribute: false }) sharing!: Sharing;
  @property({ attribute: false }) signIn!: SignIn;
  @property({ attribute: false }) abilities!: Abilities;
  @property({ attribute: false }) cameras: readonly CameraInfo[] = [];
  /** The one that is being looked at, if any. */
  @property() camera: string | undefined;
  /** The element around it has a check-up to offer. */
  @property({ type: Boolean }) canExamine = false;
  @query('fanlight-share-card') private readonly card!: ShareCard;
  @query('section') private readonly section!: HTMLElement;

  private lists: SharingLists | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    this.lists ??= new SharingLists(this.sharing, browserClock);
  }

  /** The keyboard comes along into the panel; where a field would raise one on the screen, only to its beginning. */
  protected override firstUpdated(): void {
    const hasMouse = matchMedia('(hover: hover)').matches;
    void this.card.updateComplete.then(() => (hasMouse ? this.card : this.section).focus());
  }

  override render() {
    const { sharing, signIn, cameras, abilities, lists } = this;
    // The only camera is the one that is meant, also where nobody looks at it yet.
    const camera = this.camera ?? (cameras.length === 1 ? cameras[0]?.id : undefined);
    return html`<section class="glass" role="dialog" aria-label=${texts.sharing.title} tabindex="-1">
      ${panelHeader(this, texts.sharing.title)}
      <fanlight-share-card
        .sharing=${sharing}
        .cameras=${cameras}
        .camera=${camera}
        .rights=${signIn.rights}
        .give=${abilities.give}
        @shared=${this.onShared}
      ></fanlight-share-card>
      ${lists
        ? html`<fanlight-access .sharing=${sharing} .lists=${lists} .cameras=${cameras}></fanlight-access>`
        : nothing}
      <fanlight-account .signIn=${signIn} ?microphoneHint=${abilities.microphoneHint}></fanlight-account>
      ${this.canExamine
        ? html`<button class="quiet small" @click=${() => this.dispatchEvent(new CustomEvent('examine'))}>
            ${texts.checkUp.open}
          </button>`
        : nothing}
    </section>`;
  }

  private onShared(): void {
    this.section.scrollTop = 0;
    void this.lists?.refresh();
  }

  static override styles = [
    theme,
    formStyles,
    panelStyles,
    css`
      section.glass {
        padding-bottom: 20px;
        font-size: 1rem;
      }
      section:focus-visible {
        outline: none;
      }
      fanlight-access,
      fanlight-account {
        margin-top: 20px;
        padding-top: 20px;
        border-top: 1px solid var(--glass-edge);
      }
      section > .quiet {
        width: 100%;
        margin-top: 16px;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-sharing': SharingPanel;
  }
}
