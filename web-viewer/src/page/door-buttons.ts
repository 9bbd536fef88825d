// SPDX-License-Identifier: Apache-2.0
// <fanlight-doors>: a button for each door that this viewer may open, which asks once more before it does.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { Door } from '../core/doors';
import { icon } from './icons';
import { texts } from './language';
import { theme } from './theme';

@customElement('fanlight-doors')
export class DoorButtons extends LitElement {
  @property({ attribute: false }) doors: readonly Door[] = [];

  override render() {
    return html`${repeat(
        this.doors,
        ({ id }) => id,
        (door) => html`<button class=${door.state} aria-disabled=${String(door.state === 'opening')} @click=${() => this.press(door.id)}>
          ${icon('door')}<bdi>${texts.door[door.state](door.name)}</bdi>
        </button>`,
      )}
      <div class="unseen" role="status">${this.told}</div>`;
  }

  /** What a button says that was pressed, of which the focus alone would not tell. */
  private get told(): string {
    return this.doors.filter(({ state }) => state !== 'shut').map(({ name, state }) => texts.door[state](name)).join('. ');
  }

  private press(id: string): void {
    this.dispatchEvent(new CustomEvent<string>('door', { detail: id, bubbles: true, composed: true }));
  }

  static override styles = [
    theme,
    css`
      :host {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
      }
      :host([hidden]) {
        display: none;
      }
      button {
        display: flex;
        flex: 1 1 auto;
        align-items: center;
        justify-content: center;
        gap: 8px;
        min-height: 48px;
        padding: 0 18px 0 14px;
        border-radius: 99px;
        background: var(--door, var(--glass));
        font-weight: 600;
        overflow-wrap: anywhere;
        transition: background 0.2s;
      }
      button.sure {
        background: var(--lamp);
        color: var(--on-lamp);
      }
      button.opened .icon {
        color: var(--live);
      }
      button.failed {
        color: var(--alarm);
      }
      button[aria-disabled='true'] {
        opacity: 0.7;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-doors': DoorButtons;
  }
}
