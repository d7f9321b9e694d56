import { useState } from 'react'
import type { CaseMember, Person } from '../../api/cases'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { ConsentStrip } from './ConsentStrip'

interface Props {
  caseId: string
  persons: readonly Person[]
  agencies: readonly Pick<CaseMember, 'agencyId' | 'name' | 'short'>[]
  /** Meeting in whose context it is asked, '' outside of any. */
  meeting?: string
}

/** A row of agencies; pressing one shows what that agency sees. */
export function AgencyView({ caseId, persons, agencies, meeting = '' }: Props) {
  const [agency, setAgency] = useState('')
  const w = words.consent
  const chosen = agencies.find(a => a.agencyId === agency)
  return (
    <section className="card stack-s" aria-labelledby="strip-title">
      <h2 id="strip-title">{w.strip}</h2>
      <div className="row">
        {agencies.map(a => (
          <Button
            key={a.agencyId}
            small
            aria-pressed={a.agencyId === agency}
            onClick={() => setAgency(x => (x === a.agencyId ? '' : a.agencyId))}
            data-testid={`view-${a.agencyId}`}
          >
            {a.short || a.name}
          </Button>
        ))}
      </div>
      {chosen ? (
        <ConsentStrip
          caseId={caseId}
          meeting={meeting}
          agency={agency}
          agencyName={chosen.name}
          title={w.stripFor(chosen.name)}
          persons={persons}
        />
      ) : null}
    </section>
  )
}
