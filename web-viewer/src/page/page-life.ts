// SPDX-License-Identifier: Apache-2.0
// What happens to the page as a whole: network, visibility, leaving and coming back.

export interface PageLifeListener {
  onOnline(isOnline: boolean): void;
  onHidden(isHidden: boolean): void;
  /** The page goes away, for good or into the browser's memory. */
  onLeave(): void;
  /** It came back out of the browser's memory. */
  onReturn(): void;
}

/** Returns what ends it. Tells the present state at once. */
export function watchPage(listener: PageLifeListener): () => void {
  const ended = new AbortController();
  const { signal } = ended;
  addEventListener('online', () => listener.onOnline(true), { signal });
  addEventListener('offline', () => listener.onOnline(false), { signal });
  addEventListener('pagehide', () => listener.onLeave(), { signal });
  addEventListener('pageshow', ({ persisted }) => persisted && listener.onReturn(), { signal });
  document.addEventListener('visibilitychange', () => listener.onHidden(document.hidden), { signal });
  listener.onOnline(navigator.onLine);
  listener.onHidden(document.hidden);
  return () => ended.abort();
}
