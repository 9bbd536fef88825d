// SPDX-License-Identifier: Apache-2.0
// Typed events: on() returns what unsubscribes.

export class Emitter<Events extends object> {
  private readonly listeners = new Map<keyof Events, Set<(event: never) => void>>();

  on<Name extends keyof Events>(name: Name, listener: (event: Events[Name]) => void): () => void {
    const listeners = this.listeners.get(name) ?? new Set();
    // Wrapped, so that the same function may listen twice and unsubscribe once.
    const entry = (event: Events[Name]) => listener(event);
    this.listeners.set(name, listeners.add(entry));
    return () => void listeners.delete(entry);
  }

  emit<Name extends keyof Events>(name: Name, event: Events[Name]): void {
    const listeners = this.listeners.get(name) as Set<(event: Events[Name]) => void> | undefined;
    // A listener that another one has just removed is not called.
    for (const listener of [...(listeners ?? [])]) if (listeners?.has(listener)) listener(event);
  }
}
