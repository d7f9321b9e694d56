/** One step of a change to a text, as Yjs reports it. Lengths are UTF-16 units. */
export interface DeltaStep {
  retain?: number
  insert?: string
  delete?: number
}

/** A change to a text: steps from left to right. */
export type Delta = readonly DeltaStep[]
