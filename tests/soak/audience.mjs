// SPDX-License-Identifier: Apache-2.0
// All who watch.

import { pass } from '../bench/device.mjs';
import { withLimit } from '../support/events.mjs';

/** @typedef {{ name: string, sight: import('./sight.mjs').Sight }} Member */

const lookEveryMs = 200;

export class Audience {
  /** @param {Member[]} members */
  constructor(members) {
    this.members = members;
  }

  get sights() {
    return this.members.map(({ sight }) => sight);
  }

  /** Who was without a new picture for longest in the time from then until now. @param {number} from */
  darkest(from) {
    const gaps = this.#watching().map(({ name, sight }) => ({ name, ms: sight.longestGap(from) }));
    return gaps.reduce((worst, one) => (one.ms > worst.ms ? one : worst), { name: 'nobody', ms: 0 });
  }

  /**
   * Waits until each who wants pictures has one that is newer than this.
   * @param {number} since @param {number} limitMs
   */
  async seesAgain(since, limitMs) {
    let isOver = false;
    const dark = () => this.#watching().filter(({ sight }) => sight.pictureAt <= since);
    const seen = (async () => {
      while (!isOver && dark().length > 0) await pass(lookEveryMs);
    })();
    const late = (/** @type {number} */ ms) =>
      new Error(`no picture within ${ms} ms for ${dark().map(({ name }) => name).join(', ')}`);
    await withLimit(seen, limitMs, late).finally(() => (isOver = true));
  }

  #watching() {
    return this.members.filter(({ sight }) => sight.isWanted);
  }
}
