// SPDX-License-Identifier: Apache-2.0
// What a check-up has found, for people: on the page, and as a text that they can send to somebody.
import { kForgotten, type CheckUpState } from '../core/check-up';
import { kNoAnswer, kNoLink } from '../core/command-caller';
import { countOf, type Finding, type Verdict } from '../core/finding';
import type { BrowserFinding } from '../core/server-check';
import { checkUpEnglish, type CheckUpTexts } from './check-up-english';
import { checkUpKorean } from './check-up-korean';
import type { Language } from './text';

export const checkUpLanguages = { en: checkUpEnglish, ko: checkUpKorean } satisfies Record<Language, CheckUpTexts>;

export interface FindingInWords {
  verdict: Verdict;
  /** What was looked at. */
  name: string;
  /** What that means, and what to do. */
  words?: string;
  /** What was seen, in English, for who knows more. */
  evidence?: string;
  /** The same for all languages. */
  code: string;
}

export interface SectionInWords {
  title: string;
  findings: readonly FindingInWords[];
  /** Why it is not complete. */
  fault?: string | undefined;
}

/** Of the device; what only a newer one says is shown as it is, or left to its evidence. */
export function findingInWords(finding: Finding, texts: CheckUpTexts): FindingInWords {
  return inWords(finding, texts.causes, texts);
}

export function browserFindingInWords(finding: BrowserFinding, texts: CheckUpTexts): FindingInWords {
  return inWords(finding, texts.browserCauses, texts);
}

function inWords(
  { verdict, what, cause, evidence, url }: Finding & { url?: string },
  causes: Record<string, string>,
  texts: CheckUpTexts,
): FindingInWords {
  const words = cause === undefined ? undefined : own(causes, cause);
  const seen = [url, evidence].filter(Boolean).join(': ');
  return {
    verdict,
    name: own(texts.things, what) ?? what,
    code: [what, cause].filter(Boolean).join(' '),
    ...(words === undefined ? {} : { words }),
    ...(seen ? { evidence: seen } : {}),
  };
}

/** Undefined also for what every object has. */
function own(words: Record<string, string>, name: string): string | undefined {
  return Object.hasOwn(words, name) ? words[name] : undefined;
}

/** Why the device's part is not complete; undefined where it is. */
export function faultInWords(state: CheckUpState, texts: CheckUpTexts): string | undefined {
  if (state.name !== 'failed') return undefined;
  const { faults } = texts;
  if (state.code === kNoLink || state.code === kNoAnswer) return faults.unreachable;
  if (state.code === kForgotten) return faults.forgotten;
  return own(faults, state.code) ?? faults.other;
}

/** One sentence of all of it, and one more of what is not complete. */
export function summaryInWords(sections: readonly SectionInWords[], texts: CheckUpTexts): string {
  const { works, better, broken } = texts.summary;
  const findings = sections.flatMap((section) => section.findings);
  const [bad, poor] = [countOf('broken', findings), countOf('warning', findings)];
  const summary = bad > 0 ? broken(bad) : poor > 0 ? better(poor) : works;
  return [summary, ...sections.flatMap(({ fault }) => fault ?? [])].join(' ');
}

/** `origin`: where and when, in lines. */
export function reportInWords(origin: readonly string[], sections: readonly SectionInWords[], texts: CheckUpTexts): string {
  const lines = sections.flatMap(({ title, findings, fault }) => [
    '', title, ...findings.flatMap((finding) => linesOf(finding, texts)), ...(fault ? [fault] : []),
  ]);
  return [...origin, summaryInWords(sections, texts), ...lines, ''].join('\n');
}

function linesOf({ verdict, name, words, evidence, code }: FindingInWords, texts: CheckUpTexts): string[] {
  const what = `- ${texts.verdicts[verdict]}: ${name} [${code}]`;
  return [what, ...[words, evidence].flatMap((line) => (line ? [`  ${line}`] : []))];
}
