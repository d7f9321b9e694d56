/** An answer of an agency to its own cell, as sent. */
export interface AnswerBody {
  doc: string
  actionId: string
  answer: string
  reason: string
  due: string
  cellHash: string
}
