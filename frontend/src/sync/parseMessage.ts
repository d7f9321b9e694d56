import type { ServerMessage } from './ServerMessage'

/** Reads a stateless payload; anything that is not an object with a type is ignored. */
export function parseMessage(payload: string): ServerMessage | null {
  try {
    const m: unknown = JSON.parse(payload)
    return typeof m === 'object' && m !== null && typeof (m as ServerMessage).type === 'string'
      ? (m as ServerMessage)
      : null
  } catch {
    return null
  }
}
