// SPDX-License-Identifier: Apache-2.0
// A scraper of the daemon's figures.

import { createToken } from './sign_in.mjs';
import { withLimit, lineLimitMs } from './events.mjs';

/** A scrape that waits for something looks again as soon as it was answered, and gives the daemon this long in between. */
const pauseMs = 100;

/** One scrape: every series and its value. */
export class Metrics {
  #values;

  /** @param {string} text of a scrape */
  constructor(text) {
    this.text = text;
    const series = text.split('\n').filter((line) => line && !line.startsWith('#'));
    this.#values = new Map(series.map((line) => [line.slice(0, line.lastIndexOf(' ')), Number(line.slice(line.lastIndexOf(' ') + 1))]));
  }

  /** The names of all series. @returns {string[]} */
  get series() {
    return [...this.#values.keys()];
  }

  /** undefined: there is no such series. @param {string} name @param {Record<string, string>} [labels] in the order of the text */
  value(name, labels = {}) {
    const inner = Object.entries(labels).map(([label, value]) => `${label}="${value}"`).join(',');
    return this.#values.get(inner ? `${name}{${inner}}` : name);
  }
}

export class Scraper {
  #url;
  #token;

  /** @param {import('./daemon.mjs').Daemon} daemon */
  constructor(daemon) {
    this.#url = new URL('/metrics', daemon.url);
    this.#token = createToken(daemon.stateDir, ['--name', 'prometheus', '--rights', 'metrics', '--for', 'ever']);
  }

  async scrape() {
    const response = await fetch(this.#url, { headers: { authorization: `Bearer ${this.#token}` } });
    const text = await response.text();
    if (!response.ok) throw new Error(`the scrape was refused with ${response.status}: ${text}`);
    return new Metrics(text);
  }

  /** The first scrape that fits. @param {string} awaited @param {(metrics: Metrics) => boolean} fits @returns {Promise<Metrics>} */
  async waitFor(awaited, fits) {
    let isOver = false;
    const search = async () => {
      for (;;) {
        const metrics = await this.scrape();
        if (isOver || fits(metrics)) return metrics;
        await new Promise((resolve) => setTimeout(resolve, pauseMs)); // lint: allow nothing_sleeps: a scraper asks again and again
      }
    };
    return withLimit(search(), lineLimitMs, (ms) => new Error(`no scrape with ${awaited} within ${ms} ms`)).finally(() => (isOver = true));
  }
}
