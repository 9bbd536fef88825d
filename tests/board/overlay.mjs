// SPDX-License-Identifier: Apache-2.0
// Reads the text that vivid draws into its picture, from a screenshot of the page, by optical character recognition.

import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

// vivid's first three lines: clock and frame number; size and input; the picture controls.
const part = { width: 0.7, height: 0.18 };

// One letter in a hundred is misread; another picture of the same overlay is read anew.
const attempts = 5;

/** @typedef {{ clockMs: number, size: string, text: string }} Overlay */

/**
 * @param {string} text as recognised
 * @returns {Overlay | null} null where it is not vivid's overlay
 */
export function parseOverlay(text) {
  // Fixed-width letters are wide: the recogniser sees spaces where there are none, and O where there is 0.
  const [first = '', second = '', third = ''] = text
    .split('\n')
    .map((line) => line.replaceAll(/\s/g, ''))
    .filter(Boolean);
  const clock = first.replaceAll(/[Oo]/g, '0').match(/(\d\d):(\d\d):(\d\d):(\d{3})/);
  const size = second.replaceAll(/[Oo]/g, '0').match(/^(\d+x\d+),input/);
  if (!clock || !size || !third.startsWith('brightness')) return null;
  const [hours, minutes, seconds, milliseconds] = clock.slice(1).map(Number);
  return { clockMs: ((hours * 60 + minutes) * 60 + seconds) * 1000 + milliseconds, size: size[1], text };
}

/**
 * The overlay in the page's video, from as many pictures as it takes to read one with that size in it, within reason.
 * @param {import('../support/browser.mjs').ViewerPage} viewer
 * @param {string} name of the picture that is kept
 * @param {string} size that is to be read
 * @returns {Promise<Overlay>}
 */
export async function readOverlay(viewer, name, size) {
  let text = '';
  for (let attempt = 0; attempt < attempts; attempt++) {
    await viewer.frames(1);
    const box = await viewer.page.locator('video').first().boundingBox();
    if (!box) throw new Error('the page shows no video');
    const clip = { x: box.x, y: box.y, width: box.width * part.width, height: box.height * part.height };
    const file = await viewer.screenshot(name, { clip });
    ({ stdout: text } = await run('tesseract', [file, '-', '--psm', '6'], {
      env: { ...process.env, OMP_THREAD_LIMIT: '1' },
    }));
    const overlay = parseOverlay(text);
    if (overlay?.size === size) return overlay;
  }
  throw new Error(`vivid's overlay with the size ${size} cannot be read in ${attempts} pictures; the last one says:\n${text}`);
}
