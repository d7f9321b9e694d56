import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/api'
import type { CaseMember, DocRef, Person } from '../../api/cases'
import { useActor } from '../../app/useActor'
import { useSubmit } from '../../app/useSubmit'
import { Withheld } from '../../live/Withheld'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { personLabel } from './personLabel'
import { SectionDialog } from './SectionDialog'
import { SheetPapers } from './SheetPapers'

interface Props {
  caseId: string
  persons: readonly Person[]
  sections: readonly DocRef[]
  openedOn: string
  members: readonly CaseMember[]
  /** Read by 緊急時の閲覧: no paper is made. */
  glass: boolean
  reload: () => Promise<void>
}

/** The records of the household, one document per person and item of information. */
export function SectionsCard({ caseId, persons, sections, openedOn, members, glass, reload }: Props) {
  const [open, setOpen] = useState<DocRef | null>(null)
  const [who, setWho] = useState('')
  const [item, setItem] = useState('')
  const { submit, busy, error } = useSubmit()
  const w = words.cases
  const { roles } = useActor()
  const owners = [...persons.map(p => p.id), '']
  const groups = owners.map(id => ({ id, list: sections.filter(s => s.personId === id) })).filter(g => g.list.length)
  const mayAdd = sections.some(s => s.write)
  const add = () =>
    void submit(async () => {
      const ref = await api.post<DocRef>('/docs', {
        kind: 'section',
        caseId,
        ownerId: who || caseId,
        personId: who,
        item,
      })
      await reload()
      if (ref.read) setOpen({ ...ref, itemLabel: ref.itemLabel || ref.label || '' })
    })
  return (
    <section className="card stack-s" aria-labelledby="sections-title">
      <div className="between">
        <h2 id="sections-title">{w.sectionTitle}</h2>
        {glass ? null : (
          <span className="row">
            <SheetPapers caseId={caseId} openedOn={openedOn} members={members} />
            {roles.includes('secretariat') || roles.includes('city') ? (
              <Link className="button" data-small href={`/cases/${caseId}/papers`} data-testid="case-papers-link">
                {words.copies.ofCase.open}
              </Link>
            ) : null}
          </span>
        )}
      </div>
      <p className="soft">{w.sectionHint}</p>
      {groups.map(g => (
        <div key={g.id} className="row">
          <strong>{personLabel(persons, g.id)}</strong>
          {g.list.map(s =>
            s.read ? (
              <Button
                key={s.item}
                small
                onClick={() => setOpen(s)}
                data-testid={`section-${g.id || 'household'}-${s.item}`}
              >
                {s.itemLabel || s.label}
                {s.notToPerson ? `（${words.guard.notToPerson}）` : ''}
              </Button>
            ) : (
              <Withheld key={s.item} label={s.itemLabel || s.label} reason={s.reasonLabel} />
            ),
          )}
        </div>
      ))}
      {mayAdd ? (
        <details className="disclosure">
          <summary>{w.addSection}</summary>
          <div className="toolbar">
            <SelectField
              label={words.plan.person}
              value={who}
              options={[
                { value: '', label: words.form.choose },
                ...persons.map(p => ({ value: p.id, label: personLabel(persons, p.id) })),
              ]}
              onValue={setWho}
            />
            <SelectField
              label={words.plan.item}
              value={item}
              options={[
                { value: '', label: words.form.choose },
                ...words.plan.items.map(([value, label]) => ({ value, label })),
              ]}
              onValue={setItem}
              error={error?.message}
            />
            <Button onClick={add} busy={busy} why={who && item ? undefined : words.form.chosen(words.plan.personItem)}>
              {words.form.add}
            </Button>
          </div>
        </details>
      ) : null}
      {open ? (
        <SectionDialog
          caseId={caseId}
          openedOn={openedOn}
          section={open}
          persons={persons}
          title={w.forPerson(personLabel(persons, open.personId), open.itemLabel || open.label || '')}
          onClose={() => setOpen(null)}
        />
      ) : null}
    </section>
  )
}
