// SPDX-License-Identifier: Apache-2.0
// The last minute of a session's figures, one sample a second, and what a small graph makes of them. No DOM.
import type { Statistics } from './statistics';

export const kSampleInterval = 1000;
/** A minute. */
export const kSamples = 60;

export interface Sample extends Statistics {
  /** By the clock. */
  at: number;
  /** Milliseconds since the last new picture. */
  pictureAge?: number;
}

/** The figures that are drawn. */
export const figures = ['bitsPerSecond', 'framesPerSecond', 'roundTrip', 'lossShare', 'pictureAge'] as const;
export type Figure = (typeof figures)[number];

/** Where a sample stands in a graph: 0 to 1 from the left, 0 to 1 from the ground. */
export interface GraphPoint {
  x: number;
  y: number;
}

export interface Graph {
  /** Lines without gaps: a second without a figure begins another one. */
  lines: GraphPoint[][];
  least: number;
  most: number;
}

export class StatisticsHistory {
  private kept: Sample[] = [];

  add(sample: Sample): void {
    this.kept = [...this.kept, sample].slice(-kSamples);
  }

  /** Another session began, or none is there. */
  clear(): void {
    this.kept = [];
  }

  get newest(): Sample | undefined {
    return this.kept[this.kept.length - 1];
  }

  /** Undefined: not one sample has the figure. `atLeast`: what fills the height, so that noise looks like noise. */
  graph(figure: Figure, atLeast: number): Graph | undefined {
    const { newest } = this;
    const values = this.kept.map((sample) => sample[figure]).filter((value) => value !== undefined);
    if (!newest || values.length === 0) return undefined;
    const [least, most] = [Math.min(...values), Math.max(...values)];
    const lines: GraphPoint[][] = [];
    let before: number | undefined;
    for (const sample of this.kept) {
      const value = sample[figure];
      if (value === undefined) {
        before = undefined;
        continue;
      }
      // Where the page slept, no line leads over it.
      if (before === undefined || sample.at - before > 3 * kSampleInterval) lines.push([]);
      before = sample.at;
      const x = 1 - (newest.at - sample.at) / (kSampleInterval * (kSamples - 1));
      if (x >= 0) lines[lines.length - 1]?.push({ x, y: value / Math.max(atLeast, most) });
    }
    return { lines: lines.filter(({ length }) => length > 0), least, most };
  }
}
