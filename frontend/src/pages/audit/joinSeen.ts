import type { Seen } from '../../api/audit'

/** A further page under what is shown: the summary stays that of the whole period. */
export const joinSeen = (a: Seen, b: Seen): Seen => ({ ...a, lines: [...a.lines, ...b.lines], next: b.next })
