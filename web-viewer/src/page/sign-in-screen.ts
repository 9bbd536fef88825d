// SPDX-License-Identifier: Apache-2.0
// <fanlight-sign-in>: what stands where the camera would, for who is not let in; the owner's pairing code goes in here.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { AccessFault } from '../core/access-client';
import { formatPairingCode, formattedCursor, isWholePairingCode } from '../core/pairing-code';
import type { SignIn } from '../core/sign-in';
import type { Message } from '../text/text';
import { brandMark } from './brand-mark';
import { formStyles } from './form-styles';
import { texts } from './language';
import { showChanges } from './shown-changes';
import { theme } from './theme';

type Fault = keyof typeof texts.signIn.faults;

@customElement('fanlight-sign-in')
export class SignInScreen extends LitElement {
  @property({ attribute: false }) signIn!: SignIn;
  @state() private fault: Fault | undefined;
  @state() private isChecking = false;
  @query('input') private readonly field!: HTMLInputElement | null;
  @query('h1') private readonly heading!: HTMLElement;

  constructor() {
    super();
    showChanges(this, () => this.signIn);
  }

  /** What was said before is gone from the screen: the keyboard and the screen reader begin with what is said now. */
  protected override firstUpdated(): void {
    this.heading.focus();
  }

  override render() {
    const { title, hint } = this.message;
    return html`<main>
      <div class="head ${this.isProblem ? 'problem' : ''}">
        ${brandMark()}
        <h1 tabindex="-1">${title}</h1>
        <p>${hint}</p>
        ${this.isProblem
          ? html`<button class="quiet" @click=${() => this.signIn.tryAgain()}>${texts.tryAgain}</button>`
          : nothing}
      </div>
      ${this.signIn.isPairing ? this.renderPairing() : nothing}
    </main>`;
  }

  private get message(): Message {
    const { state: signIn } = this.signIn;
    const reason = signIn.name === 'out' ? signIn.reason : 'newcomer';
    return reason === 'newcomer' || reason === 'left' ? texts.signIn[reason] : texts.problems[reason];
  }

  private get isProblem(): boolean {
    const { state: signIn } = this.signIn;
    return signIn.name === 'out' && signIn.reason !== 'left' && signIn.reason !== 'newcomer';
  }

  private renderPairing() {
    const words = texts.signIn;
    return html`<form class="glass" novalidate @submit=${this.onSubmit}>
      <h2>${words.pairing}</h2>
      <p class="note" id="hint">${words.pairingHint}</p>
      <label for="code">${words.code}</label>
      <input
        id="code"
        type="text"
        name="code"
        inputmode="text"
        autocomplete="one-time-code"
        autocapitalize="characters"
        autocorrect="off"
        spellcheck="false"
        enterkeyhint="go"
        placeholder="XXXX-XXXX"
        aria-describedby=${this.fault ? 'fault hint' : 'hint'}
        aria-invalid=${this.fault ? 'true' : 'false'}
        @input=${this.onInput}
        @compositionend=${this.onWritten}
      />
      <p class="fault" id="fault" role="alert">${this.fault ? words.faults[this.fault] : nothing}</p>
      <button class="act" aria-disabled=${this.isChecking ? 'true' : 'false'}>
        ${this.isChecking ? words.pairingNow : words.pair}
      </button>
    </form>`;
  }

  private onInput({ isComposing }: InputEvent): void {
    this.fault = undefined;
    // Many keyboards on a screen compose Latin words as well: what they are at must be left to them.
    if (!isComposing) this.onWritten();
  }

  private onWritten(): void {
    const { field } = this;
    if (!field) return;
    const cursor = formattedCursor(field.value, field.selectionStart ?? field.value.length);
    field.value = formatPairingCode(field.value);
    field.setSelectionRange(cursor, cursor);
  }

  private async onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isChecking) return;
    const code = formatPairingCode(this.field?.value ?? '');
    if (!isWholePairingCode(code)) return this.complain('not-whole');
    this.isChecking = true;
    const fault = await this.signIn.pair(code);
    this.isChecking = false;
    if (fault) this.complain(wordsFor(fault));
  }

  private complain(fault: Fault): void {
    this.fault = fault;
    this.field?.focus();
    this.field?.select();
  }

  static override styles = [
    theme,
    formStyles,
    css`
      main {
        display: grid;
        align-content: center;
        gap: 36px;
        width: min(26rem, 100%);
        min-height: 100%;
        margin: 0 auto;
        padding: var(--safe-top) var(--safe-right) calc(var(--safe-bottom) + 6vh) var(--safe-left);
        animation: arrive 0.35s ease-out;
      }
      .head {
        display: grid;
        justify-items: center;
        text-align: center;
      }
      .mark {
        width: 76px;
        margin-bottom: 24px;
        filter: drop-shadow(0 0 24px rgb(255 190 100 / 35%));
      }
      h1 {
        font-size: 1.4375rem;
        font-weight: 600;
        line-height: 1.3;
        letter-spacing: -0.015em;
        text-wrap: balance;
      }
      h1:focus-visible {
        outline: none;
      }
      .problem .mark {
        color: var(--ink-faint);
        filter: none;
      }
      .head p {
        margin-top: 10px;
        color: var(--ink-soft);
        text-wrap: balance;
      }
      .head .quiet {
        margin-top: 22px;
      }
      form {
        display: grid;
        padding: 20px;
        border-radius: 24px;
      }
      h2 {
        font-weight: 600;
      }
      form .note {
        margin-top: 4px;
      }
      label {
        margin: 18px 0 6px;
        font-size: 0.875rem;
        font-weight: 550;
      }
      input[type='text'] {
        min-height: 64px;
        text-align: center;
        font-family: ui-monospace, 'SF Mono', Menlo, Consolas, 'DejaVu Sans Mono', monospace;
        font-size: 1.625rem;
        letter-spacing: 0.08em;
        text-transform: uppercase;
      }
      .fault:empty {
        display: none;
      }
      .act {
        margin-top: 16px;
      }
      @keyframes arrive {
        from {
          opacity: 0;
        }
      }
      @media (max-height: 480px) {
        main {
          gap: 18px;
          padding-bottom: var(--safe-bottom);
        }
        .mark {
          width: 48px;
          margin-bottom: 10px;
        }
      }
    `,
  ];
}

function wordsFor(fault: AccessFault): Fault {
  switch (fault) {
    case 'wrong-code':
    case 'no-pairing':
    case 'too-often':
    case 'unreachable':
      return fault;
    default:
      return 'other';
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-sign-in': SignInScreen;
  }
}
