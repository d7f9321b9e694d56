import type { Amendment, FormDraft } from '../../api/forms'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Dialog } from '../../parts/Dialog'
import type { Option } from '../../parts/Option'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { SheetDefinition, SheetField } from '../cases/SheetDefinition'
import { isOwn, lastPart } from './change'
import { isChoice, isProse, NEW_LIST, useFieldDraft } from './useFieldDraft'

interface Props {
  draft: FormDraft
  form: SheetDefinition
  section: string
  /** null: a new one. */
  field: SheetField | null
  items: readonly Option[]
  onClose: () => void
  onApply: (c: Amendment) => Promise<void>
}

/** One field: a new one with everything, or how one is shown. */
export function FieldDialog({ draft, form, section, field, items, onClose, onApply }: Props) {
  const { d, set, change } = useFieldDraft(draft, form, section, field)
  const { submit, busy, error } = useSubmit()
  const w = words.forms
  const open = !field || (isOwn(field.id) && !draft.bound.includes(field.id))
  const part = error ? lastPart(error.field) : ''
  const shown = ['label', 'help', 'type', 'item', 'owner', 'codes', 'title', 'max', 'unit', 'section', 'effectiveFrom']
  const at = (key: string) => (error && part === key ? error.message : undefined)
  const save = () => void submit(() => onApply(change()))
  return (
    <Dialog
      title={field ? w.dialogEdit : w.dialogAdd}
      onClose={onClose}
      onCtrlEnter={save}
      data-testid="field-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="field-save">
            {w.put}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error && (part === 'effectiveFrom' || part === 'section' || !shown.includes(part)) ? (
          <Banner tone="bad" title={error.message} />
        ) : null}
        <TextField
          label={w.label}
          value={d.label}
          onValue={label => set({ label })}
          error={at('label')}
          required
          data-testid="field-label"
        />
        <TextField label={w.help} value={d.help} onValue={help => set({ help })} error={at('help')} />
        {open ? (
          <OpenParts d={d} set={set} draft={draft} form={form} section={section} items={items} at={at} />
        ) : (
          <p className="soft">{w.fixed}</p>
        )}
        <Check label={w.markRequired} checked={d.required} onValue={required => set({ required })} />
        <Check label={w.markReport} checked={d.stateReport} onValue={stateReport => set({ stateReport })} />
        {field ? (
          <Check
            label={w.retire}
            checked={d.retired}
            onValue={retired => set({ retired })}
            data-testid="field-retire"
          />
        ) : null}
      </div>
    </Dialog>
  )
}

type Draft = ReturnType<typeof useFieldDraft>['d']

interface OpenProps extends Pick<Props, 'draft' | 'form' | 'section' | 'items'> {
  d: Draft
  set: (part: Partial<Draft>) => void
  at: (key: string) => string | undefined
}

/** What is fixed once the field applies. */
function OpenParts({ d, set, draft, form, section, items, at }: OpenProps) {
  const w = words.forms
  const lists = draft.set.lists.map(l => ({ value: l.id, label: l.title }))
  const before = form.sections.find(s => s.id === section)?.fields.filter(f => f.id !== d.id) ?? []
  return (
    <>
      <div className="form-grid">
        <SelectField
          label={w.type}
          value={d.type}
          options={w.types}
          onValue={type => set({ type })}
          error={at('type')}
          data-testid="field-type"
        />
        <SelectField
          label={w.owner}
          value={d.owner}
          options={w.owners}
          onValue={owner => set({ owner })}
          error={at('owner')}
        />
      </div>
      <SelectField
        label={w.item}
        value={d.item}
        options={items}
        onValue={item => set({ item })}
        error={at('item')}
        data-testid="field-item"
      />
      {isChoice(d.type) ? (
        <>
          <SelectField
            label={w.list}
            value={d.codes}
            options={[{ value: NEW_LIST, label: w.newList }, ...lists]}
            onValue={codes => set({ codes })}
            error={d.codes === NEW_LIST ? undefined : at('codes')}
            data-testid="field-list"
          />
          {d.codes === NEW_LIST ? (
            <>
              <TextField
                label={w.listTitle}
                value={d.listTitle}
                onValue={listTitle => set({ listTitle })}
                error={at('title')}
                required
                data-testid="field-list-title"
              />
              <TextArea
                label={w.listCodes}
                value={d.listCodes}
                onValue={listCodes => set({ listCodes })}
                error={at('codes')}
                required
                rows={4}
                data-testid="field-list-codes"
              />
            </>
          ) : null}
        </>
      ) : null}
      <div className="form-grid">
        {isProse(d.type) ? (
          <TextField
            label={w.max}
            value={d.max}
            onValue={max => set({ max })}
            error={at('max')}
            inputMode="numeric"
            required
          />
        ) : null}
        {d.type === 'int' ? (
          <TextField label={w.unit} value={d.unit} onValue={unit => set({ unit })} error={at('unit')} />
        ) : null}
        <SelectField
          label={w.after}
          value={d.after}
          options={[{ value: '', label: w.atEnd }, ...before.map(f => ({ value: f.id, label: f.label }))]}
          onValue={after => set({ after })}
        />
      </div>
    </>
  )
}
