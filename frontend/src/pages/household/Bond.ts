/** How two people of the ジェノグラム stand to each other (関係性). 虐待 goes from `a` to `b`. */
export interface Bond {
  id: string
  a: string
  b: string
  kind: 'close' | 'fused' | 'distant' | 'cut' | 'conflict' | 'mixed' | 'abuse'
}
