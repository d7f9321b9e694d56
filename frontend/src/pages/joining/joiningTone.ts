/** How a state of 参加支援 is coloured; the word stands beside it. */
export function joiningTone(state: string): 'good' | 'key' | 'warn' | 'plain' {
  if (state === 'using') return 'good'
  if (state === 'trial') return 'key'
  return state === 'looking' ? 'warn' : 'plain'
}
