// SPDX-License-Identifier: Apache-2.0
// Which language the page speaks, and what it says in a state. The words are in the files beside this one.
import { slowedCauses, type CameraInfo } from '../core/signaling-messages';
import type { ViewerState } from '../core/viewer-state';
import { english, type Message, type Texts } from './english';
import { korean } from './korean';

export type { Message, Texts };

export const languages = { en: english, ko: korean } satisfies Record<string, Texts>;
export type Language = keyof typeof languages;

/** `?lang=` decides; else the first language of the browser that the page has; else English. */
export function chooseLanguage(search: string, preferred: readonly string[]): Language {
  const wished = new URLSearchParams(search).get('lang');
  for (const tag of [...(wished === null ? [] : [wished]), ...preferred]) {
    const base = tag.toLowerCase().split('-')[0];
    if (base === 'en' || base === 'ko') return base;
  }
  return 'en';
}

/** What to say in a state; undefined where the picture says it all. */
export function messageOf(state: ViewerState, texts: Texts): Message | undefined {
  if (state.name === 'live') return undefined;
  if (state.name === 'away' && state.cause) return texts.awayCauses[state.cause];
  return state.name === 'failed' ? texts.problems[state.problem] : texts.waits[state.name];
}

/**
 * The same, of a camera in somebody else's page: who has no key that counts has no owner to sign in as. `isForeign`: the
 * device may answer, and the browser keep the answer from a page whose site the device does not know.
 */
export function embeddedMessageOf(state: ViewerState, texts: Texts, isForeign: boolean): Message | undefined {
  const message = messageOf(state, texts);
  if (state.name !== 'failed' || !message) return message;
  const { key, otherCamera, unreachable } = texts.embedded;
  if (state.problem === 'unreachable' && isForeign) return unreachable;
  if (state.problem === 'forbidden') return otherCamera;
  return ['unauthorized', 'expired', 'revoked'].includes(state.problem) ? key : message;
}

/** What encodes, and what that costs: what was measured while it runs, else what is to be expected from the last time. */
export function encoderInWords({ encoder, state }: CameraInfo, texts: Texts): string | undefined {
  if (!encoder) return undefined;
  const { kinds, passedThrough, takes, expect } = texts.statistics.encoder;
  if (encoder.kind === 'passed-through') return passedThrough;
  const what = [encoder.name?.replace(/enc$/, ''), kinds[encoder.kind] ?? encoder.kind].filter(Boolean).join(', ');
  if (encoder.corePercent === undefined) return what;
  return `${what}: ${(state === 'live' ? takes : expect)(encoder.corePercent)}`;
}

/** Why there are fewer pictures than usual, while there are any; undefined where there are not fewer. */
export function slowedInWords({ slowed, state }: CameraInfo, texts: Texts): string | undefined {
  const cause = slowedCauses.find((known) => known === slowed);
  return cause && state === 'live' ? texts.slowed[cause] : undefined;
}

/** That what is shown is always the same; undefined where it is not, or nothing is shown. */
export function frozenInWords({ frozen, state }: CameraInfo, texts: Texts): Message | undefined {
  return frozen && state === 'live' ? texts.frozen : undefined;
}

/** A day and a time, as they are written in the language; of unix seconds. */
export function formatDate(seconds: number, language: Language): string {
  const how = { dateStyle: 'medium', timeStyle: 'short' } as const;
  return new Intl.DateTimeFormat(language, how).format(new Date(seconds * 1000));
}

/** A time of day, as it is written in the language; of a Date's milliseconds. */
export function formatTime(date: number, language: Language): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'short' }).format(new Date(date));
}

/** 'How long ago' in the largest unit that fits. */
export function formatAge(milliseconds: number, texts: Texts): string {
  const seconds = Math.max(1, Math.floor(milliseconds / 1000));
  if (seconds < 60) return texts.age(seconds, 'second');
  if (seconds < 3600) return texts.age(Math.floor(seconds / 60), 'minute');
  if (seconds < 86400) return texts.age(Math.floor(seconds / 3600), 'hour');
  return texts.age(Math.floor(seconds / 86400), 'day');
}

/** How many times as large. */
export function formatFactor(factor: number): string {
  return `${factor.toFixed(factor < 9.95 && !Number.isInteger(factor) ? 1 : 0)}×`;
}
