import { useState } from 'react'
import type { FormDraft } from '../../api/forms'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { PreviewField } from './PreviewField'

interface Props {
  draft: FormDraft
  onClose: () => void
}

/** 見本: a form as it will be filled in; nothing of it is kept. */
export function FormPreview({ draft, onClose }: Props) {
  const [id, setForm] = useState(draft.set.forms[0]?.id ?? '')
  const w = words.forms
  const form = draft.set.forms.find(f => f.id === id)
  return (
    <Dialog title={w.previewTitle(form?.title ?? '')} onClose={onClose} wide data-testid="form-preview">
      <div className="stack">
        <p className="soft">{w.previewNote}</p>
        <SelectField
          label={w.form}
          value={id}
          options={draft.set.forms.map(f => ({ value: f.id, label: f.title }))}
          onValue={setForm}
        />
        {form?.sections.map(s => {
          const fields = s.fields.filter(f => !f.retired && f.type !== 'sig')
          return fields.length ? (
            <section key={s.id} className="stack-s">
              <h3>{s.title}</h3>
              <div className="form-grid">
                {fields.map(f => (
                  <PreviewField
                    key={f.id}
                    field={f}
                    codes={draft.set.lists.find(l => l.id === f.codes)?.codes.filter(c => !c.retired) ?? []}
                  />
                ))}
              </div>
            </section>
          ) : null
        })}
      </div>
    </Dialog>
  )
}
