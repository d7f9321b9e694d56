import { Button } from '../../parts/Button'
import { isolate } from '../../text/isolate'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import type { Link } from './Link'
import type { Household } from './useHousehold'

interface Props {
  household: Household
  links: readonly Link[]
  edit: boolean
  onOpen: (id: string) => void
}

/** The エコマップ in words, and the way to put it right. */
export function LinkList({ household, links, edit, onOpen }: Props) {
  const w = words.household.ecomap
  const line = (l: Link) => {
    const from = l.person ? personLabel(household.page.persons, l.person) : w.family
    const to = household.agencyName(l.agency) || isolate(l.name) || w.blank
    const kind = w.kinds.find(([k]) => k === l.kind)?.[1] ?? ''
    return w.line(from, to, kind, l.flow ? (w.flows.find(([f]) => f === l.flow)?.[1] ?? '') : '')
  }
  return (
    <section className="card stack-s" aria-label={w.links}>
      <h3>{w.links}</h3>
      {links.length ? null : <p className="soft">{w.empty}</p>}
      <ul className="list household-links">
        {links.map(l => (
          <li key={l.id} className="between">
            <bdi dir="ltr">{line(l)}</bdi>
            {edit ? (
              <Button small kind="text" aria-label={`${line(l)}：${words.household.edit}`} onClick={() => onOpen(l.id)}>
                {words.household.edit}
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  )
}
