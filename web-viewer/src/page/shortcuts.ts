// SPDX-License-Identifier: Apache-2.0
// Which key asks for what.
import type { Control } from './control-bar';
import type { ZoomKey } from './zoom-control';

export type Shortcut = Control | ZoomKey | 'escape';

const letters: Record<string, Control> = {
  c: 'still', f: 'fullScreen', m: 'sound', p: 'pictureInPicture', s: 'details', t: 'talk',
};
const others: Record<string, Shortcut> = {
  Escape: 'escape', '+': 'zoomIn', '=': 'zoomIn', '-': 'zoomOut', _: 'zoomOut', 0: 'zoomReset', ArrowLeft: 'left',
  ArrowRight: 'right', ArrowUp: 'up', ArrowDown: 'down',
};

export function toShortcut(event: KeyboardEvent): Shortcut | undefined {
  const { key, code } = event;
  if (event.isComposing || (isTyping(event) && key !== 'Escape')) return undefined;
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  // Held, a key goes on zooming and moving; nothing else is wanted again and again.
  const other = Object.hasOwn(others, key) ? others[key] : undefined;
  if (other) return event.repeat && other === 'escape' ? undefined : other;
  if (event.repeat) return undefined;
  // A keyboard that writes Hangul, say, has the letter only in `code`.
  const letter = /^[a-z]$/i.test(key) ? key.toLowerCase() : /^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase();
  return letter !== undefined && Object.hasOwn(letters, letter) ? letters[letter] : undefined;
}

/** Letters in a field are text, and no shortcuts. */
function isTyping(event: KeyboardEvent): boolean {
  const [target] = event.composedPath() as Partial<HTMLInputElement>[];
  return target?.tagName === 'INPUT' && target.type === 'text';
}
