// SPDX-License-Identifier: Apache-2.0
// Fingers, mouse and wheel on the picture, as what they mean: closer, farther, along, or just a tap.
import type { Point } from '../core/zoom';

export interface GestureListener {
  /** The picture becomes so many times as large around `at`, and moves. */
  onPinch(ratio: number, at: Point, by: Point): void;
  onDrag(by: Point): void;
  onTap(pointerType: string): void;
  /** With fingers or a pen: a mouse that clicks twice wants full screen. */
  onDoubleTap(at: Point): void;
}

/** A finger is never quite still. CSS pixels. */
const kStill = 10;
const kDoubleWithin = 300;
const kDoubleNear = 48;
/** Of one step of a wheel, and of a trackpad's many small ones. */
const kWheelRate = 0.0022;
const kPinchRate = 0.012;
const kLineHeight = 18;

export class ZoomGestures {
  private readonly pointers = new Map<number, Point>();
  private isTap = false;
  private start: Point = { x: 0, y: 0 };
  private lastTap: { at: Point; time: number } | undefined;

  constructor(
    private readonly element: HTMLElement,
    private readonly listener: GestureListener,
  ) {
    element.addEventListener('pointerdown', (event) => this.onDown(event));
    element.addEventListener('pointermove', (event) => this.onMove(event));
    element.addEventListener('pointerup', (event) => this.onUp(event));
    element.addEventListener('pointercancel', ({ pointerId }) => this.end(pointerId));
    element.addEventListener('wheel', (event) => this.onWheel(event), { passive: false });
  }

  private place({ clientX, clientY }: MouseEvent): Point {
    const { left, top } = this.element.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  private onDown(event: PointerEvent): void {
    if (event.button !== 0) return;
    const at = this.place(event);
    this.isTap = this.pointers.size === 0;
    this.start = at;
    this.pointers.set(event.pointerId, at);
    this.element.setPointerCapture(event.pointerId);
  }

  private onMove(event: PointerEvent): void {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const at = this.place(event);
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    this.pointers.set(event.pointerId, at);
    if (distance(at, this.start) > kStill) this.isTap = false;
    const [other] = others;
    if (other) this.pinch(before, at, other);
    else if (!this.isTap) this.listener.onDrag({ x: at.x - before.x, y: at.y - before.y });
  }

  private pinch(before: Point, at: Point, other: Point): void {
    this.isTap = false;
    const ratio = Math.max(1, distance(at, other)) / Math.max(1, distance(before, other));
    const middle = { x: (at.x + other.x) / 2, y: (at.y + other.y) / 2 };
    this.listener.onPinch(ratio, middle, { x: (at.x - before.x) / 2, y: (at.y - before.y) / 2 });
  }

  private onUp(event: PointerEvent): void {
    if (!this.pointers.has(event.pointerId)) return;
    const isTap = this.isTap && this.pointers.size === 1;
    this.end(event.pointerId);
    if (isTap) this.tap(this.place(event), event);
  }

  private tap(at: Point, { pointerType, timeStamp: time }: PointerEvent): void {
    const { lastTap } = this;
    const isSecond = lastTap && time - lastTap.time < kDoubleWithin && distance(at, lastTap.at) < kDoubleNear;
    const isDouble = isSecond === true && pointerType !== 'mouse';
    this.lastTap = isDouble ? undefined : { at, time };
    if (isDouble) this.listener.onDoubleTap(at);
    else this.listener.onTap(pointerType);
  }

  private end(pointerId: number): void {
    this.pointers.delete(pointerId);
  }

  /** Two fingers on a trackpad arrive as a wheel with Ctrl. */
  private onWheel(event: WheelEvent): void {
    event.preventDefault();
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_PIXEL ? 1 : kLineHeight;
    const rate = event.ctrlKey && Math.abs(event.deltaY) < 50 ? kPinchRate : kWheelRate;
    this.listener.onPinch(Math.exp(-event.deltaY * lines * rate), this.place(event), { x: 0, y: 0 });
  }
}

function distance(one: Point, other: Point): number {
  return Math.hypot(one.x - other.x, one.y - other.y);
}
