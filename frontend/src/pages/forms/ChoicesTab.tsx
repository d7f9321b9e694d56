import { useState } from 'react'
import type { Amendment, FormCode, FormDraft } from '../../api/forms'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import './forms.css'
import './forms.css'
import { isOwn, newId, withCodes } from './change'

interface Props {
  draft: FormDraft
  onApply: (c: Amendment) => Promise<void>
}

/** The choices of one list. */
export function ChoicesTab({ draft, onApply }: Props) {
  const lists = [...draft.open, ...draft.set.lists.filter(l => isOwn(l.id))]
  const [id, setList] = useState(lists[0]?.id ?? '')
  const w = words.forms
  const list = draft.set.lists.find(l => l.id === id)
  return (
    <div className="stack">
      <p className="soft">{w.choicesLead}</p>
      <SelectField
        label={w.list}
        value={id}
        options={lists.map(l => ({ value: l.id, label: l.title }))}
        onValue={setList}
        data-testid="choices-list"
      />
      {list ? (
        <Choices key={list.id} draft={draft} id={list.id} title={list.title} start={list.codes} onApply={onApply} />
      ) : null}
    </div>
  )
}

interface ChoicesProps extends Props {
  id: string
  title: string
  start: readonly FormCode[]
}

function Choices({ draft, id, title, start, onApply }: ChoicesProps) {
  const [codes, setCodes] = useState<readonly FormCode[]>(start)
  const [done, setDone] = useState(false)
  const { submit, busy, error } = useSubmit()
  const w = words.forms
  const put = (i: number, part: Partial<FormCode>) => {
    setDone(false)
    setCodes(list => list.map((c, k) => (k === i ? { ...c, ...part } : c)))
  }
  const save = () =>
    void submit(async () => {
      await onApply(withCodes(draft.change, draft.open.find(l => l.id === id) ?? null, id, title, codes))
      setDone(true)
    })
  const at = (i: number) => (error?.field.endsWith(`/codes/${i}`) ? error.message : undefined)
  return (
    <section className="card stack-s" aria-label={w.choicesOf(title)}>
      {error && !codes.some((_, i) => at(i)) ? <Banner tone="bad" title={error.message} /> : null}
      {done ? <Banner tone="good" title={w.choicesIn} data-testid="choices-said" /> : null}
      {codes.map((c, i) => (
        <div key={c.code} className="row choice-row">
          <TextField
            label={w.choice(i + 1)}
            value={c.label}
            onValue={label => put(i, { label })}
            error={at(i)}
            data-testid={`choice-${i}`}
          />
          <Check
            label={w.use}
            aria-label={`${c.label} ${w.use}`}
            checked={!c.retired}
            onValue={on => put(i, { retired: !on })}
          />
          {isOwn(c.code) && !draft.bound.includes(c.code) ? (
            <Button
              small
              aria-label={w.dropChoice(c.label)}
              onClick={() => setCodes(list => list.filter(x => x.code !== c.code))}
            >
              {w.remove}
            </Button>
          ) : null}
        </div>
      ))}
      <div className="row">
        <Button onClick={() => setCodes(list => [...list, { code: newId(), label: '' }])} data-testid="choice-add">
          ＋ {w.addChoice}
        </Button>
        <Button kind="solid" busy={busy} onClick={save} data-testid="choices-save">
          {w.putChoices}
        </Button>
      </div>
    </section>
  )
}
