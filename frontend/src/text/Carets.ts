/** Caret of another person in a text. `hue` is a number of the agency colours, the anchor is SharedText's. */
export interface RemoteCaret {
  id: number
  name: string
  hue: number
  anchor: unknown
}

/** Where the people are in one shared text. */
export interface Carets {
  publish(anchor: unknown): void
  others(): RemoteCaret[]
  observe(listener: () => void): () => void
}
