// SPDX-License-Identifier: Apache-2.0
// Putting text where a person can paste it from.

/** Over plain HTTP a browser has no clipboard for pages, but still copies what is selected: `field` has the text. */
export async function copy(text: string, field: HTMLInputElement | HTMLTextAreaElement | null): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    field?.select();
    return document.execCommand('copy');
  }
}
