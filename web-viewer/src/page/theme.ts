// SPDX-License-Identifier: Apache-2.0
// What all elements have in common; colours and measures are custom properties of viewer.css.
import { css } from 'lit';

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
    outline: 2px solid var(--lamp);
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
    width: 24px;
    height: 24px;
    display: block;
    flex: none;
  }

  .mark {
    display: block;
    flex: none;
    color: var(--lamp);
  }

  .glass {
    background: var(--glass);
    backdrop-filter: blur(18px) saturate(1.3);
    -webkit-backdrop-filter: blur(18px) saturate(1.3);
    box-shadow:
      inset 0 0 0 1px var(--glass-edge),
      0 8px 30px rgb(0 0 0 / 35%);
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
