const segmenter = new Intl.Segmenter('ja', { granularity: 'grapheme' })

/** What a reader counts as characters: 邉󠄀, 𠮷, が and 👨‍👩‍👧 are one each. */
export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), s => s.segment)
}
