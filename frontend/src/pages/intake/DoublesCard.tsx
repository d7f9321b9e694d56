import { Link } from 'wouter'
import type { Found } from '../../api/intake'
import { useLoad } from '../../app/useLoad'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

/** 重複のおそれ, for who holds the record. Without any there is nothing to see. */
export function DoublesCard({ caseId }: { caseId: string }) {
  const { data } = useLoad<Found>(`/cases/${caseId}/doubles`)
  const w = words.intake
  if (!data?.count) return null
  return (
    <Banner tone="warn" title={w.doubles(data.count)} data-testid="doubles">
      <ul className="list">
        {data.lines.map(l => (
          <li key={l.caseId} className="row">
            <Link href={`/cases/${l.caseId}`}>{l.number}</Link>
            <span>{l.name}</span>
            <Chip tone="key">{l.stageLabel}</Chip>
            <span className="soft">{l.why.join('、')}</span>
          </li>
        ))}
      </ul>
      <p>{w.doublesHint}</p>
    </Banner>
  )
}
