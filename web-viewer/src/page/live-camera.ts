// SPDX-License-Identifier: Apache-2.0
// One camera's Viewer and the picture that it fills, together: shown now in a tile, now edge to edge, without a break.
import { Emitter } from '../core/emitter';
import type { Poster } from '../core/poster';
import type { CameraId } from '../core/signaling-messages';
import type { TurnQueue } from '../core/turn-queue';
import { Viewer } from '../core/viewer';
import type { ViewerParts } from '../core/viewer-parts';
import type { ViewerState } from '../core/viewer-state';
import { watchPage } from './page-life';
import { isInPictureInPicture, watchPictureInPicture } from './picture-in-picture';
import { PictureStage } from './picture-stage';
import { StatisticsWatch } from './statistics-watch';

/** A page that is hidden for longer than a glance elsewhere watches no more. Milliseconds. */
const kHiddenGrace = 10_000;
/** A tile knows only after it was drawn that it is in sight. */
const kPassFor = 500;
/** What waits to be looked at again needs no more pixels. */
const kRestWidth = 640;

/** Each ends a hold, once. */
export interface Hold {
  end(): void;
  /** Whoever holds the camera within a moment goes on with what there is. */
  pass(): void;
}

/** How a camera is had: on the device's own page, or on somebody else's. */
export interface CameraAccess {
  parts(video: HTMLVideoElement): ViewerParts;
  /** The device's last still, if there is one for whoever asks. */
  poster(): Promise<Poster | undefined>;
}

export class LiveCamera {
  readonly picture = new PictureStage();
  readonly viewer: Viewer;
  readonly statistics: StatisticsWatch;

  private readonly events = new Emitter<{ change: void }>();
  private holders = 0;
  private isRunning = false;
  private isAway = false;
  private isOutOfSight = false;
  private sound = false;
  private isApart = false;
  private isLetGo = false;
  /** Within hold(). */
  private former: LiveCamera | undefined;
  private hiddenTimer: ReturnType<typeof setTimeout> | undefined;
  private cancelTurn = () => {};
  private endWatching = () => {};
  /** Of the device's last still, which stands until there is a picture. */
  private posterDate: number | undefined;

  constructor(
    private readonly access: CameraAccess,
    cameraId: CameraId,
    private readonly turns: TurnQueue,
  ) {
    const { picture } = this;
    this.viewer = new Viewer(access.parts(picture.video), cameraId);
    this.statistics = new StatisticsWatch(this.viewer);
    this.viewer.on('state', () => this.show());
    this.viewer.on('sessionEnding', () => picture.keepLast(this.isWanted && !this.isLetGo ? Infinity : kRestWidth));
    this.viewer.on('track', (track) => this.afterTrack(track));
    watchPictureInPicture(picture.video, () => this.afterPictureInPicture());
    picture.addEventListener('blocked', (event) => this.viewer.setBlocked((event as CustomEvent<boolean>).detail));
  }

  get state(): ViewerState {
    return this.viewer.state;
  }

  /** Somebody looks or listens, so that there is a session, or will be. */
  get isWatched(): boolean {
    return this.isRunning;
  }

  get isLive(): boolean {
    return this.state.name === 'live';
  }

  /** The wall clock's time of the picture that is to be seen; undefined: there is none. */
  get pictureDate(): number | undefined {
    return this.viewer.lastFrameDate ?? this.posterDate;
  }

  /** Of the present session. */
  get hasSound(): boolean {
    return this.sound;
  }

  get isInPictureInPicture(): boolean {
    return this.isApart;
  }

  setMuted(isMuted: boolean): void {
    this.picture.isMuted = isMuted;
    this.viewer.setListening(!isMuted);
  }

