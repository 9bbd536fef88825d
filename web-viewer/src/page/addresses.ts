// SPDX-License-Identifier: Apache-2.0
// The addresses within the page, with everything else in the present one kept: a language, say.

export function cameraOfAddress(): string | undefined {
  return new URLSearchParams(location.search).get('camera') ?? undefined;
}

export function cameraAddress(camera: string): string {
  const search = new URLSearchParams(location.search);
  search.set('camera', camera);
  return `/?${search}`;
}

export function wallAddress(): string {
  const search = new URLSearchParams(location.search);
  search.delete('camera');
  const rest = search.toString();
  return rest === '' ? '/' : `/?${rest}`;
}

/** What opens another tab or window stays the browser's. */
export function isPlainClick({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean {
  return button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;
}
