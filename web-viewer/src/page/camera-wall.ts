// SPDX-License-Identifier: Apache-2.0
// <fanlight-wall>: all cameras at once, as large as the screen allows. Arrows move between the tiles.
import { css, html, LitElement, type PropertyValues } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { repeat } from 'lit/directives/repeat.js';
import type { CameraId, CameraInfo } from '../core/signaling-messages';
import { layoutWall, neighbour, type Size, type WallLayout } from '../core/wall-layout';
import type { CameraTile } from './camera-tile';
import './camera-tile';
import { texts } from './language';
import type { LiveCameras } from './live-cameras';
import { theme } from './theme';

const kGap = 8;
/** Around the tiles at the edge, for the ring of the one that has the keyboard. */
const kRing = 5;
const kUsualShape = 16 / 9;
/** What comes to life within this time is told at once. */
const kSayAfter = 1500;

@customElement('fanlight-wall')
export class CameraWall extends LitElement {
  @property({ attribute: false }) cameras: readonly CameraInfo[] = [];
  @property({ attribute: false }) pictures!: LiveCameras;
  @state() private space: Size = { width: 0, height: 0 };
  @state() private said = '';

  private wanted: CameraId | undefined;
  private layout: WallLayout = { boxes: [], height: 0 };
  private sayTimer: ReturnType<typeof setTimeout> | undefined;
  private readonly resize = new ResizeObserver(() => this.measure());

  override connectedCallback(): void {
    super.connectedCallback();
    this.resize.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.resize.disconnect();
    clearTimeout(this.sayTimer);
  }

  /** Puts the keyboard on a camera's tile, as soon as it is there. */
  focusOn(camera: CameraId): void {
    this.wanted = camera;
    this.requestUpdate();
  }

  /** At once: the picture that one comes back from shall not be gone until the browser has told the size. */
  protected override firstUpdated(): void {
    this.measure();
  }

  private measure(): void {
    const [width, height] = [this.clientWidth - 2 * kRing, this.clientHeight - 2 * kRing];
    if (width !== this.space.width || height !== this.space.height) this.space = { width, height };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    // One may have frozen, which changes nothing of what its tile receives.
    if (changed.get('cameras')) this.onState();
    const shapes = this.cameras.map(({ width, height }) => (width > 0 && height > 0 ? width / height : kUsualShape));
    this.layout = layoutWall(this.space, shapes, kGap);
  }

  override render() {
    const { boxes } = this.layout;
    // Without a measure nothing is shown, or each tile would be in sight of a wall without size.
    const cameras = boxes.length === this.cameras.length ? this.cameras : [];
    return html`<ul aria-label=${texts.cameras} @keydown=${this.onKey} @focusin=${this.onFocus}>
        ${repeat(cameras, ({ id }) => id, (camera, at) => html`<li>
          <fanlight-tile .pictures=${this.pictures} .camera=${camera} .box=${boxes[at]} @state=${this.onState}></fanlight-tile>
        </li>`)}
      </ul>
      <div class="unseen" role="status">${this.said}</div>`;
  }

  protected override updated(): void {
    this.renderRoot.querySelector('ul')?.style.setProperty('height', `${this.layout.height}px`);
    const tile = this.tiles().find(({ camera: { id } }) => id === this.wanted);
    if (!tile) return;
    this.wanted = undefined;
    void tile.updateComplete.then(() => tile.focus());
  }

  private tiles(): CameraTile[] {
    return [...this.renderRoot.querySelectorAll('fanlight-tile')];
  }

  private onState(): void {
    clearTimeout(this.sayTimer);
    this.sayTimer = setTimeout(() => {
      const live = this.tiles().filter((tile) => tile.isLive).length;
      this.said = texts.wall.summary(live, this.cameras.length);
    }, kSayAfter);
  }

  /** Tab, too, brings what it leads to wholly into sight. */
  private onFocus(event: FocusEvent): void {
    (event.target as HTMLElement).scrollIntoView({ block: 'nearest' });
  }

  private onKey(event: KeyboardEvent): void {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const tiles = this.tiles();
    const at = tiles.findIndex((tile) => tile === (this.renderRoot as ShadowRoot).activeElement);
    const next = neighbour(this.layout.boxes, at, event.key);
    if (next === undefined) return;
    tiles[next]?.focus();
    event.preventDefault();
  }

  static override styles = [
    theme,
    css`
      :host {
        display: block;
        overflow: auto;
        scrollbar-width: thin;
        scrollbar-color: var(--ink-faint) transparent;
        padding: ${kRing}px;
        margin: -${kRing}px;
      }
      ul {
        position: relative;
        list-style: none;
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-wall': CameraWall;
  }
}
