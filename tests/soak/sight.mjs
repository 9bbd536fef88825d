// SPDX-License-Identifier: Apache-2.0
// What one viewer saw: for how much of the time that it wanted pictures it had a new one, and how long it was dark.

/** A picture that is older than this is none. */
const freshMs = 2000;

/** Milliseconds since 1970, as the viewers' processes count them. */
export const now = () => performance.timeOrigin + performance.now();

export class Sight {
  isWanted = false;
  wantedMs = 0;
  freshMs = 0;
  /** When the newest picture came. */
  pictureAt = 0;
  /** Since when it is waited for: the newest picture or the beginning. */
  #waitingSince = 0;
  #lookedAt = 0;
  /** Between two pictures. @type {{ from: number, to: number }[]} */
  #gaps = [];

  /** From now on pictures are wanted. */
  begin() {
    this.isWanted = true;
    this.#lookedAt = this.#waitingSince = now();
  }

  /** What is missing from now on is by the viewer's own wish. */
  end() {
    this.isWanted = false;
  }

  /** @param {number} pictureAt when the newest came, as far as is known */
  look(pictureAt) {
    const at = now();
    if (pictureAt > this.pictureAt) {
      this.#gaps.push({ from: this.#waitingSince, to: pictureAt });
      this.pictureAt = this.#waitingSince = pictureAt;
    }
    this.wantedMs += at - this.#lookedAt;
    if (at - this.#waitingSince < freshMs) this.freshMs += at - this.#lookedAt;
    this.#lookedAt = at;
  }

  get darkMs() {
    return this.isWanted ? now() - this.#waitingSince : 0;
  }

  /** The longest time without a new picture that reached into the time from then until now. @param {number} from */
  longestGap(from) {
    this.#gaps = this.#gaps.filter(({ to }) => to >= from);
    return Math.max(this.darkMs, ...this.#gaps.map((gap) => gap.to - gap.from));
  }
}

/** @param {Sight[]} sights @returns {number} 0 to 1 */
export function availability(sights) {
  const wanted = sights.reduce((sum, { wantedMs }) => sum + wantedMs, 0);
  return sights.reduce((sum, one) => sum + one.freshMs, 0) / wanted;
}
