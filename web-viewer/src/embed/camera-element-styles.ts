// SPDX-License-Identifier: Apache-2.0
// How <fanlight-camera> looks. It brings its own colours and letters: nothing of the page around it is known.
import { css } from 'lit';

export const cameraElementStyles = css`
  :host {
    color-scheme: dark;
    display: block;
    position: relative;
    overflow: hidden;
    aspect-ratio: 16 / 9;
    min-width: 0;
    container-type: inline-size;
    box-sizing: border-box;
    background: #0a0b0d;
    color: #f5f2ec;
    font: 400 14px / 1.4 -apple-system, BlinkMacSystemFont, 'Segoe UI', Roboto, 'Noto Sans', 'Apple SD Gothic Neo',
      'Malgun Gothic', 'Noto Sans KR', 'Noto Sans CJK KR', system-ui, sans-serif;
    text-align: start;
  }
  :host([hidden]) {
    display: none;
  }
  :host(:fullscreen) {
    aspect-ratio: auto;
  }
  .stage,
  fanlight-picture {
    position: absolute;
    inset: 0;
  }
  .bar {
    position: absolute;
    left: 0;
    right: 0;
    bottom: 0;
    display: flex;
    flex-wrap: wrap;
    align-items: flex-end;
    justify-content: space-between;
    gap: 6px;
    padding: 8px;
    pointer-events: none;
  }
  .state {
    box-sizing: border-box;
    min-width: 0;
    margin: 0;
    padding: 0.4em 0.9em;
    border-radius: 1em;
    background: rgb(16 17 20 / 82%);
    word-break: keep-all;
    overflow-wrap: break-word;
    transition: opacity 0.3s;
  }
  .title {
    font-weight: 600;
  }
  .hint,
  .age {
    color: rgb(245 242 236 / 78%);
  }
  .age {
    display: block;
    font-variant-numeric: tabular-nums;
  }
  .dot {
    display: inline-block;
    width: 0.55em;
    height: 0.55em;
    margin-right: 0.5em;
    border-radius: 50%;
    background: #6ad79b;
  }
  .controls {
    display: flex;
    gap: 6px;
    margin-left: auto;
    pointer-events: auto;
    transition: opacity 0.3s;
  }
  button {
    display: grid;
    place-items: center;
    min-width: max(44px, 2.6em);
    height: max(44px, 2.6em);
    margin: 0;
    padding: 0;
    border: 0;
    border-radius: 99px;
    background: rgb(16 17 20 / 82%);
    color: inherit;
    font: inherit;
    cursor: pointer;
    touch-action: manipulation;
  }
  button:hover {
    background: rgb(52 53 58 / 90%);
  }
  button:focus-visible {
    outline: 2px solid #ffcf7d;
    outline-offset: 2px;
  }
  .words {
    padding: 0 1.1em;
    background: #ffcf7d;
    color: #221603;
    font-weight: 600;
  }
  .words:hover {
    background: #ffdb9b;
  }
  .play {
    position: absolute;
    inset: 0;
    width: 72px;
    height: 72px;
    margin: auto;
  }
  .icon {
    display: block;
    width: max(24px, 1.5em);
    height: max(24px, 1.5em);
  }
  .play .icon {
    width: 40px;
    height: 40px;
  }
  :host([idle]) :is(.state, .controls) {
    opacity: 0;
  }
  :host(:hover) .controls,
  .controls:focus-within {
    opacity: 1;
  }
  @container (max-width: 359px) {
    .hint {
      display: none;
    }
  }
  @container (min-width: 1600px) {
    .bar {
      font-size: clamp(16px, 0.75cqw, 32px);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .state,
    .controls {
      transition: none;
    }
  }
`;
