import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { Agency } from '../../api/session'
import { showFirstError } from '../../app/showFirstError'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { parseDate } from '../../dates/parseDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { words } from '../../words'
import type { PersonDraft } from './PersonDraft'
import { PersonFields } from './PersonFields'

const person = (subject: boolean): PersonDraft => ({
  name: '',
  kana: '',
  relation: subject ? words.cases.relations[0] : '',
  birth: '',
  sex: '',
  subject,
  addressSecret: false,
})

/** 受付: a new case with its household and the first agencies. */
export function NewCasePage() {
  const [persons, setPersons] = useState([{ key: 1, draft: person(true) }])
  const [agencies, setAgencies] = useState<string[]>([])
  const [errors, setErrors] = useState<Record<number, Record<string, string>>>({})
  const [formError, setFormError] = useState('')
  const known = useLoad<{ agencies: Agency[] }>('/agencies')
  const { submit, busy, error } = useSubmit()
  const [, go] = useLocation()
  const w = words.cases

  const check = (): boolean => {
    const found: Record<number, Record<string, string>> = {}
    for (const { key, draft } of persons) {
      const e: Record<string, string> = {}
      if (!draft.name.trim()) e.name = w.needName
      if (!draft.kana.trim()) e.kana = w.needKana
      if (draft.birth && !parseDate(draft.birth) && !/^\d{4}(-\d{2})?$/.test(draft.birth))
        e.birth = words.date.unreadable
      if (Object.keys(e).length) found[key] = e
    }
    setErrors(found)
    const subject = persons.some(p => p.draft.subject)
    setFormError(subject ? '' : w.needSubject)
    return subject && !Object.keys(found).length
  }

  const send = (e: FormEvent) => {
    e.preventDefault()
    if (!check()) return showFirstError()
    void submit(async () => {
      const body = persons.map(({ draft }, i) => ({
        ...draft,
        ord: i + 1,
        birth: parseDate(draft.birth) ?? draft.birth,
      }))
      const made = await api.post<{ id: string }>('/cases', { persons: body, agencies })
      go(`/cases/${made.id}`)
    })
  }

  return (
    <form className="page stack" onSubmit={send} noValidate>
      <p className="crumbs">
        <Link href="/cases">{w.title}</Link>
      </p>
      <h1>{w.newTitle}</h1>
      {error || formError ? <Banner tone="bad" title={formError || error?.message || ''} /> : null}
      <h2>{w.household}</h2>
      {persons.map(({ key, draft }, i) => (
        <PersonFields
          key={key}
          n={i + 1}
          value={draft}
          errors={errors[key] ?? {}}
          onValue={next => setPersons(list => list.map(p => (p.key === key ? { key, draft: next } : p)))}
          onRemove={persons.length > 1 ? () => setPersons(list => list.filter(p => p.key !== key)) : undefined}
        />
      ))}
      <div>
        <Button
          onClick={() =>
            setPersons(list => [...list, { key: Math.max(...list.map(p => p.key)) + 1, draft: person(false) }])
          }
          data-testid="add-person"
        >
          {w.addPerson}
        </Button>
      </div>
      <Group label={w.members} hint={w.membersHint}>
        {(known.data?.agencies ?? [])
          .filter(a => a.active)
          .map(a => (
            <Check
              key={a.id}
              label={a.name}
              checked={agencies.includes(a.id)}
              onValue={on => setAgencies(list => (on ? [...list, a.id] : list.filter(x => x !== a.id)))}
              data-testid={`agency-${a.short}`}
            />
          ))}
      </Group>
      <div className="row">
        <Button type="submit" kind="solid" busy={busy} data-testid="create-case">
          {w.open}
        </Button>
      </div>
    </form>
  )
}
