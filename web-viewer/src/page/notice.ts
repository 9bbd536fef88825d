// SPDX-License-Identifier: Apache-2.0
// One thing that is not as it should be and keeps nobody from the picture; who shows it lays it out.
import { html } from 'lit';
import type { Message } from '../text/text';

export function notice({ title, hint }: Message, classes = '') {
  return html`<p class="notice ${classes}"><strong>${title}.</strong> ${hint}</p>`;
}
