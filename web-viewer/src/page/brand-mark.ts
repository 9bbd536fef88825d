// SPDX-License-Identifier: Apache-2.0
// The mark: a fanlight, the window over a front door. Its panes can light up one after the other.
import { css, html, svg } from 'lit';

/** Sectors of a half circle around (24, 25), from left to right; icon.svg draws the same. */
const panes = [
  'M14.5 25L2 25A22 22 0 0 1 5.69 12.81L15.82 20.17A9.5 9.5 0 0 0 14.5 25Z',
  'M16.88 18.71L6.75 11.35A22 22 0 0 1 16.35 4.37L20.22 16.28A9.5 9.5 0 0 0 16.88 18.71Z',
  'M21.93 15.73L18.06 3.82A22 22 0 0 1 29.94 3.82L26.07 15.73A9.5 9.5 0 0 0 21.93 15.73Z',
  'M27.78 16.28L31.65 4.37A22 22 0 0 1 41.25 11.35L31.12 18.71A9.5 9.5 0 0 0 27.78 16.28Z',
  'M32.18 20.17L42.31 12.81A22 22 0 0 1 46 25L33.5 25A9.5 9.5 0 0 0 32.18 20.17Z',
];
const sun = 'M18 25A6 6 0 0 1 30 25Z';

export function brandMark() {
  return html`<svg class="mark" viewBox="0 0 48 27" fill="currentColor" aria-hidden="true" focusable="false">
    ${panes.map((pane) => svg`<path class="pane" d=${pane}></path>`)}
    <path class="sun" d=${sun}></path>
  </svg>`;
}

/** Inside an element of class `waiting` its panes light up in turn. */
export const waitingMarkStyles = css`
  .waiting .pane {
    animation: glow 2.1s ease-in-out infinite;
  }
  .waiting .pane:nth-of-type(2) {
    animation-delay: 0.16s;
  }
  .waiting .pane:nth-of-type(3) {
    animation-delay: 0.32s;
  }
  .waiting .pane:nth-of-type(4) {
    animation-delay: 0.48s;
  }
  .waiting .pane:nth-of-type(5) {
    animation-delay: 0.64s;
  }
  @keyframes glow {
    0%,
    55%,
    100% {
      opacity: 0.2;
    }
    25% {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .waiting .pane {
      animation: none;
    }
  }
`;
