// SPDX-License-Identifier: Apache-2.0
// <fanlight-controls>: talking, sound, still picture, small window, connection details, sharing, full screen. A toolbar: Tab reaches it, arrows move inside.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { icon } from './icons';
import { texts } from './language';
import { talkButtonStyles } from './talk-button-styles';
import type { ShownTalk, TalkAction } from './talk-control';
import { theme } from './theme';

export type Control = 'talk' | 'talkSettings' | 'sound' | 'still' | 'pictureInPicture' | 'details' | 'sharing' | 'fullScreen';

/** How long an explanation stays after a touch. */
const kExplainFor = 2600;
/** A click that comes so soon after a pointer was let go is the pointer's. */
const kClickOfPointer = 500;

@customElement('fanlight-controls')
export class ControlBar extends LitElement {
  /** Undefined: nobody talks through this camera, or not this viewer. */
  @property({ attribute: false }) talk: ShownTalk | undefined;
  @property({ type: Boolean }) showsTalkSettings = false;
  @property({ type: Boolean }) hasSound = false;
  @property({ type: Boolean }) isMuted = true;
  @property({ type: Boolean }) hasPicture = false;
  @property({ type: Boolean }) canPictureInPicture = false;
  @property({ type: Boolean }) isInPictureInPicture = false;
  @property({ type: Boolean }) isFullScreen = false;
  @property({ type: Boolean }) canFullScreen = false;
  @property({ type: Boolean }) showsDetails = false;
  @property({ type: Boolean }) canShare = false;
  @property({ type: Boolean }) showsSharing = false;
  @state() private explained: Control | undefined;
  @state() private words: string | undefined;

