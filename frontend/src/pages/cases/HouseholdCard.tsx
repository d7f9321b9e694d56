import { useState } from 'react'
import { Link } from 'wouter'
import type { Person } from '../../api/cases'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { PersonDialog } from './PersonDialog'
import { PersonLine } from './PersonLine'

interface Props {
  caseId: string
  persons: readonly Person[]
  mayEdit: boolean
  onChanged: () => Promise<void>
}

/** 世帯員 of the case. */
export function HouseholdCard({ caseId, persons, mayEdit, onChanged }: Props) {
  const [editing, setEditing] = useState<Person | 'new' | null>(null)
  const w = words.cases
  return (
    <section className="card stack-s" aria-labelledby="persons-title">
      <div className="between">
        <h2 id="persons-title">{w.household}</h2>
        {mayEdit ? (
          <Button small onClick={() => setEditing('new')} data-testid="person-new">
            {w.addPerson}
          </Button>
        ) : null}
      </div>
      {persons.map(p => (
        <div key={p.id} className="between person-line">
          <PersonLine person={p} />
          {mayEdit && (p.name || p.alias) ? (
            <div className="row">
              <Link
                href={`/cases/${caseId}/persons/${p.id}/seen`}
                aria-label={words.audit.whoOf(p.name || p.alias || '')}
                data-testid={`seen-${p.id}`}
              >
                {words.audit.who}
              </Link>
              <Button
                small
                kind="text"
                aria-label={`${p.name || p.alias}：${words.admin.edit}`}
                onClick={() => setEditing(p)}
              >
                {words.admin.edit}
              </Button>
            </div>
          ) : null}
        </div>
      ))}
      {editing ? (
        <PersonDialog
          caseId={caseId}
          person={editing === 'new' ? null : editing}
          ord={editing === 'new' ? Math.max(0, ...persons.map(p => p.ord)) + 1 : editing.ord}
          onClose={() => setEditing(null)}
          onSaved={async () => {
            setEditing(null)
            await onChanged()
          }}
        />
      ) : null}
    </section>
  )
}
