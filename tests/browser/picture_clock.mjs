// SPDX-License-Identifier: Apache-2.0
// The clock in the test picture, read from a screenshot's own pixels or from the video that is playing.

import { readStripe } from '../bench/stripe.mjs';

/**
 * Waits for a further frame and reads its machine-readable clock.
 * @param {import('playwright-core').Page} page
 * @returns {Promise<{ picture: number, now: number }>} both in milliseconds since 1970
 */
export function readClock(page) {
  return page.locator('video').first().evaluate(async (element, source) => {
    const read = new Function(`return ${source}`)();
    const video = /** @type {HTMLVideoElement} */ (element);
    await new Promise((resolve) => video.requestVideoFrameCallback(resolve));
    const now = performance.timeOrigin + performance.now();
    const canvas = new OffscreenCanvas(video.videoWidth, 1);
    const context = /** @type {any} */ (canvas.getContext('2d', { willReadFrequently: true }));
    // The stripe's second row: the first may be blended with what is outside the picture.
    context.drawImage(video, 0, -2);
    const { data } = context.getImageData(0, 0, video.videoWidth, 1);
    const luma = Array.from({ length: video.videoWidth }, (_, x) => data[4 * x + 1]);
    const clock = read(luma, video.videoWidth, now);
    if (!clock) throw new Error('the check bits of the clock in the picture do not fit');
    return { picture: clock.time, now };
  }, readStripe.toString());
}
