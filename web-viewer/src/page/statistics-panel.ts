// SPDX-License-Identifier: Apache-2.0
// <fanlight-statistics>: the figures of the connection, now and over the last minute.
import { css, html, LitElement, nothing, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import type { SignIn } from '../core/sign-in';
import type { Statistics } from '../core/statistics';
import type { CameraInfo } from '../core/signaling-messages';
import type { Figure, Sample } from '../core/statistics-history';
import { encoderInWords } from '../text/text';
import './account-card';
import { formStyles } from './form-styles';
import { texts } from './language';
import { panelHeader } from './panel-header';
import { panelStyles } from './panel-styles';
import { sparkline, sparklineStyles } from './sparkline';
import type { StatisticsWatch } from './statistics-watch';
import { theme } from './theme';

const kUnknown = '–';

interface Drawn {
  figure: Figure;
  name: string;
  /** What fills a graph's height at least, in the figure's own unit. */
  atLeast: number;
  write: (value: number) => string;
}

const milliseconds = (value: number) => `${value.toFixed(value < 10 ? 1 : 0)} ms`;

const drawn: readonly Drawn[] = [
  { figure: 'bitsPerSecond', name: texts.statistics.bitrate, atLeast: 1e5, write: (value) => `${(value / 1e6).toFixed(2)} Mb/s` },
  {
    figure: 'framesPerSecond', name: texts.statistics.frameRate, atLeast: 5,
    write: (value) => texts.statistics.perSecond(value.toFixed(0)),
  },
  { figure: 'roundTrip', name: texts.statistics.roundTrip, atLeast: 20, write: milliseconds },
  { figure: 'lossShare', name: texts.statistics.loss, atLeast: 0.05, write: (value) => `${(value * 100).toFixed(1)} %` },
  { figure: 'pictureAge', name: texts.statistics.pictureAge, atLeast: 500, write: milliseconds },
];

@customElement('fanlight-statistics')
export class StatisticsPanel extends LitElement {
  @property({ attribute: false }) watch: StatisticsWatch | undefined;
  /** The camera, as far as the device has told. */
  @property({ attribute: false }) camera: CameraInfo | undefined;
  /** Of the present session, in milliseconds. */
  @property({ attribute: false }) timeToFirstFrame: number | undefined;
  /** Set: the way out is here, too. */
  @property({ attribute: false }) signIn: SignIn | undefined;
  @property({ type: Boolean }) microphoneHint = false;
  /** The element around it has a check-up to offer. */
  @property({ type: Boolean }) canExamine = false;

  private unsubscribe = () => {};

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unsubscribe();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('watch')) return;
    this.unsubscribe();
    this.unsubscribe = this.watch?.onChange(() => this.requestUpdate()) ?? (() => {});
  }

  private get now(): Partial<Sample> {
    return this.watch?.history.newest ?? {};
  }

  override render() {
    const words = texts.statistics;
    return html`
      <section class="glass" aria-label=${words.title}>
        ${panelHeader(this, words.title)}
        <dl class="graphs">${drawn.map((figure) => this.renderGraph(figure))}</dl>
        <dl>${this.rows().map(([name, value]) => html`<div><dt>${name}</dt><dd>${value ?? kUnknown}</dd></div>`)}</dl>
        ${this.canExamine
          ? html`<button class="quiet small" @click=${() => this.dispatchEvent(new CustomEvent('examine'))}>
              ${texts.checkUp.open}
            </button>`
          : nothing}
        ${this.signIn
          ? html`<fanlight-account .signIn=${this.signIn} ?microphoneHint=${this.microphoneHint}></fanlight-account>`
          : nothing}
      </section>
    `;
  }

  private renderGraph({ figure, name, atLeast, write }: Drawn) {
    const now = this.now[figure];
    const graph = this.watch?.history.graph(figure, atLeast);
    const range = graph ? texts.statistics.range(write(graph.least), write(graph.most)) : texts.statistics.unknown;
    return html`<div>
      <dt>${name}</dt>
      <dd class="graph">${sparkline(graph, range)}</dd>
      <dd>${now === undefined ? kUnknown : write(now)}</dd>
    </div>`;
  }

  private rows(): [string, string | undefined][] {
    const { now } = this;
    const words = texts.statistics;
    return [
      [words.picture, now.width && now.height ? `${now.width} × ${now.height}` : undefined],
      [words.lost, given(now.packetsLost, String)],
      [words.buffer, given(now.bufferDelay, milliseconds)],
      [words.route, routeInWords(now.route)],
      [words.codec, now.codec],
      [words.encoder.title, this.camera && encoderInWords(this.camera, texts)],
      [words.firstFrame, given(this.timeToFirstFrame, (value) => `${value.toFixed(0)} ms`)],
    ];
  }

  static override styles = [
    theme,
    formStyles,
    panelStyles,
    sparklineStyles,
    css`
      dl > div {
        display: flex;
        justify-content: space-between;
        gap: 16px;
        padding: 3px 0;
      }
      .graphs > div {
        display: grid;
        grid-template-columns: 7.4rem 1fr 5.2rem;
        align-items: center;
        gap: 8px;
        min-height: 34px;
      }
      .graphs + dl {
        margin-top: 8px;
      }
      dt {
        color: var(--ink-soft);
        flex: none;
      }
      dd {
        text-align: right;
        font-variant-numeric: tabular-nums;
      }
      section > .quiet {
        width: 100%;
        margin-top: 12px;
      }
      fanlight-account {
        margin-top: 12px;
        padding-top: 12px;
        border-top: 1px solid var(--glass-edge);
      }
      @media (max-height: 480px) and (min-width: 640px) {
        dl:not(.graphs) {
          display: grid;
          grid-template-columns: 1fr 1fr;
          column-gap: 32px;
        }
      }
    `,
  ];
}

function routeInWords(route: Statistics['route']): string | undefined {
  if (!route) return undefined;
  const names: Record<string, string> = texts.statistics.routes;
  // The longer of the two ends' ways is the one that a person wonders about.
  const order = ['relay', 'srflx', 'prflx', 'host'];
  const kind = order.find((type) => type === route.local || type === route.remote) ?? route.local;
  return `${names[kind] ?? kind} · ${route.local} – ${route.remote} · ${route.protocol}`;
}

function given(value: number | undefined, write: (value: number) => string): string | undefined {
  return value === undefined ? undefined : write(value);
}

declare global {
  interface HTMLElementTagNameMap {
    'fanlight-statistics': StatisticsPanel;
  }
}
