import { useState } from 'react'
import type { Amendment, FormDraft } from '../../api/forms'
import { useCodes } from '../../app/useCodes'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import type { SheetField } from '../cases/SheetDefinition'
import './forms.css'
import { isOwn, withoutField } from './change'
import { FieldDialog } from './FieldDialog'

interface Props {
  draft: FormDraft
  onApply: (c: Amendment) => Promise<void>
}

interface Editing {
  section: string
  field: SheetField | null
}

/** The fields of one form, section by section. */
export function FieldsTab({ draft, onApply }: Props) {
  const [id, setForm] = useState(draft.set.forms[0]?.id ?? '')
  const [editing, setEditing] = useState<Editing | null>(null)
  const { submit, error } = useSubmit()
  const items = useCodes('item')
  const w = words.forms
  const form = draft.set.forms.find(f => f.id === id)
  if (!form) return null
  const typeOf = (f: SheetField) => w.types.find(t => t.value === f.type)?.label ?? w.signature
  return (
    <div className="stack">
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <SelectField
        label={w.form}
        value={id}
        options={draft.set.forms.map(f => ({ value: f.id, label: f.title }))}
        onValue={setForm}
        data-testid="forms-form"
      />
      {form.sections.map(s => (
        <section key={s.id} className="stack-s forms-fields" aria-label={s.title}>
          <Table caption={s.title} head={Object.values(w.head)}>
            {s.fields.map(f => (
              <tr key={f.id} data-testid={`field-${f.id}`}>
                <th scope="row">
                  {f.label} {isOwn(f.id) ? <Chip tone="key">{w.own}</Chip> : null}
                  {!isOwn(f.id) && draft.change.changes.some(c => c.id === f.id && !c.retired) ? (
                    <Chip>{w.changed}</Chip>
                  ) : null}
                  {f.retired ? <Chip tone="warn">{w.retired}</Chip> : null}
                </th>
                <td>{f.from ? w.copied : typeOf(f)}</td>
                <td>{items.find(i => i.code === f.item)?.label ?? f.item}</td>
                <td>{w.owners.find(o => o.value === f.owner)?.label}</td>
                <td>
                  {f.required ? <Chip>{w.required}</Chip> : null} {f.stateReport ? <Chip>{w.stateReport}</Chip> : null}
                </td>
                <td>
                  <div className="row">
                    <Button
                      small
                      onClick={() => setEditing({ section: s.id, field: f })}
                      aria-label={w.editThis(f.label)}
                      data-testid={`field-edit-${f.id}`}
                    >
                      {w.edit}
                    </Button>
                    {isOwn(f.id) && !draft.bound.includes(f.id) ? (
                      <Button
                        small
                        onClick={() => void submit(() => onApply(withoutField(draft.change, f.id)))}
                        aria-label={w.removeThis(f.label)}
                      >
                        {w.remove}
                      </Button>
                    ) : null}
                  </div>
                </td>
              </tr>
            ))}
          </Table>
          <div className="row">
            <Button
              small
              onClick={() => setEditing({ section: s.id, field: null })}
              aria-label={w.addTo(s.title)}
              data-testid={`field-add-${s.id}`}
            >
              ＋ {w.add}
            </Button>
          </div>
        </section>
      ))}
      {editing ? (
        <FieldDialog
          draft={draft}
          form={form}
          section={editing.section}
          field={editing.field}
          items={items.map(i => ({ value: i.code, label: i.label }))}
          onClose={() => setEditing(null)}
          onApply={async c => {
            await onApply(c)
            setEditing(null)
          }}
        />
      ) : null}
    </div>
  )
}
