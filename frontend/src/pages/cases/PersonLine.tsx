import type { Person } from '../../api/cases'
import { showDate } from '../../dates/showDate'
import { Withheld } from '../../live/Withheld'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  person: Person
}

/** A reading stands over its name only where both have room on one line: what stands over something cannot be broken. */
const LONG = 30

/** One 世帯員 on the case page, or that the name may not be seen. */
export function PersonLine({ person: p }: Props) {
  const w = words.cases
  const name = p.name || p.alias
  if (!name || p.withheld || p.hidden) {
    return (
      <div className="person-words">
        <strong>{w.hiddenName(p.initial || '？')}</strong>
        {p.subject ? <Chip tone="key">{w.subjectChip}</Chip> : null}
        <Withheld reason={p.reasonLabel} />
      </div>
    )
  }
  return (
    <div className="person-words">
      {Math.max(name.length, p.kana.length) > LONG ? (
        <>
          <strong>{name}</strong>
          <span className="soft">{p.kana}</span>
        </>
      ) : (
        <ruby>
          <strong>{name}</strong>
          <rp>（</rp>
          <rt>{p.kana}</rt>
          <rp>）</rp>
        </ruby>
      )}
      {p.relation ? <Chip>{p.relation}</Chip> : null}
      {p.subject ? <Chip tone="key">{w.subjectChip}</Chip> : null}
      {p.addressSecret ? <Chip tone="bad">{w.addressSecretChip}</Chip> : null}
      <span className="soft">{[p.birth ? showDate(p.birth) : '', p.sex].filter(Boolean).join('　')}</span>
    </div>
  )
}
