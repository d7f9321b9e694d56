import { useId } from 'react'
import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { words } from '../../words'

interface Props {
  label: string
  hint?: string
  options: readonly { value: string; label: string; meaning?: string }[]
  value: string
  onValue: (value: string) => void
  error?: string | undefined
  required?: boolean
  testid: string
}

/** One of a few, all in sight: by arrow keys, or by a click. */
export function Choice({ label, hint, options, value, onValue, error, required, testid }: Props) {
  const name = useId()
  const meaning = options.find(o => o.value === value)?.meaning
  return (
    <Group label={label} hint={hint} error={error} required={required ?? false}>
      {options.map(o => (
        <Check
          key={o.value}
          kind="radio"
          name={name}
          label={o.label}
          checked={value === o.value}
          onValue={() => onValue(o.value)}
          data-testid={`${testid}-${o.value}`}
        />
      ))}
      {meaning ? <span className="soft">{meaning}</span> : null}
      {required || !value ? null : (
        <button type="button" className="button" data-kind="text" data-small="true" onClick={() => onValue('')}>
          {words.form.remove}
        </button>
      )}
    </Group>
  )
}
