// SPDX-License-Identifier: Apache-2.0
// Reads a viewer's figures once a second for as long as it runs, so that a panel that opens has a past to show.
import { Emitter } from '../core/emitter';
import { StatisticsReader } from '../core/statistics';
import { kSampleInterval, StatisticsHistory } from '../core/statistics-history';
import type { Viewer } from '../core/viewer';

export class StatisticsWatch {
  readonly history = new StatisticsHistory();
  private readonly events = new Emitter<{ change: void }>();
  private readonly reader = new StatisticsReader();
  private timer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly viewer: Viewer) {}

  onChange(listener: () => void): () => void {
    return this.events.on('change', listener);
  }

  start(): void {
    this.history.clear();
    this.timer = setInterval(() => void this.read(), kSampleInterval);
  }

  stop(): void {
    clearInterval(this.timer);
    this.timer = undefined;
  }

  private async read(): Promise<void> {
    const report = await this.viewer.statistics();
    if (this.timer === undefined) return;
    const { lastFrameDate } = this.viewer;
    const pictureAge = lastFrameDate === undefined ? {} : { pictureAge: Math.max(0, Date.now() - lastFrameDate) };
    this.history.add({ at: performance.now(), ...(report ? this.reader.read(report) : {}), ...pictureAge });
    this.events.emit('change', undefined);
  }
}
