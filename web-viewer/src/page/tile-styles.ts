// SPDX-License-Identifier: Apache-2.0
// How <fanlight-tile> is laid out: the picture to its edges, words over it.
import { css } from 'lit';

export const tileStyles = css`
  :host {
    position: absolute;
    left: var(--x);
    top: var(--y);
    width: var(--width);
    height: var(--height);
    container-type: size;
  }
  a {
    position: absolute;
    inset: 0;
    display: block;
    overflow: hidden;
    border-radius: 14px;
    background: var(--night);
    color: var(--ink);
    text-decoration: none;
    -webkit-user-select: none;
    user-select: none;
  }
  a::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
    box-shadow: inset 0 0 0 1px var(--glass-edge);
    pointer-events: none;
    transition: box-shadow 0.2s;
  }
  a:hover::after {
    box-shadow: inset 0 0 0 2px rgb(255 255 255 / 35%);
  }
  a:focus-visible {
    outline: 3px solid var(--page-focus);
    outline-offset: 2px;
  }
  fanlight-picture {
    position: absolute;
    inset: 0;
    --picture-aged: brightness(0.3) saturate(0.4);
  }
  .foot {
    position: absolute;
    inset: auto 0 0;
    display: flex;
    flex-wrap: wrap;
    align-items: baseline;
    justify-content: space-between;
    gap: 2px 12px;
    padding: 28px 14px 10px;
    background: linear-gradient(transparent, rgb(0 0 0 / 45%) 40%, rgb(0 0 0 / 75%));
    font-size: 0.9375rem;
    text-shadow: 0 1px 4px rgb(0 0 0 / 70%);
  }
  .name {
    flex: 1;
    min-width: 0;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
    font-weight: 600;
  }
  .state {
    flex: none;
    display: flex;
    align-items: center;
    gap: 7px;
    font-size: 0.8125rem;
    color: var(--ink-soft);
  }
  .state.on {
    color: var(--ink);
  }
  .dot {
    width: 8px;
    height: 8px;
    border-radius: 50%;
    box-shadow: inset 0 0 0 1.5px var(--ink-faint);
  }
  .on .dot {
    background: var(--live);
    box-shadow: none;
  }
  /* Over the name, across the tile. */
  .frozen,
  .talks {
    order: -1;
    flex-basis: 100%;
    font-size: 0.8125rem;
    font-weight: 600;
  }
  .message {
    position: absolute;
    inset: 0 0 2.5rem;
    display: flex;
    flex-direction: column;
    align-items: center;
    justify-content: center;
    padding: 10px 16px 0;
    text-align: center;
    text-shadow: 0 1px 10px rgb(0 0 0 / 70%);
  }
  .message > * {
    flex: none;
    max-width: 24rem;
  }
  .lamp .mark {
    width: 2.5rem;
    margin-bottom: 10px;
  }
  .lamp:not(.waiting) .mark {
    color: var(--ink-faint);
  }
  .title {
    font-size: 0.9375rem;
    font-weight: 600;
    text-wrap: balance;
  }
  .hint,
  .reason,
  .age {
    margin-top: 4px;
    font-size: 0.8125rem;
    color: var(--ink-soft);
    text-wrap: balance;
    overflow-wrap: anywhere;
  }
  .age {
    font-variant-numeric: tabular-nums;
  }
  /* What is told edge to edge has no room in the smallest ones; the title and the link's own name say it, too. */
  @container (max-height: 190px) {
    .lamp,
    .reason {
      display: none;
    }
  }
  @container (max-height: 120px) or (max-width: 180px) {
    .hint {
      display: none;
    }
  }
  @media (forced-colors: active) {
    a {
      border: 1px solid LinkText;
    }
  }
`;
