// SPDX-License-Identifier: Apache-2.0
// <fanlight-doctor>: a check-up of this browser, and of the device for who may have it checked. Begins when it is opened.
import { html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import type { BrowserCheck } from '../core/browser-check';
import type { CheckUp } from '../core/check-up';
import type { Verdict } from '../core/finding';
import type { Abilities } from '../core/rights';
import {
  browserFindingInWords, checkUpLanguages, faultInWords, findingInWords, reportInWords, summaryInWords,
  type FindingInWords, type SectionInWords,
} from '../text/check-up-in-words';
import { copy } from './copying';
import { doctorPanelStyles } from './doctor-panel-styles';
import { formStyles } from './form-styles';
import { icon } from './icons';
import { language } from './language';
import { panelHeader } from './panel-header';
import { panelStyles } from './panel-styles';
import { showChanges } from './shown-changes';
import { theme } from './theme';

/** Of the page: who opens the panel again joins what goes on in the device. */
export interface Checks {
  browser: BrowserCheck;
  device: CheckUp;
}

const words = checkUpLanguages[language];
const signs = { ok: 'check', warning: 'warning', broken: 'close', untried: 'dash' } as const satisfies Record<Verdict, string>;

@customElement('fanlight-doctor')
export class DoctorPanel extends LitElement {
  @property({ attribute: false }) checks!: Checks;
  @property({ attribute: false }) abilities: Abilities | undefined;
  /** What came of copying. */
  @state() private outcome: 'copied' | 'by-hand' | undefined;
  @query('section') private readonly section!: HTMLElement;
  @query('.copy') private readonly copyButton!: HTMLElement | null;
  @query('textarea') private readonly field!: HTMLTextAreaElement;

  constructor() {
    super();
    showChanges(this, () => this.checks.browser);
    showChanges(this, () => this.checks.device);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.checks.browser.begin();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.checks.browser.close();
    this.checks.device.close();
  }

  /** The device says who may have it checked, and may say so only now. */
  protected override willUpdate(): void {
    const { device } = this.checks;
    if (!this.canExamine) device.close();
    else if (this.isConnected && device.state.name === 'idle') device.begin();
  }

  /** The keyboard comes along into the panel. */
  protected override firstUpdated(): void {
    this.section.focus();
  }

  override render() {
    return html`<section class="glass" role="dialog" aria-label=${words.title} tabindex="-1">
      ${panelHeader(this, words.title)}
      <p class="note">${words.about}</p>
      <p class="summary ${this.isRunning ? 'running' : ''}" role="status">${this.said}</p>
      ${this.sections.map((section) => renderSection(section))}
      ${this.canExamine ? nothing : html`<h3>${words.device}</h3><p class="note">${words.forOwner}</p>`}
      ${this.isRunning ? nothing : this.renderButtons()}
      <p class="unseen" role="status">${this.outcome === 'copied' ? words.copied : nothing}</p>
    </section>`;
  }

  private renderButtons() {
    const isByHand = this.outcome === 'by-hand';
    // Seen only where a person has to copy it.
    return html`<div class="buttons">
        <button class="quiet small" @click=${this.onAgain}>${words.again}</button>
        <button class="quiet small copy" @click=${this.onCopy}>
          ${this.outcome === 'copied' ? words.copied : words.copy}
        </button>
      </div>
      ${isByHand ? html`<p class="fault" role="alert">${words.copyByHand}</p>` : nothing}
      <textarea class=${isByHand ? '' : 'unseen'} aria-label=${words.report} aria-hidden=${isByHand ? nothing : 'true'}
        tabindex=${isByHand ? '0' : '-1'} readonly rows="8" spellcheck="false"></textarea>`;
  }

  private get canExamine(): boolean {
    return this.abilities?.examine === true;
  }

  private get isRunning(): boolean {
    return this.checks.browser.state === 'running' || this.checks.device.state.name === 'running';
  }

  private get sections(): SectionInWords[] {
    const { browser, device } = this.checks;
    const ofBrowser = browser.findings.map((finding) => browserFindingInWords(finding, words));
    const here = { title: words.browser, findings: ofBrowser };
    if (!this.canExamine) return [here];
    const ofDevice = device.findings.map((finding) => findingInWords(finding, words));
    return [here, { title: words.device, findings: ofDevice, fault: faultInWords(device.state, words) }];
  }

  /** What is going on, and at the end what came of it all. */
  private get said(): string {
    const { browser, device } = this.checks;
    const { progress } = words;
    if (browser.state === 'running') return progress.browser;
    return device.state.name === 'running' ? progress[device.stage] : summaryInWords(this.sections, words);
  }

  private onAgain(): void {
    this.outcome = undefined;
    // The button goes while it runs, and the keyboard would be nowhere.
    this.section.focus();
    this.section.scrollTop = 0;
    this.checks.browser.begin();
    if (this.canExamine) this.checks.device.begin();
  }

  private async onCopy(): Promise<void> {
    const origin = [`Fanlight, ${location.host}, ${new Date().toISOString()}`, navigator.userAgent];
    const text = reportInWords(origin, this.sections, words);
    this.field.value = text;
    this.outcome = (await copy(text, this.field)) ? 'copied' : 'by-hand';
    await this.updateComplete;
    if (this.outcome === 'copied') this.copyButton?.focus();
    else this.field.select();
  }

  static override styles = [theme, formStyles, panelStyles, doctorPanelStyles];
}

function renderSection({ title, findings, fault }: SectionInWords) {
  return html`<h3>${title}</h3>
    ${findings.length > 0 ? html`<ul>${findings.map((finding) => html`<li>${renderFinding(finding)}</li>`)}</ul>` : nothing}
    ${fault ? html`<p class="fault">${fault}</p>` : nothing}`;
}

function renderFinding({ verdict, name, words: told, evidence }: FindingInWords) {
  return html`<div class="head">
      <p class="name"><bdi>${name}</bdi></p>
      <p class="verdict ${verdict}">${icon(signs[verdict])}${words.verdicts[verdict]}</p>
    </div>
    ${told ? html`<p>${told}</p>` : nothing}
    ${evidence ? html`<p class="evidence" lang="en"><bdi>${evidence}</bdi></p>` : nothing}`;
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-doctor': DoctorPanel;
  }
}
