// SPDX-License-Identifier: Apache-2.0
// <fanlight-account>: as whom this browser is signed in, until when, and the way out.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SignIn } from '../core/sign-in';
import { formatDate } from '../text/text';
import { formStyles } from './form-styles';
import { language, texts } from './language';
import { showChanges } from './shown-changes';
import { theme } from './theme';

@customElement('fanlight-account')
export class AccountCard extends LitElement {
  @property({ attribute: false }) signIn!: SignIn;
  /** Says why there is no microphone. */
  @property({ type: Boolean }) microphoneHint = false;
  @state() private hasFailed = false;

  constructor() {
    super();
    showChanges(this, () => this.signIn);
  }

  override render() {
    const { grant } = this.signIn;
    const words = texts.account;
    const until = grant?.expires === undefined ? words.forever : words.until(formatDate(grant.expires, language));
    return html`
      <div class="line">
        <div>
          <h2>${words.title}</h2>
          ${grant ? html`<p class="note">${grant.name ? html`<bdi>${grant.name}</bdi> · ` : nothing}${until}</p>` : nothing}
        </div>
        <button class="quiet small" @click=${this.onSignOut}>${words.signOut}</button>
      </div>
      <p class="fault" role="alert">${this.hasFailed ? words.signOutFailed : nothing}</p>
      ${this.microphoneHint ? html`<p class="note microphone">${words.microphone}</p>` : nothing}
    `;
  }

  private async onSignOut(): Promise<void> {
    this.hasFailed = false;
    this.hasFailed = !(await this.signIn.signOut());
  }

  static override styles = [
    theme,
    formStyles,
    css`
      :host {
        display: block;
      }
      .line {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 16px;
      }
      .line > div {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .line button {
        flex: none;
      }
      h2 {
        font-weight: 550;
      }
      .microphone {
        margin-top: 10px;
      }
      .fault:empty {
        display: none;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-account': AccountCard;
  }
}
