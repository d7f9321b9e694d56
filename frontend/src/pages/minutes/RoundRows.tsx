import type { Room } from '../../api/meeting'
import type { DocEntry } from '../../live/useSlots'
import { Button } from '../../parts/Button'
import { ordBetween } from '../../text/ordBetween'
import { rowId } from '../../text/rowId'
import type { Scalar } from '../../text/SharedValues'
import { words } from '../../words'
import { mayWrite } from '../plan/mayWrite'
import type { PlanRow } from '../plan/PlanRow'
import type { Place } from '../plan/useRowAdder'

interface Props {
  room: Room
  entries: readonly DocEntry[]
  place: Place
  /** Rows of 発言要旨 that are there. */
  rows: readonly PlanRow[]
}

/** A row of 発言要旨 for each agency that is here and has none yet, in the order of the round: the recorder only writes. */
export function RoundRows({ room, entries, place, rows }: Props) {
  const entry = entries.find(e => e.ref.personId === place.personId && e.ref.item === place.item)
  const missing = missingAgencies(room, rows)
  if (!entry || !mayWrite(entry) || !missing.length) return null
  const add = () => {
    const values: Record<string, Scalar> = {}
    let ord = rows.at(-1)?.ord ?? ''
    for (const agency of missing) {
      const at = `speech/${rowId()}/`
      ord = ordBetween(ord, '')
      Object.assign(values, { [`${at}ord`]: ord, [`${at}agency`]: agency })
    }
    entry.slot.doc?.values.set(values)
  }
  return (
    <p className="no-print">
      <Button small onClick={add} data-testid="speech-round">
        {words.meeting.speechRound(missing.length)}
      </Button>
    </p>
  )
}

function missingAgencies(room: Room, rows: readonly PlanRow[]): string[] {
  const said = new Set(rows.map(r => r.doc.values.get(`speech/${r.id}/agency`)))
  const order = (room.during.turns?.order ?? []).map(t => t.agencyId)
  const here = room.seats.filter(s => s.attended && !s.observer).map(s => s.agencyId)
  return [...order.filter(id => here.includes(id)), ...here.filter(id => !order.includes(id))].filter(
    id => !said.has(id),
  )
}
