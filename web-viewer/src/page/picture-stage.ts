// SPDX-License-Identifier: Apache-2.0
// <fanlight-picture>: the video, the last picture of a session that ended, and the light that both throw around them.
import { css, html, LitElement } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { Stage, Zoom } from '../core/zoom';

/** Pixels of the light around the picture: few enough to be nothing but colour. */
const kGlowWidth = 16;
const kGlowHeight = 9;
const kGlowInterval = 1000;
/** Less space beside the picture than this share is not worth lighting. */
const kGlowShare = 0.02;

@customElement('fanlight-picture')
export class PictureStage extends LitElement {
  @property() label = '';
  @property({ type: Boolean }) isMuted = true;
  @property({ type: Boolean, reflect: true }) live = false;
  /** The picture is of an earlier moment. */
  @property({ type: Boolean, reflect: true }) old = false;

  /** There from the beginning, since a viewer needs it before anything is rendered. */
  readonly video = document.createElement('video');
  private readonly kept = newCanvas('kept');
  private readonly glow = newCanvas('glow');
  private stream: MediaStream | undefined;
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor() {
    super();
    this.video.autoplay = true;
    this.video.playsInline = true;
    this.video.onpause = () => this.afterPause();
    this.kept.hidden = true;
    this.glow.width = kGlowWidth;
    this.glow.height = kGlowHeight;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.timer = setInterval(() => this.paintGlow(), kGlowInterval);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  /** The first track of a session begins a new stream; what was shown before stays until showNew(). */
  addTrack(track: MediaStreamTrack): void {
    if (this.stream) {
      this.stream.addTrack(track);
      return;
    }
    this.stream = new MediaStream([track]);
    this.video.srcObject = this.stream;
    void this.play();
  }

  /** The session ends: its last picture stays on the screen. `mostWidth`: in pixels, where it may wait for long. */
  keepLast(mostWidth = Infinity): void {
    this.stream = undefined;
    const { video, kept } = this;
    if (video.videoWidth === 0 || video.readyState < HTMLMediaElement.HAVE_CURRENT_DATA) return;
    const share = Math.min(1, mostWidth / video.videoWidth);
    kept.width = Math.round(video.videoWidth * share);
    kept.height = Math.round(video.videoHeight * share);
    kept.getContext('2d')?.drawImage(video, 0, 0, kept.width, kept.height);
    kept.hidden = false;
  }

  /** Until the first picture of a session is there. */
  keepImage(image: ImageBitmap): void {
    const { kept } = this;
    kept.width = image.width;
    kept.height = image.height;
    kept.getContext('2d')?.drawImage(image, 0, 0);
    kept.hidden = false;
  }

  /** Lets go of the video; what was kept of it stays. */
  rest(): void {
    this.stream = undefined;
    this.video.srcObject = null;
  }

  /** Where the picture stands as a whole. */
  get stage(): Stage {
    const { clientWidth: width, clientHeight: height, video, kept } = this;
    const source = kept.hidden ? { width: video.videoWidth, height: video.videoHeight } : kept;
    const scale = source.width > 0 && source.height > 0 ? Math.min(width / source.width, height / source.height) : 1;
    const size = { width: (source.width || width) * scale, height: (source.height || height) * scale };
    const [across = 50, down = 50] = getComputedStyle(video).objectPosition.split(' ').map(Number.parseFloat);
    const x = ((width - size.width) * across) / 100;
    const y = ((height - size.height) * down) / 100;
    return { width, height, picture: { x, y, ...size } };
  }

  setZoom({ scale, x, y }: Zoom): void {
    this.toggleAttribute('zoomed', scale > 1);
    this.style.setProperty('--zoom', String(scale));
    this.style.setProperty('--zoom-x', `${x}px`);
    this.style.setProperty('--zoom-y', `${y}px`);
  }

  /** What is to be seen now, in the video's own size; undefined while there is nothing. */
  still(): HTMLCanvasElement | undefined {
    const { video, kept } = this;
    const isVideo = kept.hidden && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA;
    if (!isVideo && kept.hidden) return undefined;
    const canvas = document.createElement('canvas');
    canvas.width = isVideo ? video.videoWidth : kept.width;
    canvas.height = isVideo ? video.videoHeight : kept.height;
    canvas.getContext('2d')?.drawImage(isVideo ? video : kept, 0, 0);
    return canvas;
  }

  /** The present session's picture is there. */
  showNew(): void {
    this.kept.hidden = true;
    this.paintGlow();
  }

  async play(): Promise<void> {
    try {
      await this.video.play();
      this.dispatchEvent(new CustomEvent<boolean>('blocked', { detail: false }));
    } catch (error) {
      // Any other error is a new stream taking the place of this one.
      if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return;
      this.dispatchEvent(new CustomEvent<boolean>('blocked', { detail: true }));
    }
  }

  override render() {
    this.video.muted = this.isMuted;
    this.video.setAttribute('aria-label', this.label);
    return html`${this.glow}${this.video}${this.kept}`;
  }

  /** Some browsers pause when they leave full screen; a live picture has no pause. */
  private afterPause(): void {
    if (this.stream && !document.hidden) void this.play();
  }

  private paintGlow(): void {
    const { video, glow } = this;
    if (!this.live || document.hidden || !this.hasSpaceBeside(video)) return;
    const brush = glow.getContext('2d');
    if (brush) paintLight(brush, video);
  }

  private hasSpaceBeside({ videoWidth, videoHeight, clientWidth, clientHeight }: HTMLVideoElement): boolean {
    if (videoHeight === 0 || clientHeight === 0) return false;
    const shape = videoWidth / videoHeight / (clientWidth / clientHeight);
    return 1 - Math.min(shape, 1 / shape) > kGlowShare;
  }

  static override styles = css`
    :host {
      display: block;
      overflow: hidden;
      background: radial-gradient(110% 70% at 50% -10%, rgb(255 200 120 / 9%), transparent 70%);
    }
    canvas,
    video {
      position: absolute;
      inset: 0;
      width: 100%;
      height: 100%;
    }
    :host([zoomed]) :is(video, .kept) {
      transform: translate(var(--zoom-x), var(--zoom-y)) scale(var(--zoom));
      transform-origin: 0 0;
    }
    video,
    .kept {
      object-fit: contain;
      object-position: var(--picture-place, 50% 50%);
      transition: filter 0.4s;
    }
    [hidden] {
      display: none;
    }
    .glow {
      object-fit: cover;
      opacity: 0;
      transition: opacity 1.2s;
    }
    :host([live]) .glow {
      opacity: 1;
    }
    :host([old]) :is(video, .kept) {
      filter: var(--picture-aged, brightness(0.38) saturate(0.45));
    }
    video::-webkit-media-controls {
      display: none;
    }
    @media (prefers-reduced-motion: reduce) {
      video,
      canvas {
        transition: none;
      }
    }
  `;
}

/**
 * The picture's colours, fading towards the edges. Drawn, and not left to filters and masks of the style sheet, which
 * would be worked out again with every picture of the video.
 */
function paintLight(brush: CanvasRenderingContext2D, video: HTMLVideoElement): void {
  brush.imageSmoothingQuality = 'high';
  brush.globalCompositeOperation = 'copy';
  brush.drawImage(video, 0, 0, kGlowWidth, kGlowHeight);
  brush.globalCompositeOperation = 'destination-in';
  brush.save();
  brush.translate(kGlowWidth / 2, kGlowHeight * 0.45);
  brush.scale(kGlowWidth * 0.6, kGlowHeight * 0.6);
  const fade = brush.createRadialGradient(0, 0, 0, 0, 0, 1);
  fade.addColorStop(0.2, 'rgb(0 0 0 / 50%)');
  fade.addColorStop(1, 'transparent');
  brush.fillStyle = fade;
  brush.fillRect(-2, -2, 4, 4);
  brush.restore();
}

function newCanvas(name: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.className = name;
  canvas.setAttribute('aria-hidden', 'true');
  return canvas;
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-picture': PictureStage;
  }
}
