// SPDX-License-Identifier: Apache-2.0
// How <fanlight-doctor> is laid out: lists of findings, each with its verdict as a sign and a word.
import { css } from 'lit';

export const doctorPanelStyles = css`
  section.glass {
    padding-bottom: 20px;
    font-size: 0.9375rem;
  }
  section:focus-visible {
    outline: none;
  }
  .summary {
    margin-top: 14px;
    padding: 10px 14px;
    border-radius: 14px;
    background: var(--veil);
    font-weight: 550;
    text-wrap: pretty;
  }
  .summary.running {
    color: var(--ink-soft);
    font-weight: 400;
  }
  h3 {
    margin: 20px 0 2px;
    font-size: 1rem;
    font-weight: 550;
  }
  ul {
    list-style: none;
  }
  li {
    padding: 10px 0;
    text-wrap: pretty;
    overflow-wrap: anywhere;
  }
  li + li {
    border-top: 1px solid var(--glass-edge);
  }
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 2px 12px;
  }
  .name {
    font-weight: 550;
  }
  .verdict {
    display: flex;
    align-items: center;
    gap: 4px;
    font-size: 0.8125rem;
    font-weight: 550;
  }
  .verdict .icon {
    width: 1.125rem;
    height: 1.125rem;
  }
  .ok {
    color: var(--live);
  }
  .warning {
    color: var(--accent);
  }
  .broken {
    color: var(--alarm);
  }
  .untried,
  .evidence {
    color: var(--ink-soft);
  }
  .head + p {
    margin-top: 2px;
  }
  .head ~ .evidence {
    margin-top: 4px;
    font-size: 0.8125rem;
  }
  .buttons {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-top: 18px;
  }
  .buttons button {
    flex: 1 1 auto;
  }
  textarea:not(.unseen) {
    display: block;
    width: 100%;
    margin-top: 10px;
    padding: 10px 14px;
    border: 0;
    border-radius: 14px;
    background: var(--veil);
    box-shadow: inset 0 0 0 1px var(--glass-edge);
    color: inherit;
    font: inherit;
    font-size: 0.8125rem;
    resize: none;
  }
`;
