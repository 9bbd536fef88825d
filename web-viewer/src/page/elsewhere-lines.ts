// SPDX-License-Identifier: Apache-2.0
// <fanlight-elsewhere>: a new key's addresses, and the lines that bring them into other programs, each to be copied.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { elsewhereLines, type Elsewhere, type ElsewhereLine } from '../core/elsewhere';
import type { CameraInfo } from '../core/signaling-messages';
import { copy } from './copying';
import { formStyles } from './form-styles';
import { texts } from './language';
import { theme } from './theme';

@customElement('fanlight-elsewhere')
export class ElsewhereLines extends LitElement {
  @property({ attribute: false }) key = '';
  /** That the key opens. */
  @property({ attribute: false }) cameras: readonly CameraInfo[] = [];
  @state() private chosen: string | undefined;
  /** What came of copying, by the line. */
  @state() private outcome: { use: Elsewhere; isCopied: boolean } | undefined;

  override render() {
    const camera = this.cameras.find(({ id }) => id === this.chosen) ?? this.cameras[0];
    if (camera === undefined) return nothing;
    const words = texts.elsewhere;
    return html`
      ${this.cameras.length > 1 ? this.renderChoice(camera.id) : nothing}
      <ul>
        ${elsewhereLines(location.origin, this.key, camera).map((line) => html`<li>${this.renderLine(line)}</li>`)}
      </ul>
      <p class="unseen" role="status">${this.outcome?.isCopied ? words.copied(words.uses[this.outcome.use].title) : nothing}</p>
    `;
  }

  private renderChoice(camera: string) {
    const choose = (event: Event) => {
      this.chosen = (event.target as HTMLSelectElement).value;
      this.outcome = undefined;
    };
    return html`<label class="title choice" for="camera">${texts.elsewhere.camera}</label>
      <select id="camera" @change=${choose}>
        ${this.cameras.map(({ id, name }) => html`<option value=${id} ?selected=${id === camera}>${name}</option>`)}
      </select>`;
  }

  private renderLine({ use, text }: ElsewhereLine) {
    const { title, hint } = texts.elsewhere.uses[use];
    const outcome = this.outcome?.use === use ? this.outcome : undefined;
    const words = texts.sharing;
    return html`<div class="line">
        <label class="title" for=${use}>${title}</label>
        <button class="quiet small" aria-label=${texts.elsewhere.copy(title)} @click=${() => this.copy(use, text)}>
          ${outcome?.isCopied ? words.copied : words.copy}
        </button>
      </div>
      <textarea id=${use} class="code" readonly rows="3" spellcheck="false" .value=${text} aria-describedby=${`${use}-hint`}
        @focus=${(event: Event) => (event.target as HTMLTextAreaElement).select()}
      ></textarea>
      <p class="note" id=${`${use}-hint`}>${hint}</p>
      ${outcome && !outcome.isCopied ? html`<p class="fault" role="alert">${texts.elsewhere.copyByHand}</p>` : nothing}`;
  }

  private async copy(use: Elsewhere, text: string): Promise<void> {
    const field = this.renderRoot.querySelector<HTMLTextAreaElement>(`#${use}`);
    const isCopied = await copy(text, field);
    this.outcome = { use, isCopied };
    // What could not be copied stays selected, for the keyboard or a long touch.
    if (isCopied) this.renderRoot.querySelector<HTMLElement>(`#${use}`)?.closest('li')?.querySelector('button')?.focus();
    else field?.focus();
  }

  static override styles = [
    theme,
    formStyles,
    css`
      :host {
        display: block;
      }
      ul {
        list-style: none;
      }
      li {
        margin-top: 18px;
      }
      .line {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
      }
      .line button {
        flex: none;
      }
      .title {
        display: block;
        font-weight: 550;
      }
      .choice {
        margin-top: 18px;
      }
      select {
        margin-top: 6px;
      }
      .code {
        width: 100%;
        margin-top: 6px;
        border: 0;
        border-radius: 14px;
        background: var(--veil);
        box-shadow: inset 0 0 0 1px var(--glass-edge);
        color: inherit;
      }
      .code {
        display: block;
        field-sizing: content;
        min-height: 48px;
        padding: 10px 14px;
        font-family: ui-monospace, 'SFMono-Regular', Menlo, Consolas, monospace;
        font-size: 0.8125rem;
        line-height: 1.45;
        overflow-wrap: anywhere;
        word-break: break-all;
        resize: none;
      }
      .note {
        margin-top: 6px;
        font-size: 0.8125rem;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-elsewhere': ElsewhereLines;
  }
}