  /** Somebody wants this one alone: the places that others are about to leave may be what it waits for. */
  hurry(): void {
    const isWaiting = () => this.holders > 0 && this.state.name === 'failed' && this.state.retryAt !== undefined;
    if (isWaiting()) setTimeout(() => isWaiting() && this.viewer.retryNow(), 2 * kPassFor);
  }

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  /** Somebody looks at it, until the hold is ended or passed on. `former`: the one that is let go for it. */
  hold(former?: LiveCamera): Hold {
    this.holders += 1;
    this.former = former;
    if (this.holders === 1) this.watch();
    this.decide();
    this.former = undefined;
    let isHeld = true;
    const end = () => {
      if (isHeld) this.letGo();
      isHeld = false;
    };
    return { end, pass: () => void setTimeout(end, kPassFor) };
  }

  private letGo(): void {
    this.holders -= 1;
    if (this.holders === 0) this.unwatch();
    this.decide();
  }

  private watch(): void {
    const { viewer } = this;
    // A tab that was opened behind others begins when somebody comes to it.
    this.isOutOfSight = document.hidden;
    this.endWatching = watchPage({
      onOnline: (isOnline) => viewer.setOnline(isOnline),
      onHidden: (isHidden) => this.afterHidden(isHidden),
      onLeave: () => this.afterAway(true),
      onReturn: () => this.afterAway(false),
    });
  }

  private unwatch(): void {
    this.endWatching();
    clearTimeout(this.hiddenTimer);
    this.isAway = false;
    this.isOutOfSight = false;
  }

  private afterHidden(isHidden: boolean): void {
    this.viewer.setHidden(isHidden);
    clearTimeout(this.hiddenTimer);
    if (isHidden) this.hiddenTimer = setTimeout(() => this.afterGrace(), kHiddenGrace);
    else this.isOutOfSight = false;
    this.decide();
  }

  private afterGrace(): void {
    this.isOutOfSight = true;
    this.decide();
  }

  /** Whoever closes the small window of a page that is hidden looks at nothing of it any more. */
  private afterPictureInPicture(): void {
    this.isApart = isInPictureInPicture(this.picture.video);
    if (!this.isApart && document.hidden) this.isOutOfSight = true;
    this.decide();
    this.show();
  }

  private afterAway(isAway: boolean): void {
    this.isAway = isAway;
    this.decide();
  }

  /** Whoever turned the sound on listens, also to a page that is hidden. */
  private get isHeard(): boolean {
    return this.sound && !this.picture.isMuted;
  }

  private get isWanted(): boolean {
    return this.holders > 0 && !this.isAway && (!this.isOutOfSight || this.isHeard || this.isApart);
  }

  private decide(): void {
    if (this.isWanted === this.isRunning) return;
    this.isRunning = this.isWanted;
    this.cancelTurn();
    if (this.isRunning) {
      // What others look at as well stays with them.
      if (this.former?.holders === 1) this.former.goOnWith(this.viewer);
      else this.cancelTurn = this.turns.enter(() => this.viewer.start());
      this.statistics.start();
      if (this.pictureDate === undefined) void this.showPoster();
    } else {
      this.statistics.stop();
      this.viewer.leave();
      this.picture.rest();
      this.sound = false;
    }
    this.show();
  }

  private goOnWith(next: Viewer): void {
    this.isLetGo = true;
    next.start(this.viewer);
    this.isLetGo = false;
  }

  private async showPoster(): Promise<void> {
    const poster = await this.access.poster();
    const image = poster && (await createImageBitmap(poster.image).catch(() => undefined));
    // A picture may have come meanwhile.
    if (!image || this.viewer.lastFrameDate !== undefined) return;
    this.posterDate = poster.date;
    this.picture.keepImage(image);
    this.show();
  }

  private afterTrack(track: MediaStreamTrack): void {
    this.picture.addTrack(track);
    if (track.kind === 'audio') this.sound = true;
    this.show();
  }

  private show(): void {
    this.picture.live = this.isLive;
    this.picture.old = !this.isLive && this.pictureDate !== undefined;
    if (this.isLive) this.picture.showNew();
    this.events.emit('change', undefined);
  }
}
