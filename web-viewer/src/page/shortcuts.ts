// SPDX-License-Identifier: Apache-2.0
// Which key asks for what.
import type { Control } from './control-bar';

const controls: Record<string, Control | 'escape'> = {
  c: 'still', f: 'fullScreen', m: 'sound', p: 'pictureInPicture', s: 'details', Escape: 'escape',
};

export function toShortcut(event: KeyboardEvent): Control | 'escape' | undefined {
  const { key, code } = event;
  if (event.isComposing || (isTyping(event) && key !== 'Escape')) return undefined;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return undefined;
  // A keyboard that writes Hangul, say, has the letter only in `code`.
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase();
  const name = key === 'Escape' ? key : letter;
  return name !== undefined && Object.hasOwn(controls, name) ? controls[name] : undefined;
}

/** Letters in a field are text, and no shortcuts. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath() as Partial<HTMLInputElement>[];
  return target?.tagName === 'INPUT' && target.type === 'text';
}
