// SPDX-License-Identifier: Apache-2.0
// Tiles on screens of all sizes: inside, apart, in order, and as large as can be.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { layoutWall, neighbour, type Box } from '../src/core/wall-layout';

const wide = 16 / 9;
const kGap = 8;
const screens = [[296, 560], [366, 760], [820, 320], [1256, 720], [1880, 1000], [3800, 2080]] as const;
const mixed = [wide, 4 / 3, 9 / 16, 1, wide, 21 / 9, wide, 3 / 4];

function wall(width: number, height: number, shapes: readonly number[]) {
  return layoutWall({ width, height }, shapes, kGap);
}

function same(count: number): number[] {
  return Array.from({ length: count }, () => wide);
}

function rowsOf(boxes: readonly Box[]): number[] {
  const counts = new Map<number, number>();
  for (const { y } of boxes) counts.set(y, (counts.get(y) ?? 0) + 1);
  return [...counts.values()];
}

function overlap(one: Box, other: Box): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width
    && one.y < other.y + other.height && other.y < one.y + one.height;
}

describe('the tiles of a wall', () => {
  for (const [width, height] of screens) {
    test(`stay inside ${width} × ${height}, apart and in order, for 1 to 16 cameras of any shape`, () => {
      for (let count = 1; count <= 16; count += 1) {
        for (const shapes of [same(count), Array.from({ length: count }, (_, at) => mixed[at % mixed.length] ?? 1)]) {
          const { boxes, height: total } = wall(width, height, shapes);
          assert.equal(boxes.length, count);
          for (const [at, box] of boxes.entries()) {
            assert.ok(box.x >= 0 && box.y >= 0 && box.x + box.width <= width && box.y + box.height <= total + 1,
              `${count}: ${JSON.stringify(box)} of ${total}`);
            const former = boxes[at - 1];
            assert.ok(!former || box.y > former.y || (box.y === former.y && box.x > former.x), `${count}: order`);
            assert.ok(boxes.every((other) => other === box || !overlap(box, other)), `${count}: overlap`);
          }
        }
      }
    });
  }

  test('are one below the other on a phone, as wide as it is', () => {
    const { boxes, height } = wall(296, 560, same(9));
    assert.deepEqual(rowsOf(boxes), Array.from({ length: 9 }, () => 1));
    assert.ok(boxes.every(({ width }) => width === 296));
    assert.ok(height > 560);
  });

  test('leave the next one to be seen below an upright picture on a phone', () => {
    const [first, second] = wall(366, 500, [9 / 16, wide, wide, wide]).boxes;
    assert.ok(first && second && first.height < 500 && second.y < 500);
  });

  test('are as many in each row as can be, and as large', () => {
    assert.deepEqual(rowsOf(wall(1256, 720, same(3)).boxes), [2, 1]);
    assert.deepEqual(rowsOf(wall(1256, 720, same(4)).boxes), [2, 2]);
    assert.deepEqual(rowsOf(wall(1256, 720, same(9)).boxes), [3, 3, 3]);
    assert.deepEqual(rowsOf(wall(3800, 2080, same(16)).boxes), [4, 4, 4, 4]);
    assert.deepEqual(rowsOf(wall(820, 320, same(2)).boxes), [2]);
  });

  test('are spread evenly over no more rows than there have to be', () => {
    assert.deepEqual(rowsOf(wall(1256, 720, same(5)).boxes), [3, 2]);
    assert.deepEqual(rowsOf(wall(1880, 1000, same(7)).boxes), [3, 3, 1]);
    assert.deepEqual(rowsOf(wall(1880, 500, same(6)).boxes), [3, 3]);
    assert.deepEqual(rowsOf(wall(1256, 720, [wide, wide, 4 / 3]).boxes), [2, 1]);
  });

  test('fill at least three fifths of a screen that they fit', () => {
    for (const [width, height] of [[1256, 720], [1880, 1000], [3800, 2080]] as const) {
      for (const count of [1, 4, 6, 9, 12, 16]) {
        const { boxes } = wall(width, height, same(count));
        const share = boxes.reduce((sum, box) => sum + box.width * box.height, 0) / (width * height);
        assert.ok(share > 0.6, `${count} on ${width} × ${height}: ${share.toFixed(2)}`);
      }
    }
  });

  test('stand in the middle of what they do not fill', () => {
    const [box] = wall(1256, 720, [1]).boxes;
    assert.deepEqual(box, { x: 268, y: 0, width: 720, height: 720 });
  });

  test('scroll where they would become too small to read', () => {
    const { boxes, height } = wall(820, 320, same(16));
    assert.ok(height > 320);
    assert.ok(boxes.every(({ width }) => width >= 250), JSON.stringify(boxes[0]));
  });

  test('need cameras and a screen', () => {
    assert.deepEqual(wall(1256, 720, []), { boxes: [], height: 0 });
    assert.deepEqual(wall(0, 0, same(2)), { boxes: [], height: 0 });
  });
});

describe('an arrow', () => {
  const { boxes } = wall(1256, 720, same(5));

  test('leads to the next tile and to the one before', () => {
    assert.equal(neighbour(boxes, 2, 'ArrowRight'), 3);
    assert.equal(neighbour(boxes, 3, 'ArrowLeft'), 2);
    assert.equal(neighbour(boxes, 0, 'ArrowLeft'), 0);
    assert.equal(neighbour(boxes, 4, 'ArrowRight'), 4);
  });

  test('leads to the nearest tile of the row above and below', () => {
    assert.deepEqual(rowsOf(boxes), [3, 2]);
    assert.equal(neighbour(boxes, 0, 'ArrowDown'), 3);
    assert.equal(neighbour(boxes, 1, 'ArrowDown'), 3);
    assert.equal(neighbour(boxes, 2, 'ArrowDown'), 4);
    assert.equal(neighbour(boxes, 4, 'ArrowUp'), 1);
    assert.equal(neighbour(boxes, 1, 'ArrowUp'), 1);
  });

  test('is one of six keys', () => {
    assert.equal(neighbour(boxes, 3, 'Home'), 0);
    assert.equal(neighbour(boxes, 0, 'End'), 4);
    assert.equal(neighbour(boxes, 0, 'PageDown'), undefined);
    assert.equal(neighbour([], 0, 'End'), undefined);
  });
});
