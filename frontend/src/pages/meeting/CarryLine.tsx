import { useId } from 'react'
import type { CarryRow } from '../../api/carry'
import type { Seat } from '../../api/meeting'
import { Check } from '../../parts/Check'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  row: CarryRow
  seats: readonly Seat[]
  checked: boolean
  onValue: (on: boolean) => void
}

/** A row with its item and who will see it. What cannot be chosen has no box: it says why in its place. */
export function CarryLine({ row, seats, checked, onValue }: Props) {
  const id = useId()
  const w = words.carry
  const off = row.carried || row.why !== ''
  const names = seats.filter(s => row.sees.includes(s.agencyId)).map(s => s.short || s.name)
  return (
    <li className="stack-s" data-testid={`carry-row-${row.row}`}>
      {off ? (
        <p className="carry-text">{row.text}</p>
      ) : (
        <Check
          label={<span className="carry-text">{row.text}</span>}
          checked={checked}
          onValue={onValue}
          aria-describedby={id}
          data-testid={`carry-pick-${row.row}`}
        />
      )}
      <div className="row" id={id}>
        <Chip>{row.kindLabel}</Chip>
        <Chip tone="key">{row.itemLabel}</Chip>
        {row.agency ? <span className="soft">{w.from(row.agency)}</span> : null}
        {row.carried ? <Chip tone="good">{w.carried}</Chip> : null}
        {row.why && !row.carried ? <Chip tone="bad">{w.blocked}</Chip> : null}
        {off ? null : names.length ? (
          <>
            <span className="soft">{w.sees}</span>
            {names.map(n => (
              <Chip key={n} tone="layered">
                {n}
              </Chip>
            ))}
          </>
        ) : (
          <Chip tone="warn">{w.seesNone}</Chip>
        )}
      </div>
      {row.why && !row.carried ? <p>{row.why}</p> : null}
    </li>
  )
}
