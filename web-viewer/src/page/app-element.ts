// SPDX-License-Identifier: Apache-2.0
// <fanlight-app>: the page. Shows the camera of the address, the only camera, or all of them.
import { css, html, LitElement } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { keyed } from 'lit/directives/keyed.js';
import { AccessClient } from '../core/access-client';
import { BrowserCheck } from '../core/browser-check';
import { CameraCatalogue } from '../core/camera-catalogue';
import { browserClock } from '../core/clock';
import { CheckUp } from '../core/check-up';
import { CommandCaller } from '../core/command-caller';
import { DeviceTroubles } from '../core/device-troubles';
import { Doors } from '../core/doors';
import { takeToken } from '../core/link-fragment';
import { abilitiesOf, type Abilities } from '../core/rights';
import { Rings, type Ring } from '../core/rings';
import { Sharing } from '../core/sharing';
import { SignIn } from '../core/sign-in';
import { SignalingLink } from '../core/signaling-link';
import type { CameraInfo } from '../core/signaling-messages';
import type { ViewerState } from '../core/viewer-state';
import { cameraAddress, cameraOfAddress, wallAddress } from './addresses';
import { brandMark } from './brand-mark';
import { channelChoice, connectPeer, pageFetch, whatIsLacking } from './browser-parts';
import './camera-screen';
import { chime } from './chime';
import type { Checks } from './doctor-panel';
import { texts } from './language';
import { LiveCameras } from './live-cameras';
import { notice } from './notice';
import { watchPage } from './page-life';
import { PageSound } from './page-sound';
import type { RingAction } from './ring-banner';
import './ring-banner';
import './sign-in-screen';
import './status-layer';
import { theme } from './theme';
import './wall-screen';

/** Half a second: the first retry is immediate. */
const kFailuresToTell = 3;

/** In the history: the entry before is the wall. */
const kFromWall = 'wall';

/** A link's token goes out of the address at once: nobody shall find it there, nor by going back. */
function tokenOfAddress(): string | undefined {
  const { token, rest } = takeToken(location.hash);
  if (rest !== location.hash) history.replaceState(history.state, '', location.pathname + location.search + rest);
  return token;
}

@customElement('fanlight-app')
export class AppElement extends LitElement {
  @state() private camera = cameraOfAddress();

