import { Button } from '../../parts/Button'
import { isolate } from '../../text/isolate'
import { words } from '../../words'
import type { Relative, Tie } from './Relative'
import type { useFamily } from './useFamily'

interface Props {
  family: ReturnType<typeof useFamily>
  onOpen: (id: string) => void
}

/** The drawing in words: who belongs to whom, for who reads it by ear, and the way to put it right. */
export function TieList({ family, onOpen }: Props) {
  const w = words.household.genogram
  const name = (id: string) => family.people.find(p => p.id === id)?.name ?? words.household.nobody
  const line = (t: Tie) => {
    const kind = w.kinds.find(([k]) => k === t.kind)?.[1] ?? ''
    return t.kind === 'child' || t.kind === 'adopted'
      ? w.parentOf(name(t.a), name(t.b), kind)
      : w.between(name(t.a), name(t.b), kind)
  }
  const unfinished = family.rows.filter(r => !family.ties.some(t => t.id === r.id))
  return (
    <div className="household-lists">
      <section className="card stack-s" aria-label={w.ties}>
        <h3>{w.ties}</h3>
        {family.rows.length ? null : <p className="soft">{w.noTies}</p>}
        <ul className="list">
          {family.ties.map(t => (
            <Line key={t.id} label={line(t)} edit={family.edit} onOpen={() => onOpen(t.id)} />
          ))}
          {unfinished.map(r => (
            <Line key={r.id} label={words.household.nobody} edit={family.edit} onOpen={() => onOpen(r.id)} />
          ))}
        </ul>
      </section>
      <section className="card stack-s" aria-label={w.people}>
        <h3>{w.people}</h3>
        <ul className="list">
          {family.people.map(p => (
            <Line
              key={p.id}
              label={about(p)}
              edit={family.edit && family.kin.some(k => k.id === p.id)}
              onOpen={() => onOpen(p.id)}
            />
          ))}
        </ul>
      </section>
    </div>
  )
}

function about(p: Relative): string {
  const w = words.household.genogram
  const parts = [p.relation, w.sexes.find(([s]) => s === p.sex)?.[1], p.dead ? w.dead : '', p.home ? w.home : '']
  return w.person(isolate(p.name), parts.filter(Boolean).join('・'))
}

function Line({ label, edit, onOpen }: { label: string; edit: boolean; onOpen: () => void }) {
  return (
    <li className="between">
      <bdi dir="ltr">{label}</bdi>
      {edit ? (
        <Button small kind="text" aria-label={`${label}：${words.household.edit}`} onClick={onOpen}>
          {words.household.edit}
        </Button>
      ) : null}
    </li>
  )
}
