/** Somebody in the ジェノグラム: a 世帯員, or a relative who is drawn beside them. */
export interface Relative {
  id: string
  name: string
  /** 続柄 of a 世帯員. */
  relation: string
  sex: 'male' | 'female' | 'other'
  birth: string
  death: string
  dead: boolean
  /** 同居. */
  home: boolean
  /** 本人 of the support. */
  subject: boolean
}

/** How two people of the ジェノグラム belong together. In 親子 and 養子, `a` is the parent. */
export interface Tie {
  id: string
  a: string
  b: string
  kind: 'married' | 'partner' | 'separated' | 'divorced' | 'child' | 'adopted'
}

/** Is it a line between two of one generation? */
export const isUnion = (t: Tie): boolean => t.kind !== 'child' && t.kind !== 'adopted'
