/** Colour of a consent state; the words stand beside it. */
export function consentTone(state: string): 'good' | 'warn' | 'bad' | 'plain' {
  if (state === 'granted') return 'good'
  if (state === 'partial' || state === 'pending') return 'warn'
  return state === 'refused' || state === 'withdrawn' || state === 'expired' ? 'bad' : 'plain'
}