  private explainTimer: ReturnType<typeof setTimeout> | undefined;
  private pointerEnded = -Infinity;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearTimeout(this.explainTimer);
  }

  override render() {
    const soundLabel = !this.hasSound ? texts.noSound : this.isMuted ? texts.unmute : texts.mute;
    const sign = this.hasSound && !this.isMuted ? 'sound' : 'soundOff';
    const fullLabel = this.isFullScreen ? texts.leaveFullScreen : texts.fullScreen;
    return html`
      <div class="bar glass ${this.talk ? 'talks' : ''}" role="toolbar" aria-label=${texts.controls} @keydown=${this.onKey}>
        ${this.talk ? this.renderTalk(this.talk) : nothing}
        ${this.renderButton('sound', soundLabel, 'M', sign, { isOff: !this.hasSound })}
        ${this.renderButton('still', this.hasPicture ? texts.still.save : texts.still.none, 'C', 'still', {
          isOff: !this.hasPicture,
        })}
        ${this.canPictureInPicture
          ? this.renderButton('pictureInPicture', texts.pictureInPicture.open, 'P', 'smallWindow', {
            isPressed: this.isInPictureInPicture,
          })
          : nothing}
        ${this.renderButton('details', texts.showStatistics, 'S', 'details', { isPressed: this.showsDetails })}
        ${this.canShare
          ? this.renderButton('sharing', texts.sharing.open, undefined, 'share', { isPressed: this.showsSharing })
          : nothing}
        ${this.canFullScreen
          ? this.renderButton('fullScreen', fullLabel, 'F', this.isFullScreen ? 'smallScreen' : 'fullScreen', {})
          : nothing}
      </div>
    `;
  }

  /** Puts the keyboard on a button, whose panel has closed, say. */
  focusOn(control: Control): void {
    this.renderRoot.querySelector<HTMLElement>(`.${control}`)?.focus();
  }

  /** Held, it talks; so it hears of the pointer itself, and keeps it where a thumb slips off. */
  private renderTalk({ isOn, isHeard, isOff, canChoose, words }: ShownTalk) {
    const { name, how, ends, settings } = texts.talk;
    // The panel, which is over them, has the words itself.
    const isTold = words !== undefined && !this.showsTalkSettings;
    return html`<div class="voice">
      <button
        class="talk ${isHeard ? 'heard' : ''} ${isTold ? 'explained' : ''}"
        aria-label=${name}
        aria-describedby="how"
        aria-keyshortcuts="T"
        aria-disabled=${String(isOff)}
        aria-pressed=${String(isOn)}
        @pointerdown=${this.onTalkDown}
        @pointerup=${this.onTalkUp}
        @pointercancel=${() => this.askTalk('release')}
        @lostpointercapture=${() => this.askTalk('release')}
        @contextmenu=${(event: Event) => event.preventDefault()}
        @keydown=${(event: KeyboardEvent) => event.key === 'Enter' && event.repeat && event.preventDefault()}
        @click=${this.onTalkClick}
      >
        ${icon('talk')}
      </button>
      <span class="tip" aria-hidden="true">${words
        ? html`<strong>${words.title}.</strong> ${words.hint}`
        : html`${name}<kbd>T</kbd><br>${isOff ? ends.speaker.title : how}`}</span>
      <span id="how" class="unseen">${isOff ? ends.speaker.title : how}</span>
      ${canChoose
        ? this.renderButton('talkSettings', settings.title, undefined, 'talkSettings', { isPressed: this.showsTalkSettings })
        : nothing}
    </div>`;
  }

  private askTalk(action: TalkAction): void {
    this.dispatchEvent(new CustomEvent<TalkAction>('talk', { detail: action }));
  }

  private onTalkDown(event: PointerEvent): void {
    // With Ctrl it asks for a menu, on macOS.
    if (event.button !== 0 || event.ctrlKey) return;
    (event.currentTarget as HTMLElement).setPointerCapture(event.pointerId);
    this.askTalk('down');
  }

  private onTalkUp(event: PointerEvent): void {
    this.pointerEnded = event.timeStamp;
    this.askTalk('up');
  }

  /** Of the keyboard, or of what works the page for a person. */
  private onTalkClick(event: MouseEvent): void {
    const isOfPointer = event.detail > 0 && event.timeStamp - this.pointerEnded < kClickOfPointer;
    if (!isOfPointer) this.askTalk('toggle');
  }

  private renderButton(
    control: Control,
    label: string,
    key: string | undefined,
    sign: Parameters<typeof icon>[0],
    how: { isOff?: boolean; isPressed?: boolean },
  ) {
    const said = this.explained === control ? this.words : undefined;
    // Not 'disabled': one must be able to reach it, to learn why it does nothing.
    return html`<button
      class="${control} ${this.explained === control ? 'explained' : ''}"
      aria-label=${label}
      aria-keyshortcuts=${key ?? nothing}
      aria-disabled=${how.isOff ? 'true' : 'false'}
      aria-pressed=${how.isPressed === undefined ? nothing : String(how.isPressed)}
      @click=${() => this.press(control, how.isOff ?? false)}
    >
      ${icon(sign)}
      <span class="tip" aria-hidden="true">${said ?? label}${how.isOff || said || !key ? nothing : html`<kbd>${key}</kbd>`}</span>
    </button>`;
  }

  private press(control: Control, isOff: boolean): void {
    if (isOff) this.explain(control);
    else this.dispatchEvent(new CustomEvent<Control>('control', { detail: control }));
  }

  /** Shows a button's words for a while: where it does nothing, or was pressed on the keyboard; or what came of it. */
  explain(control: Control, words?: string): void {
    this.explained = control;
    this.words = words;
    clearTimeout(this.explainTimer);
    this.explainTimer = setTimeout(() => (this.explained = undefined), kExplainFor);
  }

  private onKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (step === undefined) return;
    const buttons = [...this.renderRoot.querySelectorAll('button')];
    const at = buttons.findIndex((button) => button === (this.renderRoot as ShadowRoot).activeElement);
    buttons[(at + step + buttons.length) % buttons.length]?.focus();
    event.preventDefault();
  }

  static override styles = [
    theme,
    css`
      .bar {
        position: relative;
        display: flex;
        gap: min(4px, 1vw);
        padding: 4px;
        border-radius: 99px;
      }
      button {
        display: grid;
        place-items: center;
        width: min(3.25rem, (100vw - var(--safe-left) - var(--safe-right) - 28px) / 6);
        height: 3rem;
        border-radius: 99px;
        transition: background 0.2s;
      }
      button:hover,
      button[aria-pressed='true'] {
        background: rgb(255 255 255 / 10%);
      }
      button[aria-pressed='true'] {
        color: var(--accent);
      }
      button[aria-disabled='true'] {
        cursor: default;
        background: none;
      }
      button[aria-disabled='true'] .icon {
        opacity: 0.4;
      }
      .tip {
        position: absolute;
        right: 4px;
        bottom: calc(100% + 10px);
        width: max-content;
        max-width: min(80vw, 20rem);
        padding: 7px 12px;
        border-radius: 10px;
        background: rgb(30 31 36 / 96%);
        font-size: 0.8125rem;
        line-height: 1.35;
        opacity: 0;
        visibility: hidden;
        pointer-events: none;
        transition: opacity 0.15s, visibility 0.15s;
      }
      kbd {
        margin-left: 8px;
        padding: 1px 6px;
        border-radius: 5px;
        background: rgb(255 255 255 / 12%);
        font: inherit;
        font-size: 0.75rem;
        color: var(--ink-soft);
      }
      button:focus-visible .tip,
      .talk:focus-visible + .tip,
      .explained + .tip,
      .explained .tip {
        opacity: 1;
        visibility: visible;
      }
      @media (hover: hover) {
        .talk:hover + .tip,
        button:hover .tip {
          opacity: 1;
          visibility: visible;
          transition-delay: 0.4s;
        }
      }
      @media (max-aspect-ratio: 3/4) {
        .tip {
          right: 50%;
          transform: translateX(50%);
        }
      }
      @media (hover: none) {
        kbd {
          display: none;
        }
      }
    `,
    talkButtonStyles,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-controls': ControlBar;
  }
}
