import type { Turn } from '../../../api/during'
import type { Phase } from '../../../api/meeting'

/** Seconds spent in a phase until now. */
export function phaseSeconds(p: Phase, now: number): number {
  const running = p.current && p.begunAt ? Math.max(0, now - Date.parse(p.begunAt)) / 1000 : 0
  return Math.floor(p.seconds + running)
}

/** Seconds of a turn until now. */
export function turnSeconds(t: Turn, now: number): number {
  const running = t.state === 'speaking' && t.begunAt ? Math.max(0, now - Date.parse(t.begunAt)) / 1000 : 0
  return Math.floor(t.seconds + running)
}

/** 4:05. */
export function clockText(seconds: number): string {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`
}

/** Whole minutes, begun ones counted: "あと1分" until the end is reached. */
export function minutesLeft(ms: number): number {
  return Math.ceil(ms / 60_000)
}
