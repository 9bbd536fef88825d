// SPDX-License-Identifier: Apache-2.0
// How <fanlight-camera-screen> is laid out: everything floats over the picture, nothing ever moves it.
import { css } from 'lit';
import { nightColours, pageColoursWithin, theme } from './theme';

export const cameraScreenStyles = [
  theme,
  nightColours,
  pageColoursWithin,
  css`
    :host {
      position: absolute;
      inset: 0;
      display: block;
      overflow: hidden;
      background: var(--night);
    }
    .stage {
      /* Fingers on the picture are the page's, not the browser's. */
      touch-action: none;
    }
    .stage:focus-visible {
      outline: none;
    }
    .zoom {
      position: absolute;
      left: var(--safe-left);
      bottom: calc(var(--safe-bottom) + 4px + var(--over-doors));
      display: flex;
      align-items: center;
      gap: 6px;
      min-height: 48px;
      padding: 0 12px 0 16px;
      border-radius: 99px;
      font-size: 0.875rem;
      font-weight: 550;
      font-variant-numeric: tabular-nums;
    }
    .zoom .icon {
      width: 20px;
      height: 20px;
    }
    :host([idle]) {
      cursor: none;
    }
    .stage,
    fanlight-picture,
    fanlight-status {
      position: absolute;
      inset: 0;
    }

    .top {
      position: absolute;
      inset: 0 0 auto;
      isolation: isolate;
      display: flex;
      align-items: center;
      justify-content: space-between;
      gap: 16px;
      padding: calc(var(--safe-top) - 4px) var(--safe-right) 40px var(--safe-left);
      pointer-events: none;
    }
    .top::before {
      content: '';
      position: absolute;
      inset: 0;
      z-index: -1;
      background: linear-gradient(rgb(0 0 0 / 55%), rgb(0 0 0 / 20%) 55%, transparent);
      transition: opacity 0.35s;
    }
    .title {
      display: flex;
      align-items: center;
      gap: 12px;
      min-width: 0;
      min-height: 44px;
    }
    .title .mark {
      width: 1.875rem;
    }
    h1 {
      display: flex;
      min-width: 0;
      font-size: 1.0625rem;
      font-weight: 600;
      letter-spacing: -0.005em;
      text-shadow: 0 1px 6px rgb(0 0 0 / 50%);
    }
    .title button {
      display: flex;
      align-items: center;
      gap: 4px;
      min-width: 0;
      min-height: 44px;
      margin-left: -8px;
      padding: 0 8px;
      border-radius: 14px;
      pointer-events: auto;
    }
    .title .back {
      display: grid;
      place-items: center;
      flex: none;
      width: 44px;
      height: 44px;
      margin-left: -8px;
      border-radius: 99px;
      color: inherit;
      pointer-events: auto;
    }
    .title .back .icon {
      width: 26px;
      height: 26px;
      opacity: 1;
    }
    .title .back:hover,
    .title button:hover {
      background: rgb(255 255 255 / 10%);
    }
    .name {
      overflow: hidden;
      text-overflow: ellipsis;
      white-space: nowrap;
    }
    .title .icon {
      width: 20px;
      height: 20px;
      opacity: 0.7;
    }

    .pill {
      flex: none;
      display: flex;
      align-items: center;
      gap: 8px;
      min-height: 32px;
      font-size: 0.875rem;
      font-weight: 550;
      color: var(--ink-soft);
      text-shadow: 0 1px 6px rgb(0 0 0 / 60%);
    }
    .pill.on {
      color: var(--ink);
    }
    .dot {
      width: 9px;
      height: 9px;
      border-radius: 50%;
      box-shadow: inset 0 0 0 1.5px var(--ink-faint);
      transition: background 0.3s, box-shadow 0.3s;
    }
    .on .dot {
      background: var(--live);
      box-shadow: 0 0 0 4px rgb(106 215 155 / 18%);
    }

    .notices {
      position: absolute;
      top: calc(var(--safe-top) + 40px);
      right: var(--safe-right);
      display: grid;
      justify-items: end;
      gap: 6px;
      width: min(24rem, 100% - var(--safe-left) - var(--safe-right));
      pointer-events: none;
    }
    .notice {
      padding: 6px 12px;
      border-radius: 14px;
      font-size: 0.8125rem;
      text-wrap: pretty;
    }
    .notice strong {
      font-weight: 600;
    }

    .fades {
      transition: opacity 0.35s;
    }
    :host([idle]) .fades,
    :host([idle]) .top::before {
      opacity: 0;
    }
    :host([idle]) .fades:focus-within {
      opacity: 1;
    }

    fanlight-controls {
      position: absolute;
      right: var(--safe-right);
      bottom: var(--safe-bottom);
    }
    fanlight-doors {
      position: absolute;
      left: var(--safe-left);
      bottom: calc(var(--safe-bottom) + 4px);
      max-width: calc(100% - 30rem);
    }
    fanlight-statistics,
    fanlight-sharing,
    fanlight-doctor,
    fanlight-talk-settings {
      position: absolute;
      right: var(--safe-right);
      bottom: calc(var(--safe-bottom) + 3.5rem + 12px);
      width: min(var(--panel-width), 100vw - var(--safe-left) - var(--safe-right));
      max-height: calc(100% - var(--safe-top) - var(--safe-bottom) - 3.5rem - 68px);
      animation: rise 0.25s ease-out;
    }
    fanlight-statistics {
      --panel-width: 23rem;
    }
    fanlight-sharing,
    fanlight-doctor {
      --panel-width: 26rem;
    }
    fanlight-talk-settings {
      --panel-width: 22rem;
    }
    nav.page {
      position: absolute;
      top: calc(var(--safe-top) + 48px);
      left: var(--safe-left);
      width: min(22rem, 100vw - var(--safe-left) - var(--safe-right));
      max-height: calc(100% - var(--safe-top) - var(--safe-bottom) - 60px);
      overflow: auto;
      padding: 6px;
      border-radius: 22px;
      background: var(--panel);
      animation: sink 0.2s ease-out;
    }

    @keyframes rise {
      from {
        opacity: 0;
        transform: translateY(8px);
      }
    }
    @keyframes sink {
      from {
        opacity: 0;
        transform: translateY(-6px);
      }
    }

    /* Upright, the picture stands a little above the middle: a thumb and the words need the space below. */
    @media (max-aspect-ratio: 3/4) {
      .stage {
        --picture-place: 50% 40%;
      }
    }
    /* There is room for words under the picture, which then need not cover it. */
    @media (max-aspect-ratio: 3/4) and (min-height: 740px) {
      .stage {
        --picture-aged: brightness(0.55) saturate(0.4);
      }
      fanlight-status.beside {
        --picture-height: calc(100vw * var(--shape));
        top: calc((100% - var(--picture-height)) * 0.4 + var(--picture-height));
      }
    }
    @media (max-aspect-ratio: 3/4) {
      .zoom {
        bottom: calc(var(--safe-bottom) + 3.5rem + 12px);
      }
      /* Over the button to talk. */
      fanlight-doors {
        right: var(--safe-right);
        bottom: calc(var(--safe-bottom) + 8rem + 36px);
        max-width: none;
      }
      fanlight-controls {
        right: 50%;
        transform: translateX(50%);
      }
      fanlight-statistics {
        right: 50%;
        margin-right: calc(min(23rem, 100vw - var(--safe-left) - var(--safe-right)) / -2);
      }
      /* Over the button to talk, which is tried with what is chosen. */
      fanlight-talk-settings {
        right: 50%;
        bottom: calc(var(--safe-bottom) + 8rem + 36px);
        margin-right: calc(min(var(--panel-width), 100vw - var(--safe-left) - var(--safe-right)) / -2);
      }
      fanlight-sharing,
      fanlight-doctor {
        right: 50%;
        margin-right: calc(min(26rem, 100vw - var(--safe-left) - var(--safe-right)) / -2);
      }
    }
    @media (max-height: 480px) and (min-width: 640px) {
      fanlight-statistics,
      fanlight-doctor {
        width: min(38rem, 100vw - var(--safe-left) - var(--safe-right));
      }
    }
  `,
];
