// SPDX-License-Identifier: Apache-2.0
// What stands over the picture: the mark, the camera's name, and whether this is live. camera-screen-styles.ts lays it out.
import { html } from 'lit';
import { isPlainClick, wallAddress } from './addresses';
import { brandMark } from './brand-mark';
import { icon } from './icons';
import { texts } from './language';

interface TopBar {
  name: string;
  isLive: boolean;
  /** Whether the list of cameras is open; undefined where there is only this one. */
  isChoosing: boolean | undefined;
  choose: () => void;
  /** To all cameras. */
  leave: () => void;
}

export function topBar({ name, isLive, isChoosing, choose, leave }: TopBar) {
  const words = html`<span class="name">${name}</span>`;
  const title = isChoosing === undefined
    ? words
    : html`<button aria-expanded=${isChoosing} title=${texts.chooseCamera} @click=${choose}>
        ${words}${icon('down')}
      </button>`;
  const onLeave = (event: MouseEvent) => {
    if (!isPlainClick(event)) return;
    event.preventDefault();
    leave();
  };
  const start = isChoosing === undefined
    ? brandMark()
    : html`<a class="back" href=${wallAddress()} aria-label=${texts.allCameras} title=${texts.allCameras}
        @click=${onLeave}>${icon('back')}</a>`;
  return html`<div class="top">
    <div class="fades title">${start}<h1>${title}</h1></div>
    <div class="pill ${isLive ? 'on' : ''}">
      <span class="dot"></span><span class="fades">${isLive ? texts.live : texts.notLive}</span>
    </div>
  </div>`;
}
