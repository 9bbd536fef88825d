// SPDX-License-Identifier: Apache-2.0
// Where the tiles of a wall go: rows of one height, as large as the space allows; too many for it, and it scrolls. Pure.

export interface Size {
  width: number;
  height: number;
}

/** CSS pixels, from the upper left corner of the wall. */
export interface Box extends Size {
  x: number;
  y: number;
}

export interface WallLayout {
  /** In the order of the shapes. */
  boxes: Box[];
  /** Of all of it; more than the space has: it scrolls. */
  height: number;
}

/** Below these a tile's words find no place beside its picture. */
const kLeastWidth = 260;
const kPhoneWidth = 560;
/** Of a phone's width. */
const kLeastShare = 0.8;
/** One tile that scrolls leaves the next one to be seen below it. */
const kMostHeight = 0.85;
/** A further row has to make the pictures this much larger: tiles side by side are easier to take in. */
const kRowWorth = 1.15;
/** A little less height is given for a first row that has no fewer tiles than the last. */
const kFullWorth = 0.92;
/** A row may be this much longer than an even one, so that the first ones are full. */
const kUneven = 1.2;
/** Of middles of boxes on whole pixels. */
const kRounding = 2;
/** Width by height; a picture beyond these does not fill its tile. */
const kNarrowest = 0.7;
const kWidest = 2.4;

/** `shapes`: of each picture, width by height. */
export function layoutWall(space: Size, pictures: readonly number[], gap: number): WallLayout {
  const shapes = pictures.map((shape) => Math.min(kWidest, Math.max(kNarrowest, shape)));
  if (shapes.length === 0 || space.width <= 0) return { boxes: [], height: 0 };
  const fitting = fit(space, shapes, gap);
  const isPhone = space.width < kPhoneWidth;
  const least = isPhone ? kLeastShare * space.width : kLeastWidth;
  if (fitting.height * typical(shapes) >= least) return place(space, shapes, gap, fitting);
  if (isPhone) return column(space, shapes, gap);
  const columns = Math.max(1, Math.floor((space.width + gap) / (least + gap)));
  const wanted = (space.width - (columns - 1) * gap) / columns / typical(shapes);
  const height = Math.min(wanted, space.width / Math.max(...shapes));
  return place(space, shapes, gap, { height, rows: breakRows(shapes, height, space.width, gap) });
}

/** Where an arrow, Home or End leads from a tile. */
export function neighbour(boxes: readonly Box[], at: number, key: string): number | undefined {
  const from = boxes[at];
  const last = boxes.length - 1;
  if (!from) return undefined;
  if (key === 'ArrowRight') return Math.min(at + 1, last);
  if (key === 'ArrowLeft') return Math.max(at - 1, 0);
  if (key === 'Home') return 0;
  if (key === 'End') return last;
  if (key !== 'ArrowDown' && key !== 'ArrowUp') return undefined;
  const step = key === 'ArrowDown' ? 1 : -1;
  const rows = [...new Set(boxes.map(({ y }) => y))].sort((one, other) => one - other);
  const row = rows[rows.indexOf(from.y) + step];
  const middle = ({ x, width }: Box) => x + width / 2;
  const inRow = [...boxes.keys()].filter((index) => boxes[index]?.y === row);
  const distance = (index: number) => Math.abs(middle(boxes[index] ?? from) - middle(from));
  const nearest = Math.min(...inRow.map(distance));
  // Of two that are equally near, but for rounding, always the first.
  return inRow.find((index) => distance(index) <= nearest + kRounding) ?? at;
}

interface Rows {
  height: number;
  rows: number[][];
}

/** The tallest rows with which all is in sight. */
function fit(space: Size, shapes: readonly number[], gap: number): Rows {
  let best: Rows = { height: 0, rows: [] };
  for (let count = 1; count <= shapes.length; count += 1) {
    const tallest = (space.height - (count - 1) * gap) / count;
    const most = largest(Math.max(0, tallest), (some) => fitsRows(shapes, some, space.width, gap, count));
    const rowsOf = (some: number) => evenRows(shapes, some, space.width, gap);
    const full = largest(most, (some) => isFullFirst(rowsOf(some)));
    const height = full < most * kFullWorth ? most : full;
    if (height > best.height * kRowWorth) best = { height, rows: rowsOf(height) };
  }
  return best;
}

/** The same number of rows, none much longer than it has to be; what is left over is in the last. */
function evenRows(shapes: readonly number[], height: number, width: number, gap: number): number[][] {
  const { length } = breakRows(shapes, height, width, gap);
  const spared = largest(width, (some) => fitsRows(shapes, height, width - some, gap, length));
  return breakRows(shapes, height, Math.min(width, (width - spared) * kUneven), gap);
}

function isFullFirst(rows: number[][]): boolean {
  return (rows[0]?.length ?? 0) >= (rows[rows.length - 1]?.length ?? 0);
}

function fitsRows(shapes: readonly number[], height: number, width: number, gap: number, count: number): boolean {
  return Math.max(...shapes) * height <= width && breakRows(shapes, height, width, gap).length <= count;
}

/** Fills one row after the other, each with what fits, and with one tile at least. */
function breakRows(shapes: readonly number[], height: number, width: number, gap: number): number[][] {
  const rows: number[][] = [];
  let left = 0;
  shapes.forEach((shape, index) => {
    const row = rows[rows.length - 1];
    const needed = shape * height;
    // Half a pixel is what rounding may take.
    if (row && needed + gap <= left + 0.5) {
      row.push(index);
      left -= needed + gap;
    } else {
      rows.push([index]);
      left = width - needed;
    }
  });
  return rows;
}

/** The largest value from 0 to `most` for which `holds`, which is true of 0 and of all values up to some. */
function largest(most: number, holds: (value: number) => boolean): number {
  if (holds(most)) return most;
  let [low, high] = [0, most];
  while (high - low > 0.01) {
    const middle = (low + high) / 2;
    if (holds(middle)) low = middle;
    else high = middle;
  }
  return low;
}

function place(space: Size, shapes: readonly number[], gap: number, { height, rows }: Rows): WallLayout {
  const total = rows.length * height + (rows.length - 1) * gap;
  const top = Math.max(0, (space.height - total) / 2);
  const boxes: Box[] = [];
  rows.forEach((row, line) => {
    const widths = row.map((index) => (shapes[index] ?? 1) * height);
    const length = widths.reduce((sum, width) => sum + width, 0) + (row.length - 1) * gap;
    let x = (space.width - length) / 2;
    for (const width of widths) {
      boxes.push(whole({ x, y: top + line * (height + gap), width, height }));
      x += width + gap;
    }
  });
  return { boxes, height: Math.floor(Math.max(total, Math.min(space.height, top + total))) };
}

/** One below the other, each as wide as the phone. */
function column(space: Size, shapes: readonly number[], gap: number): WallLayout {
  let y = 0;
  const boxes = shapes.map((shape) => {
    const height = Math.min(space.width / shape, Math.max(space.width / 2, kMostHeight * space.height));
    const width = height * shape;
    const box = whole({ x: (space.width - width) / 2, y, width, height });
    y += height + gap;
    return box;
  });
  return { boxes, height: Math.ceil(y - gap) };
}

/** On the screen's own lines, so that no edge is blurred. */
function whole({ x, y, width, height }: Box): Box {
  return { x: Math.round(x), y: Math.round(y), width: Math.floor(width), height: Math.floor(height) };
}

function typical(shapes: readonly number[]): number {
  const sorted = [...shapes].sort((one, other) => one - other);
  return sorted[Math.floor(sorted.length / 2)] ?? 1;
}
