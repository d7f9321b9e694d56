/** One replacement in a text: at `from`, `remove` UTF-16 units give way to `insert`. */
export interface Splice {
  from: number
  remove: number
  insert: string
}
