// SPDX-License-Identifier: Apache-2.0
// What all elements have in common; colours and measures are custom properties of viewer.css.
import { css, unsafeCSS, type CSSResult } from 'lit';

const names = [
  'ink', 'ink-soft', 'ink-faint', 'glass', 'panel', 'glass-edge', 'veil', 'veil-strong', 'off', 'knob', 'accent', 'mark',
  'badge', 'alarm', 'alarm-veil', 'live', 'focus', 'halo', 'glow',
];

function colours(of: 'night' | 'page'): CSSResult {
  return unsafeCSS(names.map((name) => `--${name}:var(--${of}-${name});`).join(''));
}

/** Around and over a picture: dark, whatever the system is set to. */
export const nightColours = css`
  :host {
    color-scheme: dark;
    ${colours('night')}
    color: var(--ink);
  }
`;

/** Of a panel that lies over a picture: as the system is set. */
export const pageColours = css`
  :host {
    color-scheme: dark light;
    ${colours('page')}
    color: var(--ink);
  }
`;

/** The same, of what has the class `page` inside an element. */
export const pageColoursWithin = css`
  .page {
    color-scheme: dark light;
    ${colours('page')}
    color: var(--ink);
  }
`;

export const theme = css`
  :host,
  :host * {
    box-sizing: border-box;
  }

  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 0;
    padding: 0;
    margin: 0;
    cursor: pointer;
    touch-action: manipulation;
  }

  :focus-visible {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }

  h1,
  h2,
  h3,
  p,
  ul,
  dl,
  dd {
    margin: 0;
    padding: 0;
    font: inherit;
  }

  .icon {
    width: 1.5rem;
    height: 1.5rem;
    display: block;
    flex: none;
  }

  .mark {
    display: block;
    flex: none;
    color: var(--mark);
  }

  .glass {
    background: var(--glass);
    backdrop-filter: blur(18px) saturate(1.3);
    -webkit-backdrop-filter: blur(18px) saturate(1.3);
    box-shadow:
      inset 0 0 0 1px var(--glass-edge),
      0 8px 30px rgb(0 0 0 / 35%);
  }

  @media (forced-colors: active) {
    .glass,
    button {
      border: 1px solid ButtonText;
    }
    .glass {
      background: Canvas;
    }
    :focus-visible {
      outline: 3px solid Highlight;
    }
    button[aria-pressed='true'],
    button[aria-expanded='true'] {
      border: 3px solid Highlight;
    }
    [aria-disabled='true'] {
      color: GrayText;
    }
    .dot {
      forced-color-adjust: none;
    }
  }

  .unseen {
    position: absolute;
    width: 1px;
    height: 1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }

  @media (prefers-reduced-motion: reduce) {
    :host *,
    :host *::before,
    :host *::after {
      animation-duration: 1ms;
      animation-iteration-count: 1;
      transition-duration: 1ms;
      transition-delay: 0ms;
    }
  }
`;
