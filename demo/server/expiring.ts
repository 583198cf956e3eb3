/** A value, and when it ends, in milliseconds since the epoch. */
export interface Ending<V> {
  readonly key: string
  readonly value: V
  readonly endsAt: number
}

/** A map whose entries end by themselves. */
export class Expiring<V> {
  readonly #entries = new Map<string, Ending<V>>()
  readonly #lifeMs: number

  constructor(lifeSeconds: number) {
    this.#lifeMs = lifeSeconds * 1000
  }

  get(key: string): V | undefined {
    const entry = this.#entries.get(key)
    return entry && entry.endsAt > Date.now() ? entry.value : undefined
  }

  set(key: string, value: V): void {
    this.#sweep()
    // Taken out first, so that the order stays that of the ends.
    this.#entries.delete(key)
    this.#entries.set(key, { key, value, endsAt: Date.now() + this.#lifeMs })
  }

  delete(key: string): void {
    this.#entries.delete(key)
  }

  all(): Ending<V>[] {
    this.#sweep()
    return [...this.#entries.values()]
  }

  #sweep(): void {
    for (const [key, { endsAt }] of this.#entries) {
      if (endsAt > Date.now()) return
      this.#entries.delete(key)
    }
  }
}
