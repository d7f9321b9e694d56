import type { Person } from '../../api/cases'
import type { ConsentView } from '../../api/consent'
import { useLoad } from '../../app/useLoad'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import { SeenCase } from './SeenCase'

interface Props {
  caseId: string
  meeting: string
  agency: string
  agencyName: string
  title: string
  persons: readonly Person[]
}

/** What one agency may see: a chip per item, in words. */
export function ConsentStrip({ caseId, meeting, agency, agencyName, title, persons }: Props) {
  const query = new URLSearchParams({ agency, meeting })
  const { data, error } = useLoad<ConsentView>(`/cases/${caseId}/view?${query}`)
  const w = words.consent
  if (error) return <Banner tone="bad" title={error.message} />
  return (
    <div className="stack-s" data-testid="consent-strip" aria-live="polite">
      <h3>{title}</h3>
      {(data?.persons ?? []).map(p => (
        <div key={p.personId} className="row">
          <strong>{p.name || personLabel(persons, p.personId)}</strong>
          {p.items.map(i => (
            <Chip key={i.item} tone={i.allow ? 'good' : 'plain'} title={i.reasonLabel}>
              <span aria-hidden="true">{i.allow ? '○' : '⊘'}</span>
              {i.label}
              <span className="sr-only">
                ：{i.allow ? w.allowed : w.denied}（{i.reasonLabel}）
              </span>
            </Chip>
          ))}
        </div>
      ))}
      {data?.seen ? <SeenCase agency={agencyName} seen={data.seen} /> : null}
    </div>
  )
}
