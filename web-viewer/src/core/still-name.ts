// SPDX-License-Identifier: Apache-2.0
// What a saved picture's file is called: whose it is, and when it was.

/** Characters of the camera's name; in four bytes each they still fit the 255 of a file system. */
const kLongestName = 50;
/** Of paths and of systems; control characters; and what turns the direction of what follows. */
const kForbidden = /[\\/:*?"<>|\u0000-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

/** `Front door 2026-11-22 10.15.30.jpg`, in the time of the place where `date` is read. */
export function stillName(camera: string, date: Date, suffix: string): string {
  const plain = camera.normalize('NFC').replace(kForbidden, ' ').replace(/\s+/g, ' ').replace(/^[. ]+|[. ]+$/g, '');
  const name = [...plain].slice(0, kLongestName).join('').trimEnd() || 'Fanlight';
  const two = (value: number) => String(value).padStart(2, '0');
  const day = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join('.');
  return `${name} ${day} ${time}.${suffix}`;
}
