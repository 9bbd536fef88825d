// SPDX-License-Identifier: Apache-2.0
// The last picture that the device has of a camera, for as long as there is no live one.
import { kRequestTimeout, type Fetch } from './access-client';
import type { Clock } from './clock';
import type { CameraId } from './signaling-messages';

export interface Poster {
  image: Blob;
  /** The wall clock's time at which it was taken, in milliseconds: the device says how old it is, and may know no time. */
  date: number;
}

/** Undefined where the device has none, or none for whoever asks: the live picture's own way says why. */
export function fetchPoster(
  fetch: Fetch,
  clock: Clock,
  camera: CameraId,
  token: string | undefined,
): Promise<Poster | undefined> {
  const headers = token === undefined ? {} : { Authorization: `Bearer ${token}` };
  return fetchStill(fetch, clock, `/api/v1/cameras/${encodeURIComponent(camera)}/poster.jpg`, headers);
}

/** A still at any address of the device. */
export async function fetchStill(
  fetch: Fetch,
  clock: Clock,
  url: string,
  headers: Record<string, string> = {},
): Promise<Poster | undefined> {
  const ended = new AbortController();
  const cancel = clock.after(kRequestTimeout, () => ended.abort());
  try {
    const response = await fetch(url, { headers, cache: 'no-store', signal: ended.signal });
    if (response.status !== 200) return undefined;
    const age = Number(response.headers.get('Age') ?? 0);
    return { image: await response.blob(), date: clock.date() - (Number.isFinite(age) ? age : 0) * 1000 };
  } catch {
    return undefined;
  } finally {
    cancel();
  }
}
