// SPDX-License-Identifier: Apache-2.0
// <fanlight-share-card>: who, what, which cameras, until when; and then the link, or a key's addresses, shown this once.
import { html, LitElement, nothing, svg } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { isLoopback, linkWithToken } from '../core/link-fragment';
import { qrOutline } from '../core/qr-outline';
import {
  durations, faultOf, isEverything, newShareForm, requestOf, shareKinds, withChosen, withRight,
  type Duration, type GrantableRight, type ShareForm, type ShareKind,
} from '../core/share-form';
import type { Sharing } from '../core/sharing';
import type { CameraInfo } from '../core/signaling-messages';
import { copy } from './copying';
import './elsewhere-lines';
import { formStyles } from './form-styles';
import { texts } from './language';
import { shareCardStyles } from './share-card-styles';
import { sharingFault, type SharingFault } from './sharing-fault';
import { theme } from './theme';

/** `secret`: the link, or of a key the key itself. */
interface Made {
  kind: ShareKind;
  name: string;
  secret: string;
  cameras: readonly CameraInfo[];
}

@customElement('fanlight-share-card')
export class ShareCard extends LitElement {
  @property({ attribute: false }) sharing!: Sharing;
  @property({ attribute: false }) cameras: readonly CameraInfo[] = [];
  /** The one that is being looked at, if any. */
  @property() camera: string | undefined;
  /** What the person here may do, and what of it they can give one by one. */
  @property({ attribute: false }) rights: readonly string[] = [];
  @property({ attribute: false }) give: readonly GrantableRight[] = [];

