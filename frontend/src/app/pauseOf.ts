/** The first pause between two tries and the longest (ms). */
const FIRST = 2000
const LONGEST = 30_000

/** How long to wait before the next try (ms): longer each time, and never the same for everybody whose line was cut at once. `random` is from 0 to below 1. */
export const pauseOf = (tries: number, random = Math.random()): number => {
  const span = Math.min(LONGEST, FIRST * 2 ** tries)
  return Math.floor(span / 2 + (random * span) / 2)
}
