// SPDX-License-Identifier: Apache-2.0
// Looking closer at a picture: how large it is and where it stands, never showing what is beyond its edges. Pure.
import type { Box, Size } from './wall-layout';

export const kMostZoom = 8;

/** Scaled from the upper left corner of the stage, then moved by so many CSS pixels. */
export interface Zoom {
  scale: number;
  x: number;
  y: number;
}

export interface Point {
  x: number;
  y: number;
}

/** Where the picture stands while it is not zoomed. */
export interface Stage extends Size {
  picture: Box;
}

export const kWhole: Zoom = { scale: 1, x: 0, y: 0 };

/** What is at `point` stays there. */
export function zoomTo(zoom: Zoom, stage: Stage, point: Point, scale: number): Zoom {
  const next = Math.min(kMostZoom, Math.max(1, scale));
  const ratio = next / zoom.scale;
  const moved = { scale: next, x: point.x - (point.x - zoom.x) * ratio, y: point.y - (point.y - zoom.y) * ratio };
  return keepInside(moved, stage);
}

export function moveBy(zoom: Zoom, stage: Stage, by: Point): Zoom {
  return keepInside({ ...zoom, x: zoom.x + by.x, y: zoom.y + by.y }, stage);
}

/** After the stage has changed, too. */
export function keepInside({ scale, x, y }: Zoom, { width, height, picture }: Stage): Zoom {
  return {
    scale,
    x: keepAxis(x, scale, width, picture.x, picture.width),
    y: keepAxis(y, scale, height, picture.y, picture.height),
  };
}

function keepAxis(move: number, scale: number, space: number, start: number, length: number): number {
  const room = space - length * scale;
  // The picture has room on both sides: it stands as it does when it is not zoomed.
  const share = space === length ? 0.5 : start / (space - length);
  if (room >= 0) return clean(room * share - start * scale);
  return clean(Math.min(-start * scale, Math.max(room - start * scale, move)));
}

/** No difference that only arithmetic makes, and no negative zero. */
function clean(value: number): number {
  return Math.round(value * 1000) / 1000 + 0;
}
