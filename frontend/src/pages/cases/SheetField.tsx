import { type ReactNode, useCallback, useSyncExternalStore } from 'react'
import type { FormCode } from '../../api/forms'
import { offered } from '../../app/offered'
import { SharedTextarea } from '../../live/SharedTextarea'
import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Field } from '../../parts/Field'
import { Group } from '../../parts/Group'
import { NumberField } from '../../parts/NumberField'
import type { Option } from '../../parts/Option'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { ValueField } from '../../parts/ValueField'
import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'
import { OtherWords } from './OtherWords'
import type { SheetField as Definition } from './SheetDefinition'

interface Props {
  field: Definition
  doc: LiveDoc
  codes: readonly FormCode[]
  /** Choices of a field that names an agency or a 世帯員. */
  named: { agency: readonly Option[]; person: readonly Option[] }
  readOnly: boolean
}

/** One field of a form on its live document. */
export function SheetField({ field, doc, codes, named, readOnly }: Props): ReactNode {
  const key = `f/${field.id}`
  const subscribe = useCallback((l: () => void) => doc.values.observe(l), [doc])
  const value = useSyncExternalStore(subscribe, () => doc.values.get(key))
  const set = (v: string | number | boolean | null) => doc.values.set({ [key]: v })
  const text = typeof value === 'string' ? value : ''
  const unit = field.unit ? `（${field.unit}）` : ''
  const label = `${field.label}${unit}${field.required ? `（${words.forms.required}）` : ''}`

  if (field.type === 'txt' || field.type === 'memo') {
    return (
      <Field label={label} hint={field.help}>
        {c => (
          <SharedTextarea
            {...c}
            doc={doc}
            textKey={key}
            rows={field.type === 'txt' ? 1 : 3}
            readOnly={readOnly}
            {...(field.max ? { limit: field.max } : {})}
          />
        )}
      </Field>
    )
  }
  if (field.type === 'date') return <DateField label={label} value={text} onValue={set} readOnly={readOnly} />
  if (field.type === 'bool') return <Check label={label} checked={value === true} disabled={readOnly} onValue={set} />
  if (field.type === 'multi') {
    const chosen = list(text)
    return (
      <Group label={label} hint={field.help}>
        {offered(codes, chosen).map(c => (
          <Check
            key={c.code}
            label={c.label}
            checked={chosen.includes(c.code)}
            disabled={readOnly}
            onValue={on => set(JSON.stringify(on ? [...chosen, c.code] : chosen.filter(x => x !== c.code)))}
          />
        ))}
        <OtherWords field={field} doc={doc} codes={codes} chosen={chosen} readOnly={readOnly} />
      </Group>
    )
  }
  if (field.type === 'one' || field.type === 'agency' || field.type === 'person') {
    const list =
      field.type === 'one' ? offered(codes, [text]).map(c => ({ value: c.code, label: c.label })) : named[field.type]
    const options = [{ value: '', label: words.form.choose }, ...list]
    return (
      <div className="stack-s">
        <SelectField label={label} hint={field.help} value={text} options={options} onValue={set} disabled={readOnly} />
        <OtherWords field={field} doc={doc} codes={codes} chosen={[text]} readOnly={readOnly} />
      </div>
    )
  }
  if (field.type === 'int' || field.type === 'yen') {
    return (
      <NumberField
        label={label}
        hint={field.help}
        readOnly={readOnly}
        value={typeof value === 'number' ? value : null}
        onValue={set}
      />
    )
  }
  return (
    <ValueField value={text} onValue={set}>
      {(v, onValue, settle) => (
        <TextField label={label} value={v} onValue={onValue} onBlur={settle} readOnly={readOnly} />
      )}
    </ValueField>
  )
}

function list(text: string): string[] {
  try {
    const v: unknown = JSON.parse(text || '[]')
    return Array.isArray(v) ? v.filter(x => typeof x === 'string') : []
  } catch {
    return []
  }
}
