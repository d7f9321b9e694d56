import { useState } from 'react'
import type { Class, ClassTable } from '../../api/archive'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  table: ClassTable
  onClose: () => void
  onSave: (classes: Class[]) => Promise<void>
}

/** The 文書分類表 being changed; a kind of paper stands in exactly one class. */
export function ClassEditor({ table, onClose, onSave }: Props) {
  const [classes, setClasses] = useState(() => table.classes.map((c, key) => ({ ...c, key })))
  const [next, setNext] = useState(table.classes.length)
  const { submit, busy, error } = useSubmit()
  const w = words.keeping
  const set = (key: number, part: Partial<Class>) =>
    setClasses(list => list.map(c => (c.key === key ? { ...c, ...part } : c)))
  const put = (key: number, kind: string, on: boolean) =>
    setClasses(list =>
      list.map(c => ({
        ...c,
        kinds: on && c.key === key ? [...c.kinds, kind] : c.kinds.filter(k => k !== kind || (!on && c.key !== key)),
      })),
    )
  const add = () => {
    setClasses([...classes, { key: next, id: '', name: '', years: 5, rule: 'fiscal', kinds: [], note: '' }])
    setNext(next + 1)
  }
  const at = (i: number, field: string) => (error?.field === `classes.${i}.${field}` ? error.message : undefined)
  return (
    <div className="stack editing" data-testid="class-editor">
      {error && !/^classes\.\d/.test(error.field) ? <Banner tone="bad" title={error.message} /> : null}
      {classes.map((c, i) => (
        <fieldset key={c.key} className="class-line">
          <legend>{c.name || w.className}</legend>
          <TextField
            label={w.className}
            value={c.name}
            onValue={name => set(c.key, { name })}
            error={at(i, 'name')}
            required
          />
          <SelectField
            label={w.rule}
            value={c.rule}
            options={table.rules.map(r => ({ value: r.id, label: r.name }))}
            onValue={rule => set(c.key, { rule, years: rule === 'permanent' ? 0 : c.years || 5 })}
            error={at(i, 'rule')}
            data-testid={`class-rule-${c.id}`}
          />
          <TextField
            label={w.years}
            inputMode="numeric"
            size={4}
            value={c.rule === 'permanent' ? '' : String(c.years || '')}
            readOnly={c.rule === 'permanent'}
            onValue={v => set(c.key, { years: Number(v.normalize('NFKC').replace(/\D/g, '').slice(0, 3)) })}
            error={at(i, 'years')}
            data-testid={`class-years-${c.id}`}
          />
          <TextField label={w.basis} value={c.note} onValue={note => set(c.key, { note })} />
          <div className="class-kinds">
            {table.kinds.map(k => (
              <Check key={k.id} label={k.name} checked={c.kinds.includes(k.id)} onValue={on => put(c.key, k.id, on)} />
            ))}
            {c.source || c.kinds.some(k => k === 'minutes' || k === 'plan') ? (
              <div>
                <Check
                  label={w.source}
                  checked={c.source ?? false}
                  onValue={source => set(c.key, { source })}
                  aria-describedby={`source-hint-${c.key}`}
                  data-testid={`class-source-${c.id}`}
                />
                <p className="soft" id={`source-hint-${c.key}`}>
                  {w.sourceHint}
                </p>
              </div>
            ) : null}
            {at(i, 'source') ? <span className="field-error">{at(i, 'source')}</span> : null}
            {at(i, 'kinds') ? <span className="field-error">{at(i, 'kinds')}</span> : null}
            <Button
              small
              kind="text"
              onClick={() => setClasses(classes.filter(x => x.key !== c.key))}
              aria-label={w.removeClass(c.name)}
            >
              {words.form.remove}
            </Button>
          </div>
        </fieldset>
      ))}
      <div className="row">
        <Button onClick={add} data-testid="add-class">
          {w.addClass}
        </Button>
        <Button onClick={onClose}>{words.form.cancel}</Button>
        <Button
          kind="solid"
          busy={busy}
          onClick={() => void submit(() => onSave(classes.map(({ key: _, ...c }) => c)))}
          data-testid="save-classes"
        >
          {w.save}
        </Button>
      </div>
    </div>
  )
}
