// SPDX-License-Identifier: Apache-2.0
// How panels over the picture look: a pane of glass with a title and a button that closes it.
import { css } from 'lit';
import { pageColours } from './theme';

export const panelStyles = [pageColours, css`
  :host {
    display: flex;
    flex-direction: column;
  }
  section.glass {
    background: var(--panel);
  }
  section {
    min-height: 0;
    overflow: auto;
    scrollbar-width: thin;
    padding: 4px 18px 16px;
    border-radius: 20px;
    font-size: 0.875rem;
  }
  .header {
    display: flex;
    align-items: center;
    justify-content: space-between;
  }
  h2 {
    font-weight: 600;
    font-size: 0.9375rem;
  }
  .header button {
    display: grid;
    place-items: center;
    width: 44px;
    height: 44px;
    margin-right: -12px;
    border-radius: 99px;
    color: var(--ink-soft);
  }
`];
