// SPDX-License-Identifier: Apache-2.0
// A QR code as an outline: that what is drawn is a code, and the whole of it.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { qrOutline } from '../src/core/qr-outline';

/** The dark modules that a path draws. */
function modules({ size, path }: { size: number; path: string }): string[] {
  const rows = Array.from({ length: size }, () => Array.from({ length: size }, () => '.'));
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let at = 0; at < Number(width); at += 1) rows[Number(y)]?.splice(Number(x) + at, 1, '#');
  }
  return rows.map((row) => row.join(''));
}

describe('a QR code', () => {
  const outline = qrOutline('https://porch.local:8443/#token=' + 'a'.repeat(300));
  const drawn = modules(outline);

  test('has a quiet edge of four modules on each side', () => {
    const quiet = '.'.repeat(outline.size);
    assert.deepEqual([...drawn.slice(0, 4), ...drawn.slice(-4)], Array.from({ length: 8 }, () => quiet));
    for (const row of drawn) assert.match(row, /^\.{4}.*\.{4}$/);
  });

  test('has the three marks that a phone looks for, and not the fourth', () => {
    const mark = ['#######', '#.....#', '#.###.#', '#.###.#', '#.###.#', '#.....#', '#######'];
    const at = (x: number, y: number) => drawn.slice(y, y + 7).map((row) => row.slice(x, x + 7));
    const far = outline.size - 11;

    assert.deepEqual(at(4, 4), mark);
    assert.deepEqual(at(far, 4), mark);
    assert.deepEqual(at(4, far), mark);
    assert.notDeepEqual(at(far, far), mark);
  });

  test('is another one for another link', () => {
    assert.notEqual(qrOutline('https://porch.local/#token=b').path, qrOutline('https://porch.local/#token=c').path);
  });
});
