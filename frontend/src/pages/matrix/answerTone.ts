/** Colour of an answer to a role; the word stands in it. */
export function answerTone(answer: string): 'good' | 'warn' | 'bad' | 'key' {
  if (answer === 'accept') return 'good'
  if (answer === 'conditional') return 'warn'
  return answer === 'decline' ? 'bad' : 'key'
}
