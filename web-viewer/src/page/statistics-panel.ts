// SPDX-License-Identifier: Apache-2.0
// <fanlight-statistics>: the figures of the connection, read once a second for as long as the panel is open.
import { css, html, LitElement, nothing, svg } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import type { SignIn } from '../core/sign-in';
import { StatisticsReader, type Statistics } from '../core/statistics';
import type { Viewer } from '../core/viewer';
import './account-card';
import { icon } from './icons';
import { texts } from './language';
import { panelStyles } from './panel-styles';
import { theme } from './theme';

const kInterval = 1000;
/** Samples in the little curve: a minute. */
const kHistory = 60;
const kUnknown = '–';

@customElement('fanlight-statistics')
export class StatisticsPanel extends LitElement {
  @property({ attribute: false }) viewer: Viewer | undefined;
  /** Set: the way out is here, too. */
  @property({ attribute: false }) signIn: SignIn | undefined;
  @property({ type: Boolean }) microphoneHint = false;
  @state() private statistics: Statistics = {};

  private readonly reader = new StatisticsReader();
  private history: number[] = [];
  private timer: ReturnType<typeof setInterval> | undefined;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.read();
    this.timer = setInterval(() => void this.read(), kInterval);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  private async read(): Promise<void> {
    const report = await this.viewer?.statistics();
    if (!this.isConnected) return;
    this.statistics = report ? this.reader.read(report) : {};
    this.history = [...this.history, this.statistics.bitsPerSecond ?? 0].slice(-kHistory);
  }

  override render() {
    const words = texts.statistics;
    return html`
      <section class="glass" aria-label=${words.title}>
        <header>
          <h2>${words.title}</h2>
          <button aria-label=${texts.close} @click=${() => this.dispatchEvent(new CustomEvent('dismiss'))}>
            ${icon('close')}
          </button>
        </header>
        ${this.renderCurve()}
        <dl>${this.rows().map(([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? kUnknown}</dd></div>`)}</dl>
        ${this.signIn
          ? html`<fanlight-account .signIn=${this.signIn} ?microphoneHint=${this.microphoneHint}></fanlight-account>`
          : nothing}
      </section>
    `;
  }

  private rows(): [string, string | undefined][] {
    const { statistics: now } = this;
    const words = texts.statistics;
    const first = this.viewer?.timeToFirstFrame;
    return [
      [words.picture, now.width && now.height ? `${now.width} × ${now.height}` : undefined],
      [words.frameRate, given(now.framesPerSecond, (value) => words.perSecond(value.toFixed(0)))],
      [words.bitrate, given(now.bitsPerSecond, (value) => `${(value / 1e6).toFixed(2)} Mb/s`)],
      [words.lost, this.lost()],
      [words.buffer, given(now.bufferDelay, (value) => `${value.toFixed(1)} ms`)],
      [words.roundTrip, given(now.roundTrip, (value) => `${value.toFixed(value < 10 ? 1 : 0)} ms`)],
      [words.route, this.route()],
      [words.codec, now.codec],
      [words.firstFrame, given(first, (value) => `${value.toFixed(0)} ms`)],
    ];
  }

  private lost(): string | undefined {
    const { packetsLost, lossShare } = this.statistics;
    if (packetsLost === undefined) return undefined;
    return lossShare === undefined ? `${packetsLost}` : `${packetsLost} (${(lossShare * 100).toFixed(1)} %)`;
  }

  private route(): string | undefined {
    const { route } = this.statistics;
    if (!route) return undefined;
    const names: Record<string, string> = texts.statistics.routes;
    // The longer of the two ends' ways is the one that a person wonders about.
    const order = ['relay', 'srflx', 'prflx', 'host'];
    const kind = order.find((type) => type === route.local || type === route.remote) ?? route.local;
    return `${names[kind] ?? kind} · ${route.local} – ${route.remote} · ${route.protocol}`;
  }

  private renderCurve() {
    const top = Math.max(1, ...this.history) * 1.1;
    const step = 100 / (kHistory - 1);
    const start = kHistory - this.history.length;
    const place = (value: number, at: number) => [(start + at) * step, 30 - (value / top) * 28];
    const points = this.history.map((value, at) => place(value, at).map((part) => part.toFixed(2)).join(','));
    const from = (start * step).toFixed(2);
    return html`<svg class="curve" viewBox="0 0 100 30" preserveAspectRatio="none" aria-hidden="true">
      <line x1="0" y1="29.5" x2="100" y2="29.5" vector-effect="non-scaling-stroke"></line>
      ${points.length > 1 ? svg`
        <polygon points="${from},30 ${points.join(' ')} 100,30"></polygon>
        <polyline points=${points.join(' ')} vector-effect="non-scaling-stroke"></polyline>` : ''}
    </svg>`;
  }

  static override styles = [
    theme,
    panelStyles,
    css`
      .curve {
        display: block;
        width: 100%;
        height: 28px;
        margin-bottom: 6px;
      }
      line {
        stroke: var(--glass-edge);
      }
      polyline {
        fill: none;
        stroke: var(--lamp);
        stroke-width: 1.5;
        stroke-linejoin: round;
      }
      polygon {
        fill: var(--lamp);
        opacity: 0.12;
      }
      dl > div {
        display: flex;
        justify-content: space-between;
        gap: 16px;
        padding: 3px 0;
      }
      dt {
        color: var(--ink-soft);
        flex: none;
      }
      dd {
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      fanlight-account {
        margin-top: 12px;
        padding-top: 12px;
        border-top: 1px solid var(--glass-edge);
      }
      @media (max-height: 480px) and (min-width: 640px) {
        dl {
          display: grid;
          grid-template-columns: 1fr 1fr;
          column-gap: 32px;
        }
      }
    `,
  ];
}

function given(value: number | undefined, write: (value: number) => string): string | undefined {
  return value === undefined ? undefined : write(value);
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-statistics': StatisticsPanel;
  }
}
