// SPDX-License-Identifier: Apache-2.0
// How <fanlight-status> is laid out: in the middle, or, with class `beside`, under the picture of an upright phone.
import { css } from 'lit';

export const statusStyles = css`
  :host {
    display: grid;
    place-items: center;
    padding: calc(var(--safe-top) + 52px) var(--safe-right) calc(var(--safe-bottom) + 68px) var(--safe-left);
    overflow: auto;
    scrollbar-width: none;
    pointer-events: none;
  }
  .layer {
    display: grid;
    justify-items: center;
    width: 100%;
    max-width: 25rem;
    text-align: center;
    text-shadow: var(--halo);
    animation: arrive 0.35s 0.15s ease-out backwards;
  }
  .layer > * {
    pointer-events: auto;
  }
  .lamp .mark {
    width: 72px;
    margin-bottom: 22px;
    filter: drop-shadow(0 0 24px rgb(255 190 100 / 35%));
  }
  .lamp:not(.waiting) .mark {
    filter: none;
    color: var(--ink-faint);
    opacity: 0.8;
  }
  h2 {
    font-size: 1.3125rem;
    font-weight: 600;
    line-height: 1.3;
    letter-spacing: -0.01em;
    text-wrap: balance;
  }
  .hint {
    margin-top: 8px;
    color: var(--ink-soft);
    text-wrap: balance;
  }
  .age {
    margin-top: 14px;
    padding: 4px 12px;
    border-radius: 99px;
    background: var(--veil-strong);
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  details {
    margin-top: 12px;
    max-width: 100%;
    font-size: 0.875rem;
    color: var(--ink-soft);
  }
  summary {
    min-height: 44px;
    display: grid;
    place-items: center;
    cursor: pointer;
    text-decoration: underline;
    text-decoration-color: var(--ink-faint);
    text-underline-offset: 4px;
  }
  details p {
    overflow-wrap: anywhere;
  }
  .act {
    margin-top: 22px;
    min-height: 48px;
    padding: 0 26px;
    border-radius: 99px;
    background: var(--lamp);
    color: var(--on-lamp);
    font-weight: 600;
    text-shadow: none;
    transition: filter 0.2s, transform 0.1s;
  }
  .act:hover {
    filter: brightness(1.08);
  }
  .act:active {
    transform: scale(0.97);
  }
  .acts {
    display: grid;
    justify-items: center;
  }
  .examine {
    min-height: 44px;
    margin-top: 6px;
    padding: 0 14px;
    border-radius: 99px;
    font-size: 0.875rem;
    text-decoration: underline;
    text-decoration-color: var(--ink-faint);
    text-underline-offset: 4px;
  }
  .wait {
    margin-top: 12px;
    font-size: 0.875rem;
    color: var(--ink-soft);
    font-variant-numeric: tabular-nums;
  }
  @keyframes arrive {
    from {
      opacity: 0;
    }
  }
  @media (max-aspect-ratio: 3/4) and (min-height: 740px) {
    :host(.beside) {
      align-items: start;
      padding-top: 20px;
    }
    :host(.beside) .lamp .mark {
      width: 44px;
      margin-bottom: 12px;
    }
    :host(.beside) .lamp:not(.waiting) {
      display: none;
    }
    :host(.beside) .age {
      grid-row: 1;
      margin: 0 0 14px;
    }
    :host(.beside) .act {
      margin-top: 16px;
    }
    :host(.beside) .wait {
      margin-top: 8px;
    }
  }
  @media (max-height: 480px) {
    .acts {
      display: flex;
      align-items: center;
      gap: 4px;
    }
    .acts .examine {
      margin-top: 14px;
    }
    :host {
      padding-block: calc(var(--safe-top) + 40px) calc(var(--safe-bottom) + 8px);
    }
    .lamp .mark {
      width: 48px;
      margin-bottom: 12px;
    }
    .act {
      margin-top: 14px;
    }
    .wait {
      margin-top: 8px;
    }
  }
`;
