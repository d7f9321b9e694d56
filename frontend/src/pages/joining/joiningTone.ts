import type { JoiningState } from '../../api/joinings'

/** How a state is coloured; the word stands beside it. */
export function joiningTone(state: JoiningState): 'good' | 'key' | 'warn' | 'plain' {
  return ({ using: 'good', trial: 'key', looking: 'warn', ended: 'plain' } as const)[state]
}
