// SPDX-License-Identifier: Apache-2.0
// The signs on the buttons, drawn on a grid of 24 with one pen.
import { html, svg } from 'lit';

const drawings = {
  sound: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM15.5 9a4.2 4.2 0 0 1 0 6M18 6.5a8 8 0 0 1 0 11',
  soundOff: 'M4 9.5v5h3.5L12 18.5v-13L7.5 9.5zM16 9.75l4.5 4.5M20.5 9.75L16 14.25',
  details: 'M4 18.5h16M7 15v-4M12 15V6M17 15V9',
  still: 'M4.5 7.5h3l1.6-2.3h5.8l1.6 2.3h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1h-15a1 1 0 0 1-1-1v-9a1 1 0 0 1 1-1M12 16a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6',
  smallWindow: 'M10.5 18.5h-6a1 1 0 0 1-1-1v-11a1 1 0 0 1 1-1h15a1 1 0 0 1 1 1v4M13.5 14h6.5a.5.5 0 0 1 .5.5v4a.5.5 0 0 1-.5.5h-6.5a.5.5 0 0 1-.5-.5v-4a.5.5 0 0 1 .5-.5',
  fullScreen: 'M4.5 9V4.5H9M15 4.5h4.5V9M19.5 15v4.5H15M9 19.5H4.5V15',
  whole: 'M5 9.5V5h4.5M14.5 19H19v-4.5M5 5l5 5M19 19l-5-5',
  smallScreen: 'M9 4.5V9H4.5M19.5 9H15V4.5M15 19.5V15h4.5M4.5 15H9v4.5',
  talk: 'M12 14.5a3 3 0 0 0 3-3v-5a3 3 0 0 0-6 0v5a3 3 0 0 0 3 3M6 11.5a6 6 0 0 0 12 0M12 17.5v3',
  talkSettings: 'M4 8h8M16 8h4M14 10a2 2 0 1 0 0-4 2 2 0 0 0 0 4M4 16h2M10 16h10M8 18a2 2 0 1 0 0-4 2 2 0 0 0 0 4',
  share: 'M9.5 11a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6M3.5 19c.4-3.3 2.6-5.2 6-5.2s5.6 1.9 6 5.2M18.2 7v6M15.2 10h6',
  person: 'M12 12a3.8 3.8 0 1 0 0-7.6 3.8 3.8 0 0 0 0 7.6M4.8 19.6c.6-3.4 3.3-5.2 7.2-5.2s6.6 1.8 7.2 5.2',
  check: 'M5 12.5l4.5 4.5L19 7.5',
  warning: 'M12 4.5l8.5 15h-17zM12 10.5v4M12 17v.1',
  dash: 'M6.5 12h11',
  back: 'M14 6.5L8.5 12l5.5 5.5',
  close: 'M6.5 6.5l11 11M17.5 6.5l-11 11',
  down: 'M7 10l5 5 5-5',
  forward: 'M10 7l5 5-5 5',
  bell: 'M6 16.5V11a6 6 0 0 1 12 0v5.5l1.5 1.5h-15zM10 20.5a2.2 2.2 0 0 0 4 0M12 5V3.5',
  door: 'M6.5 20V5a1 1 0 0 1 1-1h9a1 1 0 0 1 1 1v15M4 20h16M14 12.25v-.5',
  play: 'M8.5 6v12l10-6z',
} as const;

export function icon(name: keyof typeof drawings) {
  return html`<svg class="icon" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75"
    stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">
    ${svg`<path d=${drawings[name]}></path>`}
  </svg>`;
}
