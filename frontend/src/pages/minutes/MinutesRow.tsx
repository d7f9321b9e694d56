import type { ReactNode } from 'react'
import { mayWrite } from '../plan/mayWrite'
import { PlaceChip } from '../plan/PlaceChip'
import { RowText } from '../plan/RowText'
import { RowTools } from '../plan/RowTools'
import type { MinutesRowProps } from './MinutesRowProps'

interface Props extends MinutesRowProps {
  kind: string
  name: string
  children?: ReactNode
}

/** A row with one text, and what is beside it. */
export function MinutesRow({ kind, name, rows, row, at, added, onRemoved, persons, children }: Props) {
  return (
    <li className="plan-row" data-testid={`${kind}-${at + 1}`}>
      <strong className="plan-no">{at + 1}</strong>
      <RowText row={row} kind={kind} label={name} autoFocus={added === row.id} testid={`${kind}-${at + 1}-text`} />
      <div className="plan-side">
        <PlaceChip entry={row.entry.ref} persons={persons} />
        {children}
        {mayWrite(row.entry) ? <RowTools kind={kind} rows={rows} at={at} name={name} onRemoved={onRemoved} /> : null}
      </div>
    </li>
  )
}
