// SPDX-License-Identifier: Apache-2.0
// What somebody is told who talks, or wants to; and everybody else of them.
import type { AudioInfo } from '../core/signaling-messages';
import type { TalkEnd, TalkState } from '../core/talk';
import type { Message, Texts } from './english';

export interface TalkFacts {
  state: TalkState;
  /** By the person here. */
  isMuted: boolean;
  /** Nothing at all comes out of the microphone. */
  isSilent: boolean;
  /** Of the camera, as the device last told. */
  audio: AudioInfo | undefined;
}

/** Undefined: nobody talks here, and nothing has happened. */
export function talkInWords({ state, isMuted, isSilent, audio }: TalkFacts, texts: Texts): Message | undefined {
  const words = texts.talk;
  switch (state.name) {
    case 'off':
      return state.why && endInWords(state.why, audio, texts);
    case 'opening':
    case 'asking':
      return words[state.name];
    case 'waiting':
      return { title: words.waiting(audio?.talkers?.[0] || words.somebody), hint: words.place(state.position) };
    case 'talking':
      if (audio?.speaker?.state === 'away') return endInWords('speaker', audio, texts);
      if (isMuted) return words.muted;
      if (isSilent) return words.silent;
      return state.isOther ? words.heardOtherwise : words.heard;
  }
}

function endInWords(why: TalkEnd, audio: AudioInfo | undefined, texts: Texts): Message {
  if (why === 'insecure') return { title: texts.talk.insecure, hint: texts.account.microphone };
  const { title, hint } = texts.talk.ends[why];
  const reason = why === 'speaker' ? audio?.speaker?.reason : undefined;
  return { title, hint: reason ? `${hint} ${texts.deviceSays}: ${reason}` : hint };
}

/** `own`: the name of who reads it, where they talk themselves. Undefined: no other does. */
export function othersInWords(talkers: readonly string[] = [], own: string | undefined, texts: Texts): string | undefined {
  const { and, somebody, talks } = texts.talk;
  const at = own === undefined ? -1 : talkers.indexOf(own);
  // A single one is whoever has just been told that it is their turn.
  const others = own !== undefined && talkers.length === 1 ? [] : talkers.filter((_, index) => index !== at);
  if (others.length === 0) return undefined;
  const names = [...new Set(others.map((name) => name || somebody))];
  return sentence(talks(names.reduce((one, other) => and(one, other)), names.length));
}

function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}
