// SPDX-License-Identifier: Apache-2.0
// <fanlight-talk-settings>: which microphone one talks into and which loudspeaker one hears, and whether it is muted.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { SoundChoice } from '../core/sound-devices';
import type { Message } from '../text/text';
import { formStyles } from './form-styles';
import { texts } from './language';
import type { PageSound } from './page-sound';
import { panelHeader } from './panel-header';
import { panelStyles } from './panel-styles';
import { showChanges } from './shown-changes';
import { theme } from './theme';

@customElement('fanlight-talk-settings')
export class TalkPanel extends LitElement {
  @property({ attribute: false }) sound!: PageSound;
  /** What comes of talking meanwhile. */
  @property({ attribute: false }) words: Message | undefined;
  /** Why the last choice came to nothing. */
  @state() private fault = '';
  @query('section') private readonly section!: HTMLElement;

  constructor() {
    super();
    showChanges(this, () => this.sound);
  }

  /** The keyboard comes along into the panel. */
  protected override firstUpdated(): void {
    this.section.focus();
  }

  override render() {
    const { microphone, microphones, speakers, speaker } = this.sound;
    const words = texts.talk.settings;
    return html`<section class="glass" role="dialog" aria-label=${words.title} tabindex="-1">
      ${panelHeader(this, words.title)}
      ${this.renderChoice('microphone', words.microphone, microphones, microphone.chosen, (id) => this.chooseMicrophone(id))}
      ${speakers.length > 0
        ? this.renderChoice('speaker', words.speaker, speakers, speaker, (id) => this.chooseSpeaker(id))
        : nothing}
      <p class="fault" role="alert">${this.fault}</p>
      <button class="quiet small mute" aria-pressed=${String(microphone.isMuted)}
        @click=${() => microphone.setMuted(!microphone.isMuted)}>${words.mute}</button>
      ${this.words ? html`<p class="note" aria-hidden="true"><strong>${this.words.title}.</strong> ${this.words.hint}</p>` : nothing}
    </section>`;
  }

  private renderChoice(
    name: string,
    title: string,
    choices: readonly SoundChoice[],
    chosen: string | undefined,
    choose: (id: string | undefined) => Promise<void>,
  ) {
    const onChange = (event: Event) => void choose((event.target as HTMLSelectElement).value || undefined);
    const isThere = choices.some(({ id }) => id === chosen);
    return html`<label for=${name}>${title}</label>
      <select id=${name} @change=${onChange}>
        <option value="" .selected=${!isThere}>${texts.talk.settings.system}</option>
        ${choices.map(({ id, name: label }) => html`<option value=${id} .selected=${id === chosen}>${label}</option>`)}
      </select>`;
  }

  private async chooseMicrophone(id: string | undefined): Promise<void> {
    this.fault = '';
    const result = await this.sound.microphone.choose(id);
    if (result.ok || result.fault === 'insecure') return;
    const { title, hint } = texts.talk.ends[result.fault];
    this.fault = `${title}. ${hint}`;
  }

  private async chooseSpeaker(id: string | undefined): Promise<void> {
    this.fault = '';
    if (!(await this.sound.choose(id))) this.fault = texts.talk.settings.noSpeaker;
  }

  static override styles = [
    theme,
    formStyles,
    panelStyles,
    css`
      section:focus-visible {
        outline: none;
      }
      label {
        display: block;
        margin-top: 8px;
        color: var(--ink-soft);
      }
      select {
        margin-top: 4px;
        text-overflow: ellipsis;
      }
      .note {
        margin-top: 12px;
      }
      .note strong {
        font-weight: 600;
      }
      .fault:empty {
        display: none;
      }
      .mute {
        width: 100%;
        margin-top: 14px;
      }
      .mute[aria-pressed='true'] {
        background: var(--alarm-veil);
        color: var(--alarm);
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-talk-settings': TalkPanel;
  }
}
