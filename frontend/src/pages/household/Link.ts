/** A line of the エコマップ: from a person of the household ('' = all of it) to an agency, a person or a place. */
export interface Link {
  id: string
  person: string
  /** Agency, '' where only the name is known. */
  agency: string
  name: string
  kind: 'strong' | 'plain' | 'weak' | 'tense' | 'cut'
  /** Where help or attention goes. */
  flow: '' | 'to' | 'from' | 'both'
}