  @state() private form: ShareForm = newShareForm(undefined);
  @state() private fault: SharingFault | undefined;
  @state() private isMaking = false;
  @state() private made: Made | undefined;
  @state() private isCopied = false;
  @query('#name') private readonly nameField!: HTMLInputElement | null;
  @query('#link') private readonly linkField!: HTMLInputElement | null;
  @query('.made .act') private readonly copyButton!: HTMLElement | null;
  @query('h3') private readonly heading!: HTMLElement | null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.form = newShareForm(this.camera);
  }

  override render() {
    if (!this.made) return this.renderForm();
    return this.made.kind === 'key' ? this.renderKey(this.made) : this.renderLink(this.made);
  }

  private renderForm() {
    const words = { ...texts.sharing, ...(this.isKey ? texts.elsewhere.form : {}) };
    const isNameFault = this.fault === 'no-name' || this.fault === 'long-name';
    return html`<form novalidate @submit=${this.onSubmit}>
      ${this.renderKinds()}
      <label class="title" for="name">${words.name}</label>
      <input
        id="name"
        type="text"
        autocomplete="off"
        enterkeyhint="done"
        placeholder=${words.nameExample}
        .value=${this.form.name}
        aria-invalid=${isNameFault ? 'true' : 'false'}
        aria-describedby=${this.fault ? 'fault' : nothing}
        @input=${(event: InputEvent) => this.change({ name: (event.target as HTMLInputElement).value })}
      />
      ${isNameFault ? this.renderFault() : nothing}
      ${this.isKey ? nothing : this.renderRights()}
      ${isEverything(this.form) || this.cameras.length < 2 ? nothing : this.renderCameras()}
      ${this.renderChips('duration', words.duration, Object.keys(durations) as Duration[], words.durations)}
      ${this.fault && !isNameFault ? this.renderFault() : nothing}
      <button class="act" aria-disabled=${this.isMaking ? 'true' : 'false'}>
        ${this.isMaking ? words.making : words.make}
      </button>
    </form>`;
  }

  private get isKey(): boolean {
    return this.form.kind === 'key';
  }

  private renderKinds() {
    const choose = (kind: ShareKind) => () => this.change({ ...newShareForm(this.camera, kind), name: this.form.name });
    return html`<fieldset class="kinds">
      <legend class="unseen">${texts.elsewhere.what}</legend>
      <div class="chips">
        ${shareKinds.map((kind) => html`<label class="chip">
          <input type="radio" name="kind" .checked=${this.form.kind === kind} @change=${choose(kind)} />
          <span>${texts.elsewhere.kinds[kind]}</span>
        </label>`)}
      </div>
      ${this.isKey ? html`<p class="note">${texts.elsewhere.about}</p>` : nothing}
    </fieldset>`;
  }

  private renderFault() {
    const faults = { ...texts.sharing.faults, ...(this.isKey ? texts.elsewhere.form.faults : {}) };
    const words = this.fault ? faults[this.fault] : nothing;
    return html`<p class="fault" id="fault" role="alert">${words}</p>`;
  }

  private renderRights() {
    const words = texts.sharing;
    return html`<fieldset>
      <legend class="title">${words.rights}</legend>
      ${this.renderSwitch(words.right.view, true, undefined)}
      ${this.give.map((right) => this.renderSwitch(
        words.right[right],
        isEverything(this.form) || this.form.rights.includes(right),
        isEverything(this.form) && right !== 'admin'
          ? undefined
          : (isOn) => (this.form = withRight(this.form, right, isOn)),
      ))}
      <p class="warning" role="status">${isEverything(this.form) ? words.adminWarning : nothing}</p>
    </fieldset>`;
  }

  /** Without `toggle` it stays as it is: what always goes with the rest. */
  private renderSwitch(label: string, isOn: boolean, toggle: ((isOn: boolean) => void) | undefined) {
    return html`<label class="switch">
      <span>${label}</span>
      <input
        type="checkbox"
        role="switch"
        .checked=${isOn}
        ?disabled=${!toggle}
        @change=${(event: Event) => toggle?.((event.target as HTMLInputElement).checked)}
      />
    </label>`;
  }

  private renderCameras() {
    const words = texts.sharing;
    const reaches = this.camera === undefined ? ['chosen', 'all'] as const : ['this', 'chosen', 'all'] as const;
    const choose = (id: string) => (event: Event) =>
      (this.form = withChosen(this.form, id, (event.target as HTMLInputElement).checked));
    return html`
      ${this.renderChips('reach', words.cameras, reaches, words.reach)}
      ${this.form.reach !== 'chosen' ? nothing : html`<div class="chosen" role="group" aria-label=${words.cameras}>
        ${this.cameras.map(({ id, name }) => html`<label class="switch">
          <span><bdi>${name}</bdi></span>
          <input type="checkbox" .checked=${this.form.chosen.includes(id)} @change=${choose(id)} />
        </label>`)}
      </div>`}
    `;
  }

  private renderChips<Field extends 'duration' | 'reach'>(
    field: Field,
    title: string,
    values: readonly ShareForm[Field][],
    words: Record<ShareForm[Field], string>,
  ) {
    return html`<fieldset>
      <legend class="title">${title}</legend>
      <div class="chips">
        ${values.map((value) => html`<label class="chip">
          <input
            type="radio"
            name=${field}
            .checked=${this.form[field] === value}
            @change=${() => this.change({ [field]: value })}
          />
          <span>${words[value]}</span>
        </label>`)}
      </div>
    </fieldset>`;
  }

  private change(fields: Partial<ShareForm>): void {
    this.form = { ...this.form, ...fields };
    this.fault = undefined;
  }

  private async onSubmit(event: SubmitEvent): Promise<void> {
    event.preventDefault();
    if (this.isMaking) return;
    const fault = faultOf(this.form);
    if (fault) return this.complain(fault);
    this.fault = undefined;
    this.isMaking = true;
    const { kind } = this.form;
    // A device with one camera: that one, and not all that may be added one day.
    const request = requestOf(this.form, this.rights, this.camera, this.cameras.map(({ id }) => id));
    const outcome = await this.sharing.share(request);
    this.isMaking = false;
    if (!outcome.ok) return this.complain(sharingFault(outcome.code));
    const { token } = outcome.value;
    const secret = kind === 'key' ? token : linkWithToken(location.origin, token, request.cameras);
    const cameras = this.cameras.filter(({ id }) => request.cameras?.includes(id));
    this.made = { kind, name: request.name, secret, cameras };
    await this.updateComplete;
    this.heading?.focus();
    this.dispatchEvent(new CustomEvent('shared'));
  }

  private complain(fault: SharingFault): void {
    this.fault = fault;
    if (fault === 'no-name' || fault === 'long-name') this.nameField?.focus();
  }

  private renderKey({ name, secret, cameras }: Made) {
    const words = texts.elsewhere;
    return html`<div class="made">
      <h3 class="title" tabindex="-1">${words.made(name)}</h3>
      <p class="note">${words.onlyNow}</p>
      ${isLoopback(location.hostname) ? html`<p class="warning">${words.loopback}</p>` : nothing}
      <fanlight-elsewhere .key=${secret} .cameras=${cameras}></fanlight-elsewhere>
      <button class="quiet small another" @click=${this.onAnother}>${words.another}</button>
    </div>`;
  }

  private renderLink({ name, secret: link }: Made) {
    const words = texts.sharing;
    const { size, path } = qrOutline(link);
    return html`<div class="made">
      <h3 class="title" tabindex="-1">${words.made(name)}</h3>
      <p class="note">${words.onlyNow}</p>
      ${isLoopback(location.hostname) ? html`<p class="warning">${words.loopback}</p>` : nothing}
      <svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label=${words.qr} shape-rendering="crispEdges">
        ${svg`<path d=${path}></path>`}
      </svg>
      <input id="link" type="text" readonly aria-label=${words.link} .value=${link} @focus=${this.selectLink} />
      <div class="buttons">
        <button class="act" @click=${this.onCopy}>${this.isCopied ? words.copied : words.copy}</button>
        ${'share' in navigator ? html`<button class="quiet" @click=${this.onSend}>${words.send}</button>` : nothing}
      </div>
      <p class="unseen" role="status">${this.isCopied ? words.copied : nothing}</p>
      <button class="quiet small another" @click=${this.onAnother}>${words.another}</button>
    </div>`;
  }

  private selectLink(): void {
    this.linkField?.select();
  }

  private async onCopy(): Promise<void> {
    this.isCopied = await copy(this.made?.secret ?? '', this.linkField);
    this.copyButton?.focus();
  }

  private async onSend(): Promise<void> {
    // Nobody was chosen, or the browser has nothing to send it with: the link is still there.
    await navigator.share({ url: this.made?.secret ?? '' }).catch(() => {});
  }

  private async onAnother(): Promise<void> {
    const kind = this.made?.kind;
    this.made = undefined;
    this.isCopied = false;
    this.form = newShareForm(this.camera, kind);
    await this.updateComplete;
    this.nameField?.focus();
  }

  /** Puts the keyboard where one begins. */
  override focus(): void {
    this.nameField?.focus();
  }

  static override styles = [theme, formStyles, shareCardStyles];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-share-card': ShareCard;
  }
}
