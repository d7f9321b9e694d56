/** A 世帯員 as being typed. */
export interface PersonDraft {
  name: string
  kana: string
  relation: string
  birth: string
  sex: string
  subject: boolean
  addressSecret: boolean
}
