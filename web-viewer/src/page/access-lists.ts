// SPDX-License-Identifier: Apache-2.0
// <fanlight-access>: who watches now and who may, each with the way to end it.
import { css, html, LitElement, nothing } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Outcome } from '../core/command-caller';
import type { SharedToken, Sharing, WatchingViewer } from '../core/sharing';
import type { SharingLists } from '../core/sharing-lists';
import type { CameraInfo } from '../core/signaling-messages';
import { formatAge, formatDate } from '../text/text';
import { formStyles } from './form-styles';
import { language, texts } from './language';
import { sharingFault, type SharingFault } from './sharing-fault';
import { showChanges } from './shown-changes';
import { theme } from './theme';

@customElement('fanlight-access')
export class AccessLists extends LitElement {
  @property({ attribute: false }) sharing!: Sharing;
  @property({ attribute: false }) lists!: SharingLists;
  @property({ attribute: false }) cameras: readonly CameraInfo[] = [];
  /** The id of the token that is asked about once more. */
  @state() private doubted: string | undefined;
  @state() private fault: SharingFault | undefined;
  @state() private said = '';
  @query('#shared') private readonly heading!: HTMLElement;

  constructor() {
    super();
    showChanges(this, () => this.lists);
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.lists.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.lists.stop();
  }

  override render() {
    const { viewers, tokens } = this.lists;
    const words = texts.sharing;
    return html`
      <h3>${words.watching}</h3>
      ${this.renderList(viewers, words.nobodyWatches, ({ session }) => session, (viewer) => this.renderViewer(viewer))}
      <h3 id="shared" tabindex="-1">${words.shared}</h3>
      ${this.renderList(tokens, words.nobodyShared, ({ id }) => id, (token) => this.renderToken(token))}
      <p class="fault" role="alert">${this.fault ? words.faults[this.fault] : nothing}</p>
      <p class="unseen" role="status">${this.said}</p>
    `;
  }

  private renderList<Item>(
    items: readonly Item[] | undefined,
    none: string,
    keyOf: (item: Item) => string,
    render: (item: Item) => unknown,
  ) {
    if (!items || items.length === 0) return html`<p class="note">${items ? none : texts.sharing.loading}</p>`;
    return html`<ul>${repeat(items, keyOf, (item) => html`<li>${render(item)}</li>`)}</ul>`;
  }

  private renderViewer(viewer: WatchingViewer) {
    const words = texts.sharing;
    const { name, camera, source, seconds } = viewer;
    const about = [this.cameraName(camera), words.since(formatAge(seconds * 1000, texts)), words.from(source)];
    return html`<div class="item">
      <div class="words">
        <p class="name"><bdi>${name}</bdi>${this.isOwn(viewer.token) ? html` <em>${words.own}</em>` : nothing}</p>
        <p class="note">${about.join(' · ')}</p>
      </div>
      <button class="quiet small" aria-label=${words.endWatchingOf(name)} @click=${() => this.end(viewer)}>
        ${words.endWatching}
      </button>
    </div>`;
  }

  private renderToken(token: SharedToken) {
    const words = texts.sharing;
    const { id, name, own, expires } = token;
    const { forever, until } = texts.account;
    const end = expires === undefined ? forever : until(formatDate(expires, language));
    const cameras = token.cameras?.map((camera) => this.cameraName(camera)).join(', ') ?? words.allCameras;
    return html`<div class="item">
        <div class="words">
          <p class="name"><bdi>${name}</bdi>${own ? html` <em>${words.own}</em>` : nothing}${
            token.form === 'key' ? html` <em>${texts.elsewhere.key}</em>` : nothing}</p>
          <p class="note">${[rightsInWords(token.rights), cameras, end].join(' · ')}</p>
        </div>
        ${this.doubted === id ? nothing : html`<button
          class="quiet small"
          id=${`end-${id}`}
          aria-label=${words.endAccessOf(name)}
          @click=${() => this.ask(id)}
        >${words.endAccess}</button>`}
      </div>
      ${this.doubted === id ? this.renderQuestion(token) : nothing}`;
  }

  private renderQuestion(token: SharedToken) {
    const words = texts.sharing;
    return html`<div class="question" role="group" aria-labelledby="question">
      <p id="question">${questionOf(token)}</p>
      <div class="buttons">
        <button class="quiet small keep" @click=${() => this.keep(token.id)}>${words.keep}</button>
        <button class="quiet small danger" @click=${() => this.revoke(token)}>${words.endAccess}</button>
      </div>
    </div>`;
  }

  private cameraName(camera: string): string {
    return this.cameras.find(({ id }) => id === camera)?.name ?? camera;
  }

  private isOwn(token: string): boolean {
    return this.lists.tokens?.some(({ id, own }) => own && id === token) === true;
  }

  private async ask(id: string): Promise<void> {
    this.doubted = id;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>('.keep')?.focus();
  }

  private async keep(id: string): Promise<void> {
    this.doubted = undefined;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`#${CSS.escape(`end-${id}`)}`)?.focus();
  }

  private async revoke({ id, name }: SharedToken): Promise<void> {
    this.doubted = undefined;
    this.heading.focus();
    await this.report(await this.sharing.revoke(id), texts.sharing.ended(name));
  }

  private async end({ session, name }: WatchingViewer): Promise<void> {
    await this.report(await this.sharing.end(session), texts.sharing.endedWatching(name));
  }

  private async report(outcome: Outcome<void>, said: string): Promise<void> {
    this.fault = outcome.ok ? undefined : sharingFault(outcome.code);
    this.said = outcome.ok ? said : '';
    await this.lists.refresh();
  }

  static override styles = [
    theme,
    formStyles,
    css`
      :host {
        display: block;
      }
      h3 {
        margin: 0 0 6px;
        font-size: 1rem;
        font-weight: 550;
      }
      h3 ~ h3 {
        margin-top: 20px;
      }
      h3:focus-visible {
        outline: none;
      }
      ul {
        list-style: none;
      }
      li + li {
        border-top: 1px solid var(--glass-edge);
      }
      .item {
        display: flex;
        align-items: center;
        justify-content: space-between;
        gap: 12px;
        padding: 8px 0;
      }
      .words {
        min-width: 0;
      }
      .name {
        font-weight: 550;
        overflow-wrap: anywhere;
      }
      em {
        margin-left: 4px;
        padding: 1px 8px;
        border-radius: 99px;
        background: var(--badge);
        color: var(--accent);
        font-style: normal;
        font-size: 0.75rem;
        white-space: nowrap;
      }
      .item .note {
        font-size: 0.8125rem;
        overflow-wrap: anywhere;
      }
      .item button {
        flex: none;
      }
      .question {
        margin-bottom: 10px;
        padding: 12px 14px;
        border-radius: 14px;
        background: var(--alarm-veil);
        font-size: 0.875rem;
      }
      .buttons {
        display: flex;
        gap: 8px;
        margin-top: 10px;
      }
      .fault:empty {
        display: none;
      }
    `,
  ];
}

function questionOf({ own, form, name }: SharedToken): string {
  if (form === 'key') return texts.elsewhere.confirm(name);
  return own ? texts.sharing.confirmOwn : texts.sharing.confirm(name);
}

function rightsInWords(rights: readonly string[]): string {
  const words: Record<string, string> = texts.sharing.right;
  if (rights.includes('admin')) return texts.sharing.right.admin;
  return rights.map((right) => words[right] ?? right).join(', ');
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-access': AccessLists;
  }
}
