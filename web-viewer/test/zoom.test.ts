// SPDX-License-Identifier: Apache-2.0
// Looking closer, without ever looking past the picture's edges.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { keepInside, kMostZoom, kWhole, moveBy, zoomTo, type Stage, type Zoom } from '../src/core/zoom';

/** A 16:9 picture edge to edge; one with room above and below, a little above the middle. */
const full: Stage = { width: 1600, height: 900, picture: { x: 0, y: 0, width: 1600, height: 900 } };
const upright: Stage = { width: 400, height: 800, picture: { x: 0, y: 230, width: 400, height: 225 } };

/** Where a point of the picture (0 to 1) is on the stage. */
function seen({ scale, x, y }: Zoom, { picture }: Stage, across: number, down: number) {
  return { x: (picture.x + across * picture.width) * scale + x, y: (picture.y + down * picture.height) * scale + y };
}

function isInside(zoom: Zoom, stage: Stage): boolean {
  const start = seen(zoom, stage, 0, 0);
  const end = seen(zoom, stage, 1, 1);
  const axis = (from: number, to: number, space: number) => (to - from >= space - 0.01
    ? from <= 0.01 && to >= space - 0.01
    : from >= -0.01 && to <= space + 0.01);
  return axis(start.x, end.x, stage.width) && axis(start.y, end.y, stage.height);
}

describe('a picture that is looked at more closely', () => {
  test('keeps in its place what is under the finger', () => {
    const zoom = zoomTo(kWhole, full, { x: 400, y: 225 }, 3);
    assert.deepEqual(seen(zoom, full, 0.25, 0.25), { x: 400, y: 225 });
  });

  test('is never smaller than the whole, nor more than eight times as large', () => {
    assert.deepEqual(zoomTo({ scale: 4, x: -900, y: -900 }, full, { x: 800, y: 450 }, 0.1), kWhole);
    assert.equal(zoomTo(kWhole, full, { x: 0, y: 0 }, 100).scale, kMostZoom);
  });

  test('is the whole again as it was before, wherever it was looked at', () => {
    for (const stage of [full, upright]) {
      const far = zoomTo(kWhole, stage, { x: stage.width, y: stage.height }, 8);
      assert.deepEqual(zoomTo(far, stage, { x: 3, y: 7 }, 1), kWhole);
    }
  });

  test('stops at its edges', () => {
    const zoom = zoomTo(kWhole, full, { x: 800, y: 450 }, 2);
    assert.deepEqual(moveBy(zoom, full, { x: 10_000, y: 10_000 }), { scale: 2, x: 0, y: 0 });
    assert.deepEqual(moveBy(zoom, full, { x: -10_000, y: -10_000 }), { scale: 2, x: -1600, y: -900 });
    assert.deepEqual(moveBy(zoom, full, { x: 10, y: -20 }), { scale: 2, x: -790, y: -470 });
  });

  test('is not moved while it is the whole', () => {
    for (const stage of [full, upright]) assert.deepEqual(moveBy(kWhole, stage, { x: 50, y: -50 }), kWhole);
  });

  test('does not move up and down while there is room above and below it', () => {
    const zoom = zoomTo(kWhole, upright, { x: 200, y: 300 }, 2);
    const moved = moveBy(zoom, upright, { x: 30, y: 60 });
    assert.equal(moved.y, zoom.y);
    assert.equal(moved.x, zoom.x + 30);
    assert.equal(seen(zoom, upright, 0, 0).y.toFixed(1), '140.0');
  });

  test('shows nothing beyond its edges, whatever is done with it', () => {
    let seed = 7;
    const random = () => (seed = (seed * 16807) % 2147483647) / 2147483647;
    for (const stage of [full, upright]) {
      let zoom = kWhole;
      for (let step = 0; step < 2000; step += 1) {
        const point = { x: random() * stage.width, y: random() * stage.height };
        zoom = step % 2 === 0
          ? zoomTo(zoom, stage, point, zoom.scale * (0.4 + 1.5 * random()))
          : moveBy(zoom, stage, { x: point.x - stage.width / 2, y: point.y - stage.height / 2 });
        assert.ok(isInside(zoom, stage), JSON.stringify(zoom));
      }
    }
  });

  test('is put right when the screen is turned', () => {
    const zoom = zoomTo(kWhole, full, { x: 1600, y: 900 }, 2);
    assert.ok(isInside(keepInside(zoom, upright), upright));
  });
});
