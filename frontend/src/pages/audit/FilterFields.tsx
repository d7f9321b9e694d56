import type { AuditChoice, AuditFilter, AuditOptions } from '../../api/audit'
import { DateField } from '../../parts/DateField'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  value: AuditFilter
  onValue: (value: AuditFilter) => void
  fields: readonly (keyof AuditFilter)[]
  options: Pick<AuditOptions, 'users' | 'agencies' | 'verbs'>
  /** Message for a field. */
  at: (field: string) => string | undefined
}

/** The fields that narrow the log; each page says which it has. */
export function FilterFields({ value, onValue, fields, options, at }: Props) {
  const w = words.audit
  const set = (field: keyof AuditFilter) => (v: string) => onValue({ ...value, [field]: v })
  const choices = (list: readonly AuditChoice[]) => [
    { value: '', label: w.all },
    ...list.map(c => ({ value: c.id, label: c.label })),
  ]
  const has = (field: keyof AuditFilter) => fields.includes(field)
  return (
    <>
      <DateField label={w.from} value={value.from} onValue={set('from')} error={at('from')} data-testid="audit-from" />
      <DateField label={w.to} value={value.to} onValue={set('to')} error={at('to')} data-testid="audit-to" />
      {has('actor') ? (
        <SelectField
          label={w.actor}
          value={value.actor}
          options={choices(options.users)}
          onValue={set('actor')}
          error={at('actor')}
          data-testid="audit-actor"
        />
      ) : null}
      {has('agency') ? (
        <SelectField
          label={w.agency}
          value={value.agency}
          options={choices(options.agencies)}
          onValue={set('agency')}
          data-testid="audit-agency"
        />
      ) : null}
      {has('case') ? (
        <TextField
          label={w.case}
          hint={w.caseHint}
          value={value.case}
          onValue={set('case')}
          error={at('case')}
          autoComplete="off"
          data-testid="audit-case"
        />
      ) : null}
      {has('verb') ? (
        <SelectField
          label={w.verb}
          value={value.verb}
          options={choices(options.verbs)}
          onValue={set('verb')}
          data-testid="audit-verb"
        />
      ) : null}
      {has('result') ? (
        <SelectField
          label={w.result}
          value={value.result}
          options={[{ value: '', label: w.all }, ...w.results]}
          onValue={set('result')}
          data-testid="audit-result"
        />
      ) : null}
      {has('ip') ? (
        <TextField
          label={w.ip}
          value={value.ip}
          onValue={set('ip')}
          error={at('ip')}
          autoComplete="off"
          data-testid="audit-ip"
        />
      ) : null}
    </>
  )
}
