// SPDX-License-Identifier: Apache-2.0
// The head of a panel over the picture: its title, and the button that asks whoever shows it to close it.
import { html } from 'lit';
import { icon } from './icons';
import { texts } from './language';

export function panelHeader(panel: HTMLElement, title: string) {
  return html`<div class="header">
    <h2>${title}</h2>
    <button aria-label=${texts.close} @click=${() => panel.dispatchEvent(new CustomEvent('dismiss'))}>
      ${icon('close')}
    </button>
  </div>`;
}
