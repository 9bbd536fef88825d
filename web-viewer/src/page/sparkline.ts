// SPDX-License-Identifier: Apache-2.0
// A graph without axes, as high as a line of text: what matters is whether it is even. Its words stand beside it.
import { css, html, svg } from 'lit';
import type { Graph, GraphPoint } from '../core/statistics-history';

const kWidth = 100;
const kHeight = 24;
/** So that a line at the top or the bottom is not cut in half. */
const kMargin = 1.5;

/** `label`: the same in words. */
export function sparkline(graph: Graph | undefined, label: string) {
  const lines = graph?.lines ?? [];
  return html`<svg
    class="sparkline"
    viewBox="0 0 ${kWidth} ${kHeight}"
    preserveAspectRatio="none"
    role="img"
    aria-label=${label}
  >
    <line class="ground" x1="0" x2=${kWidth} y1=${kHeight - 0.5} y2=${kHeight - 0.5} vector-effect="non-scaling-stroke"></line>
    ${lines.map(renderLine)}
  </svg>`;
}

function renderLine(line: GraphPoint[]) {
  const places = line.map(({ x, y }) => [x * kWidth, kHeight - kMargin - y * (kHeight - 2 * kMargin)] as const);
  const points = places.map(([x, y]) => `${x.toFixed(2)},${y.toFixed(2)}`).join(' ');
  const [first, last] = [places[0]?.[0] ?? 0, places[places.length - 1]?.[0] ?? 0];
  // A single figure is a dot, which a line from a point to itself draws with round ends.
  return svg`
    <polygon points="${first.toFixed(2)},${kHeight} ${points} ${last.toFixed(2)},${kHeight}"></polygon>
    <polyline points=${line.length === 1 ? `${points} ${points}` : points} vector-effect="non-scaling-stroke"></polyline>`;
}

export const sparklineStyles = css`
  .sparkline {
    display: block;
    width: 100%;
    height: 24px;
  }
  .sparkline .ground {
    stroke: var(--glass-edge);
  }
  .sparkline polyline {
    fill: none;
    stroke: var(--accent);
    stroke-width: 1.5;
    stroke-linejoin: round;
    stroke-linecap: round;
  }
  .sparkline polygon {
    fill: var(--accent);
    opacity: 0.12;
  }
`;
