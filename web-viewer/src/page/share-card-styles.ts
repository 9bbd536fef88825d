// SPDX-License-Identifier: Apache-2.0
// How <fanlight-share-card> is laid out.
import { css } from 'lit';

export const shareCardStyles = css`
  :host {
    display: block;
  }
  form,
  .made {
    display: grid;
  }
  .title {
    display: block;
    padding: 0;
    margin-bottom: 8px;
    font-weight: 550;
  }
  .title:focus-visible {
    outline: none;
  }
  fieldset {
    min-width: 0;
    margin: 20px 0 0;
    padding: 0;
    border: 0;
  }
  fieldset.kinds {
    margin: 4px 0 20px;
  }
  .kinds .note {
    margin-top: 10px;
  }
  .kinds .chip {
    flex: 1 1 auto;
  }
  .switch {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 16px;
    min-height: 44px;
    cursor: pointer;
  }
  .switch + .switch {
    border-top: 1px solid var(--glass-edge);
  }
  .switch:has(:disabled) {
    cursor: default;
  }
  .switch input {
    appearance: none;
    -webkit-appearance: none;
    flex: none;
    position: relative;
    width: 44px;
    height: 26px;
    margin: 0;
    border-radius: 99px;
    background: var(--off);
    cursor: inherit;
    transition: background 0.2s;
  }
  .switch input::after {
    content: '';
    position: absolute;
    top: 3px;
    left: 3px;
    width: 20px;
    height: 20px;
    border-radius: 50%;
    background: var(--knob);
    transition: transform 0.2s;
  }
  .switch input:checked {
    background: var(--lamp);
  }
  .switch input:checked::after {
    background: var(--on-lamp);
    transform: translateX(18px);
  }
  .switch input:disabled {
    opacity: 0.45;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 6px;
  }
  .chip {
    position: relative;
    cursor: pointer;
  }
  .chip input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    cursor: inherit;
  }
  .chip span {
    display: grid;
    place-items: center;
    min-height: 44px;
    padding: 0 14px;
    border-radius: 99px;
    background: var(--veil);
    font-size: 0.875rem;
    transition: background 0.2s, color 0.2s;
  }
  .chip:hover span {
    background: var(--veil-strong);
  }
  .chip input:checked + span {
    background: var(--lamp);
    color: var(--on-lamp);
    font-weight: 600;
  }
  .chip input:focus-visible + span {
    outline: 2px solid var(--focus);
    outline-offset: 2px;
  }
  @media (forced-colors: active) {
    .switch input {
      appearance: auto;
      -webkit-appearance: auto;
    }
    .switch input::after {
      content: none;
    }
    .chip span {
      border: 1px solid ButtonText;
    }
    .chip input:checked + span {
      forced-color-adjust: none;
      background: Highlight;
      color: HighlightText;
    }
  }
  .chosen {
    margin-top: 8px;
  }
  .warning {
    margin-top: 10px;
    padding: 10px 14px;
    border-radius: 14px;
    background: var(--alarm-veil);
    font-size: 0.875rem;
  }
  .warning:empty {
    display: none;
  }
  form > .act {
    margin-top: 22px;
  }
  .qr {
    justify-self: center;
    width: min(15rem, 100%);
    margin: 16px 0;
    border-radius: 16px;
    background: #fff;
    fill: #000;
  }
  #link {
    text-overflow: ellipsis;
    font-size: 0.875rem;
  }
  .buttons {
    display: flex;
    gap: 8px;
    margin-top: 10px;
  }
  .buttons button {
    flex: 1;
  }
  .another {
    justify-self: center;
    margin-top: 12px;
    background: none;
    color: var(--ink-soft);
  }
`;