  private readonly channels = channelChoice(() => this.link.token);
  private readonly link = new SignalingLink(() => this.channels.open(), browserClock, Math.random);
  private readonly signIn = new SignIn(this.link, new AccessClient(pageFetch, browserClock), browserClock);
  private readonly commands = new CommandCaller(this.link, browserClock);
  private readonly sharing = new Sharing(this.commands);
  private readonly catalogue = new CameraCatalogue(this.link, browserClock);
  private readonly troubles = new DeviceTroubles(this.link);
  private readonly rings = new Rings(this.link, this.commands, browserClock);
  private readonly doors = new Doors(this.link, this.commands, browserClock);
  private readonly pictures = new LiveCameras(this.link);
  private readonly sound = new PageSound();
  private readonly checks: Checks = {
    browser: new BrowserCheck({ link: this.link, connect: connectPeer, clock: browserClock, lack: whatIsLacking() }),
    device: new CheckUp(this.commands, browserClock),
  };
  /** The camera that was last seen edge to edge. */
  private lastCamera: string | undefined;
  private person: number | undefined;
  private isOnline = true;
  private ending: (() => void)[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    const ended = new AbortController();
    addEventListener('popstate', () => this.onAddress(), { signal: ended.signal });
    addEventListener('hashchange', () => this.onFragment(), { signal: ended.signal });
    this.ending = [
      () => ended.abort(),
      this.catalogue.onChange(() => this.onCameras()),
      this.troubles.onChange(() => this.requestUpdate()),
      this.rings.onChange(() => this.requestUpdate()),
      this.rings.onRing(() => chime()),
      this.doors.onChange(() => this.requestUpdate()),
      this.link.on('state', () => this.requestUpdate()),
      this.signIn.onChange(() => this.onSignIn()),
      watchPage({
        onOnline: (isOnline) => this.onOnline(isOnline),
        onHidden: (isHidden) => !isHidden && this.link.hurry(),
        // The camera says its `bye` over the link, and the browser closes that with the page.
        onLeave: () => {},
        onReturn: () => this.link.hurry(),
      }),
    ];
    this.signIn.start(tokenOfAddress());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const end of this.ending.splice(0)) end();
    this.signIn.close();
  }

  private onSignIn(): void {
    this.requestUpdate();
    if (this.signIn.person === this.person) return;
    this.person = this.signIn.person;
    this.catalogue.forget();
    this.troubles.forget();
    this.rings.forget();
    this.doors.forget();
    this.pictures.forget();
    this.lastCamera = undefined;
    this.camera = cameraOfAddress();
  }

  private onCameras(): void {
    const [first, ...others] = this.catalogue.cameras ?? [];
    // The choice stays, also when a second camera is plugged in later.
    if (this.camera === undefined && first && others.length === 0) this.camera = first.id;
    this.requestUpdate();
  }

  private onOnline(isOnline: boolean): void {
    this.isOnline = isOnline;
    if (isOnline) this.link.hurry();
    this.requestUpdate();
  }

  /** Another link was opened in this tab, which differs in its fragment only. */
  private onFragment(): void {
    const token = tokenOfAddress();
    if (token !== undefined) this.signIn.start(token);
  }

  private onAddress(): void {
    this.camera = cameraOfAddress();
    if (this.catalogue.cameras) this.onCameras();
  }

  /** Whoever came from the wall gets back to it with one step, also from another camera. */
  private switchTo(camera: string): void {
    if (history.state === kFromWall) history.replaceState(kFromWall, '', cameraAddress(camera));
    else history.pushState(null, '', cameraAddress(camera));
    this.onAddress();
  }

  private openFromWall(camera: string): void {
    history.pushState(kFromWall, '', cameraAddress(camera));
    this.onAddress();
    // The tile that had the keyboard is gone.
    void this.updateComplete.then(() => this.renderRoot.querySelector('fanlight-camera-screen')?.focus());
  }

  private goToWall(): void {
    if (history.state === kFromWall) {
      history.back();
      return;
    }
    history.pushState(null, '', wallAddress());
    this.onAddress();
  }

  private actOnRing(action: RingAction): void {
    const ring = this.rings.current;
    if (!ring) return;
    if (action === 'dismiss' || ring.answered !== undefined) this.rings.dismiss(ring.input);
    else this.answer(ring);
  }

  private onDoor(event: CustomEvent<string>): void {
    this.doors.press(event.detail);
  }

  /** Who rings is seen and heard, and can be talked to. */
  private answer({ input, camera }: Ring): void {
    this.rings.answer(input);
    if (camera === undefined || !this.catalogue.cameras?.some(({ id }) => id === camera)) return;
    if (this.camera === undefined) this.openFromWall(camera);
    else if (this.camera !== camera) this.switchTo(camera);
    void this.updateComplete.then(() => this.renderRoot.querySelector('fanlight-camera-screen')?.listen());
  }

  override render() {
    const cameras = this.catalogue.cameras ?? [];
    const name = cameras.find(({ id }) => id === this.camera)?.name;
    const ring = this.rings.current;
    const told = ring && ring.answered === undefined ? texts.ring.title(ring.name) : name;
    document.title = told === undefined ? 'Fanlight' : `${told} – Fanlight`;
    if (this.signIn.state.name === 'out') return this.renderSignIn();
    return html`<fanlight-ring
        .ring=${ring}
        .doors=${ring?.camera === undefined ? [] : this.doors.of(ring.camera)}
        @act=${(event: CustomEvent<RingAction>) => this.actOnRing(event.detail)}
        @door=${this.onDoor}
      ></fanlight-ring>
      ${this.renderScreen(cameras)}`;
  }

  private renderScreen(cameras: readonly CameraInfo[]) {
    if (this.camera === undefined) return cameras.length > 0 ? keyed(this.person, this.renderWall()) : this.renderWait();
    this.lastCamera = this.camera;
    return keyed(this.person, this.renderCamera(this.camera));
  }

  private get abilities(): Abilities {
    return abilitiesOf(this.signIn.rights, isSecureContext);
  }

  private renderSignIn() {
    return html`<fanlight-sign-in .signIn=${this.signIn}></fanlight-sign-in>`;
  }

  private renderCamera(camera: string) {
    return html`<fanlight-camera-screen
      role="main"
      camera=${camera}
      .pictures=${this.pictures}
      .cameras=${this.catalogue.cameras ?? []}
      .troubles=${this.troubles.present}
      .signIn=${this.signIn}
      .abilities=${this.abilities}
      .sharing=${this.sharing}
      .checks=${this.checks}
      .sound=${this.sound}
      .doors=${this.doors.of(camera)}
      @door=${this.onDoor}
      @choose=${(event: CustomEvent<string>) => this.switchTo(event.detail)}
      @leave=${() => this.goToWall()}
    ></fanlight-camera-screen>`;
  }

  private renderWall() {
    return html`<fanlight-wall-screen
      name=${this.link.welcome?.device.name ?? texts.cameras}
      .cameras=${this.catalogue.cameras ?? []}
      .troubles=${this.troubles.present}
      .pictures=${this.pictures}
      .from=${this.lastCamera}
      .signIn=${this.signIn}
      .abilities=${this.abilities}
      .sharing=${this.sharing}
      .checks=${this.checks}
      @choose=${(event: CustomEvent<string>) => this.openFromWall(event.detail)}
    ></fanlight-wall-screen>`;
  }

  private renderWait() {
    const isKnown = this.catalogue.cameras && this.link.failures === 0 && this.isOnline;
    if (isKnown) {
      return html`<main class="empty" role="status">
        <div class="head">${brandMark()}<h1>${texts.noCameras.title}</h1><p>${texts.noCameras.hint}</p></div>
        ${this.troubles.present.map((trouble) => notice(texts.deviceTroubles[trouble]))}
      </main>`;
    }
    const retry = () => this.link.hurry();
    return html`<fanlight-status role="main" .state=${this.linkState} @action=${retry}></fanlight-status>`;
  }

  /** What a viewer would say, as long as it is not known which camera to view. */
  private get linkState(): ViewerState {
    const { state, failures, refusal } = this.link;
    if (!this.isOnline) return { name: 'failed', problem: 'offline' };
    const when = state.name === 'waiting' ? { retryAt: state.retryAt } : {};
    if (refusal) return { name: 'failed', problem: refusal, ...when };
    if (failures < kFailuresToTell) return { name: 'connecting' };
    return { name: 'failed', problem: 'unreachable', ...when };
  }

  static override styles = [
    theme,
    css`
      :host {
        position: fixed;
        inset: 0;
        display: block;
        overflow: auto;
        scrollbar-width: thin;
        scrollbar-color: var(--ink-faint) transparent;
        background: radial-gradient(110% 70% at 50% -10%, var(--glow), transparent 70%) var(--paper);
      }
      fanlight-status {
        position: absolute;
        inset: 0;
      }
      main {
        display: grid;
        align-content: center;
        gap: 32px;
        width: min(30rem, 100%);
        min-height: 100%;
        margin: 0 auto;
        padding: var(--safe-top) var(--safe-right) calc(var(--safe-bottom) + 6vh) var(--safe-left);
      }
      .head {
        display: grid;
        justify-items: center;
        text-align: center;
      }
      .head .mark {
        width: 72px;
        margin-bottom: 20px;
        filter: drop-shadow(0 0 24px rgb(255 190 100 / 35%));
      }
      h1 {
        font-size: 1.5rem;
        font-weight: 600;
        letter-spacing: -0.015em;
      }
      .head p {
        margin-top: 6px;
        color: var(--ink-soft);
      }
      @media (max-height: 480px) {
        main {
          gap: 16px;
          padding-bottom: var(--safe-bottom);
        }
        .head .mark {
          width: 48px;
          margin-bottom: 8px;
        }
      }
    `,
  ];
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-app': AppElement;
  }
}
