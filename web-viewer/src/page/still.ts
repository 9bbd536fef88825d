// SPDX-License-Identifier: Apache-2.0
// Saves a picture as a file, as a browser saves any download.

export const kStillSuffix = 'jpg';
const kStillType = 'image/jpeg';
/** Nothing is to be seen of it at this quality, and a phone's memory holds many. */
const kQuality = 0.95;
/** The browser has begun to read it by then. */
const kKeepFor = 60_000;

/** Whether there was something to save. */
export async function saveStill(picture: HTMLCanvasElement, name: string): Promise<boolean> {
  const blob = await new Promise<Blob | null>((resolve) => picture.toBlob(resolve, kStillType, kQuality));
  if (!blob) return false;
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), kKeepFor);
  return true;
}
