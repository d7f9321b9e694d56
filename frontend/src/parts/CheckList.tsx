import type { ReactNode } from 'react'
import { Check } from './Check'
import { Group } from './Group'
import type { Option } from './Option'

interface Props {
  label: ReactNode
  hint?: ReactNode
  error?: string | undefined
  required?: boolean
  options: readonly Option[]
  value: readonly string[]
  onValue: (value: string[]) => void
  disabled?: boolean
  /** Prefix of the test id of each box; the value follows. */
  testid?: string
}

/** A choice of several, in the order of the list. A stored value that is no longer in the list is kept. */
export function CheckList({ options, value, onValue, disabled, testid, ...group }: Props) {
  const rest = value.filter(v => !options.some(o => o.value === v))
  const set = (v: string, on: boolean) =>
    onValue([...options.map(o => o.value).filter(o => (o === v ? on : value.includes(o))), ...rest])
  return (
    <Group {...group}>
      {options.map(o => (
        <Check
          key={o.value}
          label={o.label}
          checked={value.includes(o.value)}
          disabled={disabled}
          onValue={on => set(o.value, on)}
          data-testid={testid ? `${testid}-${o.value}` : undefined}
        />
      ))}
    </Group>
  )
}
