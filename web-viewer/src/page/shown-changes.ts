// SPDX-License-Identifier: Apache-2.0
// For an element that shows what another object knows.
import type { ReactiveElement } from 'lit';

interface Changing {
  /** Returns what unsubscribes. */
  onChange(listener: () => void): () => void;
}

/**
 * Renders `element` anew at each change of `source`, while it is in the page. `source` is asked each time that it comes
 * there: its properties are set by then.
 */
export function showChanges(element: ReactiveElement, source: () => Changing): void {
  let endListening = () => {};
  element.addController({
    hostConnected: () => (endListening = source().onChange(() => element.requestUpdate())),
    hostDisconnected: () => endListening(),
  });
}
