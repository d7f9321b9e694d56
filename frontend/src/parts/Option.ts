/** A choice of a list: the stored value and the words shown. */
export interface Option {
  value: string
  label: string
  disabled?: boolean
}
