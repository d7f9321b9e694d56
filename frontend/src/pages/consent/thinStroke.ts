import type { Stroke } from '../../api/consent'

/** Points nearer to the last one than this say nothing about the line. */
const NEAR = 0.002

/** All the points one signature may have, and its strokes; the server takes no more. */
export const MAX_POINTS = 6000
export const MAX_STROKES = 200

/** Should this point be kept? The hand rests more often than it moves. */
export function keepsPoint(stroke: Stroke, point: Stroke[number]): boolean {
  const last = stroke.at(-1)
  return !last || Math.hypot(point.x - last.x, point.y - last.y) >= NEAR
}

/** Has the signature room for one more stroke or point? */
export function hasRoom(strokes: readonly Stroke[], drawing: Stroke | null): boolean {
  const points = strokes.reduce((n, s) => n + s.length, drawing?.length ?? 0)
  return points < MAX_POINTS && strokes.length < MAX_STROKES
}
