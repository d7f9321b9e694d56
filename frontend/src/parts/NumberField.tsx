import { type ReactNode, useEffect, useRef, useState } from 'react'
import { words } from '../words'
import { Field } from './Field'

interface Props {
  label: ReactNode
  hint?: ReactNode
  readOnly?: boolean
  value: number | null
  onValue: (value: number | null) => void
  'data-testid'?: string
}

/**
 * A whole number, typed as people write it (12,000 or １２０００). It is taken when the field is left or Enter is pressed: while it is being
 * typed the field belongs to its user, and to the IME.
 */
export function NumberField({ label, hint, readOnly, value, onValue, ...rest }: Props) {
  const [draft, setDraft] = useState<string | null>(null)
  const [left, setLeft] = useState(false)
  const read = draft === null ? value : readNumber(draft)
  const latest = useRef({ read, value, onValue })
  latest.current = { read, value, onValue }
  const put = () => {
    const { read: n, value: was, onValue: set } = latest.current
    if (n !== undefined && n !== was) set(n)
  }
  const settle = () => {
    put()
    setLeft(true)
    if (read !== undefined) setDraft(null)
  }
  // A dialog that is closed takes along what was typed last.
  // biome-ignore lint/correctness/useExhaustiveDependencies: put looks at what is newest
  useEffect(() => put, [])
  return (
    <Field label={label} hint={hint} error={left && read === undefined ? words.form.noNumber : undefined}>
      {control => (
        <input
          {...rest}
          {...control}
          className="input"
          inputMode="numeric"
          autoComplete="off"
          readOnly={readOnly}
          value={draft ?? (value === null ? '' : String(value))}
          onChange={e => {
            setDraft(e.currentTarget.value)
            setLeft(false)
          }}
          onBlur={settle}
          onKeyDown={e => {
            if (e.key === 'Enter' && !e.nativeEvent.isComposing) settle()
          }}
        />
      )}
    </Field>
  )
}

/** The number that was typed, null for nothing, undefined for what is no number. */
function readNumber(text: string): number | null | undefined {
  const n = text.normalize('NFKC').replace(/[,\s]/g, '')
  if (n === '') return null
  return /^\d{1,12}$/.test(n) ? Number(n) : undefined
}
