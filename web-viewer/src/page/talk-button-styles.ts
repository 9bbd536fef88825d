// SPDX-License-Identifier: Apache-2.0
// How the button to talk looks: beside the others, and on an upright screen above them, where a thumb finds it.
import { css } from 'lit';

export const talkButtonStyles = css`
  .voice {
    display: flex;
    align-items: center;
  }
  .talk {
    /* A long touch is for talking: no menu, no selection, no scrolling. */
    touch-action: none;
    -webkit-user-select: none;
    user-select: none;
    -webkit-touch-callout: none;
  }
  /* How loud it is: a ring that grows. Without motion the button's colour says that somebody hears. */
  .talk.heard,
  .talk.heard:hover {
    background: var(--lamp);
    color: var(--on-lamp);
    box-shadow: 0 0 0 calc(var(--level, 0) * 12px) rgb(255 207 125 / 45%);
  }
  .voice .tip {
    text-wrap: pretty;
  }
  .voice .tip strong {
    font-weight: 600;
  }
  @media (max-aspect-ratio: 3/4) {
    .voice {
      position: absolute;
      left: 50%;
      bottom: calc(100% + 12px);
      transform: translateX(-50%);
    }
    .talk {
      width: 4.5rem;
      height: 4.5rem;
    }
    .talk:not(.heard) {
      background: var(--glass);
      box-shadow: inset 0 0 0 1px var(--glass-edge);
    }
    .talk .icon {
      width: 2rem;
      height: 2rem;
    }
    .voice .tip {
      text-align: center;
    }
    .talkSettings {
      position: absolute;
      left: calc(100% + 10px);
      width: 3rem;
      background: var(--glass);
      box-shadow: inset 0 0 0 1px var(--glass-edge);
    }
    /* Over the button to talk, not under the thumb. */
    .talks > button > .tip {
      bottom: calc(100% + 4.5rem + 22px);
    }
  }
  @media (forced-colors: active) {
    .talk.heard {
      background: Highlight;
      color: HighlightText;
      forced-color-adjust: none;
    }
  }
`;
