/** Mean of the scores given, one digit; scores of 0 were not given. */
export function meanScore(scores: readonly number[]): string {
  const given = scores.filter(s => s > 0)
  return given.length ? (given.reduce((a, b) => a + b, 0) / given.length).toFixed(1) : ''
}
