// SPDX-License-Identifier: Apache-2.0
// What is done again and again until it is stopped.

import { pass } from '../bench/device.mjs';

export class Repeated {
  #isOver = false;
  #done;

  /** @param {() => unknown} act one call ends before the pause that the next comes after @param {number} everyMs */
  constructor(act, everyMs) {
    this.#done = this.#repeat(act, everyMs);
  }

  /** Waits for the call that is under way. */
  async stop() {
    this.#isOver = true;
    await this.#done;
  }

  /** @param {() => unknown} act @param {number} everyMs */
  async #repeat(act, everyMs) {
    while (!this.#isOver) {
      await act();
      await pass(everyMs);
    }
  }
}
