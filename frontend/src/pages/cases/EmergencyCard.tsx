import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/api'
import type { CaseMember, Emergency, Person } from '../../api/cases'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { EmergencyDialog } from './EmergencyDialog'
import { EmergencyLine } from './EmergencyLine'

interface Props {
  caseId: string
  members: readonly CaseMember[]
  persons: readonly Person[]
}

/** 緊急開示 of the case: those that hold, and those that are over. */
export function EmergencyCard({ caseId, members, persons }: Props) {
  const { data, reload } = useLoad<{ emergencies: Emergency[] }>(`/cases/${caseId}/emergencies`)
  const [open, setOpen] = useState(false)
  const { submit, busy, error } = useSubmit()
  const w = words.guard
  const list = data?.emergencies ?? []
  const run = (id: string, deed: 'confirm' | 'end') =>
    void submit(async () => {
      await api.post(`/emergencies/${id}/${deed}`)
      await reload()
    })
  return (
    <section className="card stack-s" aria-labelledby="emergency-title">
      <div className="between">
        <h2 id="emergency-title">{w.emergency}</h2>
        <Button kind="danger" onClick={() => setOpen(true)} data-testid="emergency-begin">
          {w.begin}
        </Button>
      </div>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {list.length ? null : <p className="soft">{w.none}</p>}
      <ul className="list">
        {list.map(e => (
          <EmergencyLine
            key={e.id}
            emergency={e}
            agency={members.find(m => m.agencyId === e.agencyId)?.name ?? ''}
            persons={persons}
            busy={busy}
            onRun={run}
          />
        ))}
      </ul>
      <Link href="/emergencies" className="no-print" data-testid="open-emergencies">
        {w.month}
      </Link>
      {open ? (
        <EmergencyDialog
          caseId={caseId}
          members={members}
          persons={persons}
          onClose={() => setOpen(false)}
          onDone={async () => {
            setOpen(false)
            await reload()
          }}
        />
      ) : null}
    </section>
  )
}
