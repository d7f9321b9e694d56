/** Listeners of something that changes. */
export class Signal<T = void> {
  private readonly listeners = new Set<(value: T) => void>()

  on(listener: (value: T) => void): () => void {
    this.listeners.add(listener)
    return () => void this.listeners.delete(listener)
  }

  emit(value: T): void {
    for (const l of [...this.listeners]) l(value)
  }
}
