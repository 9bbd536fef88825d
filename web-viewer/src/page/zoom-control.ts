// SPDX-License-Identifier: Apache-2.0
// How closely the picture of an element is looked at, and everything that changes it.
import type { ReactiveController, ReactiveControllerHost } from 'lit';
import { keepInside, kWhole, moveBy, zoomTo, type Point, type Zoom } from '../core/zoom';
import type { PictureStage } from './picture-stage';

const kKeyRatio = 1.5;
const kDoubleTap = 2.5;
/** Of the stage, with each arrow. */
const kArrowShare = 0.1;

const zoomKeys = ['zoomIn', 'zoomOut', 'zoomReset', 'left', 'right', 'up', 'down'] as const;
export type ZoomKey = (typeof zoomKeys)[number];

export function isZoomKey(shortcut: string): shortcut is ZoomKey {
  return (zoomKeys as readonly string[]).includes(shortcut);
}

const arrows: Partial<Record<ZoomKey, Point>> = {
  left: { x: 1, y: 0 }, right: { x: -1, y: 0 }, up: { x: 0, y: 1 }, down: { x: 0, y: -1 },
};

export class ZoomControl implements ReactiveController {
  private zoom = kWhole;
  private picture: PictureStage | undefined;
  private readonly resize = new ResizeObserver(() => this.move((zoom, stage) => keepInside(zoom, stage)));

  constructor(private readonly host: ReactiveControllerHost) {
    host.addController(this);
  }

  /** 1 is the whole picture. */
  get factor(): number {
    return this.zoom.scale;
  }

  get isZoomed(): boolean {
    return this.zoom.scale > 1;
  }

  hostDisconnected(): void {
    this.attach(undefined);
  }

  /** Another picture begins as a whole, and so does the former one wherever it is shown next. */
  attach(picture: PictureStage | undefined): void {
    if (picture === this.picture) return;
    this.resize.disconnect();
    this.picture?.setZoom(kWhole);
    this.picture = picture;
    this.zoom = kWhole;
    if (picture) this.resize.observe(picture);
  }

  reset(): void {
    this.move(() => kWhole);
  }

  pinch(ratio: number, at: Point, by: Point): void {
    this.move((zoom, stage) => moveBy(zoomTo(zoom, stage, at, zoom.scale * ratio), stage, by));
  }

  drag(by: Point): void {
    this.move((zoom, stage) => moveBy(zoom, stage, by));
  }

  doubleTap(at: Point): void {
    this.move((zoom, stage) => zoomTo(zoom, stage, at, this.isZoomed ? 1 : kDoubleTap));
  }

  /** Whether the key did something here: arrows do while the picture is zoomed. */
  press(key: ZoomKey): boolean {
    const arrow = arrows[key];
    if (arrow && !this.isZoomed) return false;
    this.move((zoom, stage) => {
      const by = { x: stage.width * kArrowShare, y: stage.height * kArrowShare };
      if (arrow) return moveBy(zoom, stage, { x: arrow.x * by.x, y: arrow.y * by.y });
      const middle = { x: stage.width / 2, y: stage.height / 2 };
      const ratio = key === 'zoomIn' ? kKeyRatio : 1 / kKeyRatio;
      return zoomTo(zoom, stage, middle, key === 'zoomReset' ? 1 : zoom.scale * ratio);
    });
    return true;
  }

  private move(change: (zoom: Zoom, stage: PictureStage['stage']) => Zoom): void {
    if (!this.picture) return;
    const before = this.zoom;
    this.zoom = change(before, this.picture.stage);
    this.picture.setZoom(this.zoom);
    if (before.scale !== this.zoom.scale) this.host.requestUpdate();
  }
}
