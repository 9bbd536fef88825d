// SPDX-License-Identifier: Apache-2.0
// How fields, switches and buttons look, in the sign-in screen and in panels.
import { css } from 'lit';

export const formStyles = css`
  .act,
  .quiet {
    min-height: 48px;
    padding: 0 24px;
    border-radius: 99px;
    font-weight: 600;
    transition: background 0.2s, filter 0.2s, transform 0.1s;
  }
  .act {
    background: var(--lamp);
    color: var(--on-lamp);
  }
  .act:hover {
    filter: brightness(1.08);
  }
  .act:active,
  .quiet:active {
    transform: scale(0.97);
  }
  .act[aria-disabled='true'] {
    filter: saturate(0.4) brightness(0.75);
    cursor: default;
  }
  .quiet {
    background: var(--veil);
  }
  .quiet:hover {
    background: var(--veil-strong);
  }
  .small {
    min-height: 44px;
    padding: 0 14px;
    font-size: 0.875rem;
    font-weight: 550;
  }
  .danger {
    color: var(--alarm);
  }
  input[type='text'],
  select {
    width: 100%;
    min-height: 48px;
    padding: 0 14px;
    border: 0;
    border-radius: 14px;
    background: var(--veil);
    box-shadow: inset 0 0 0 1px var(--glass-edge);
    color: inherit;
    /* Smaller, and Safari on the iPhone zooms in. */
    font: inherit;
    font-size: 1rem;
  }
  input::placeholder {
    color: var(--ink-faint);
    opacity: 1;
  }
  input[aria-invalid='true'] {
    box-shadow: inset 0 0 0 1.5px var(--alarm);
  }
  .fault {
    margin-top: 8px;
    font-size: 0.875rem;
    color: var(--alarm);
  }
  .note {
    font-size: 0.875rem;
    color: var(--ink-soft);
  }
`;
