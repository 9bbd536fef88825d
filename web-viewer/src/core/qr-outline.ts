// SPDX-License-Identifier: Apache-2.0
// A text as a QR code, as the outline that an SVG path draws: one unit a module, the quiet edge included.
import { encode } from 'uqr';

/** What the standard asks for; phones read codes on a dark page only with it. */
const kQuietEdge = 4;

export interface QrOutline {
  /** Width and height. */
  size: number;
  path: string;
}

export function qrOutline(text: string): QrOutline {
  // A link is long and a screen is clean: the least correction makes the largest modules.
  const { data, size } = encode(text, { ecc: 'L', border: kQuietEdge });
  const outlines = data.flatMap((row, y) => runsOf(row).map(([x, width]) => `M${x} ${y}h${width}v1h-${width}z`));
  return { size, path: outlines.join('') };
}

/** Where dark modules begin, and how many stand side by side. */
function runsOf(row: readonly boolean[]): [number, number][] {
  const runs: [number, number][] = [];
  row.forEach((isDark, x) => {
    const last = runs[runs.length - 1];
    if (isDark && last && last[0] + last[1] === x) last[1] += 1;
    else if (isDark) runs.push([x, 1]);
  });
  return runs;
}
