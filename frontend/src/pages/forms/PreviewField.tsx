import { useState } from 'react'
import type { FormCode } from '../../api/forms'
import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Group } from '../../parts/Group'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { SheetField } from '../cases/SheetDefinition'

interface Props {
  field: SheetField
  codes: readonly FormCode[]
}

/** One field to try out. */
export function PreviewField({ field: f, codes }: Props) {
  const [text, setText] = useState('')
  const [chosen, setChosen] = useState<readonly string[]>([])
  const w = words.forms
  const name = `${f.label}${f.unit ? `（${f.unit}）` : ''}${f.stateReport ? ' ★' : ''}`
  const swap = (code: string, on: boolean) => setChosen(on ? [...chosen, code] : chosen.filter(x => x !== code))
  const label = f.required ? `${name}（${w.required}）` : name
  const plain = { label, hint: f.help }
  switch (f.type) {
    case 'memo':
      return <TextArea {...plain} value={text} onValue={setText} rows={3} />
    case 'date':
      return <DateField label={label} value={text} onValue={setText} />
    case 'bool':
      return <Check label={label} checked={chosen.includes('on')} onValue={on => swap('on', on)} />
    case 'multi':
      return (
        <Group label={label} hint={f.help}>
          {codes.map(c => (
            <Check key={c.code} label={c.label} checked={chosen.includes(c.code)} onValue={on => swap(c.code, on)} />
          ))}
        </Group>
      )
    case 'one':
      return (
        <SelectField
          {...plain}
          value={text}
          options={[{ value: '', label: words.form.choose }, ...codes.map(c => ({ value: c.code, label: c.label }))]}
          onValue={setText}
        />
      )
    default:
      return <TextField {...plain} value={text} onValue={setText} />
  }
}
