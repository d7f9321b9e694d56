import { useEffect, useState } from 'react'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { mayWrite } from '../plan/mayWrite'
import { mergeRows } from '../plan/mergeRows'
import { PlacePicker } from '../plan/PlacePicker'
import type { PlanRow } from '../plan/PlanRow'
import { type Removed, RemovedNotice } from '../plan/RemovedNotice'
import { type Place, useRowAdder } from '../plan/useRowAdder'
import { ChronicleTable } from './ChronicleTable'
import { EventDialog } from './EventDialog'
import type { Household } from './useHousehold'
import { useTexts } from './useTexts'

interface Props {
  household: Household
}

/** 家族年表: what happened to whom, from the facts of all agencies, each with its source. */
export function ChronicleTab({ household }: Props) {
  const { page, entries, want } = household
  const w = words.household.chronicle
  const rows = byTime(mergeRows(entries, 'event'))
  const texts = useTexts(rows, 'event')
  const [place, setPlace] = useState<Place>({ personId: '', item: 'family' })
  const [open, setOpen] = useState('')
  const [removed, setRemoved] = useState<Removed | null>(null)
  const adder = useRowAdder('section', page.case.id, entries, page.sections, household.reload)
  useEffect(() => {
    if (adder.added) setOpen(adder.added)
  }, [adder.added])
  const row = rows.find(r => r.id === open)
  const edit = page.sections.some(s => s.write)
  const name = (r: PlanRow) => texts.get(r.id) || w.event
  return (
    <div className="stack">
      {edit ? (
        <div className="stack-s no-print">
          <div className="toolbar">
            <PlacePicker persons={page.persons} refs={page.sections} ensure={false} value={place} onValue={setPlace} />
            <Button
              kind="solid"
              busy={adder.busy}
              data-testid="add-event"
              onClick={() => {
                want(place)
                adder.add('event', place)
              }}
            >
              ＋ {w.add}
            </Button>
          </div>
          {adder.error ? <Banner tone="bad" title={adder.error.message} /> : null}
          <RemovedNotice removed={removed} onUndo={() => setRemoved(null)} />
        </div>
      ) : null}
      {page.sections.some(s => !s.read) ? <p className="soft">{w.withheld}</p> : null}
      {rows.length ? (
        <ChronicleTable household={household} rows={rows} texts={texts} onOpen={setOpen} />
      ) : (
        <p className="soft">{w.empty}</p>
      )}
      {row && mayWrite(row.entry) ? (
        <EventDialog
          household={household}
          row={row}
          onClose={() => setOpen('')}
          onRemoved={() => {
            setRemoved({ kind: 'event', row, name: name(row) })
            setOpen('')
          }}
        />
      ) : null}
    </div>
  )
}

/** Oldest first; what has no time comes last. */
function byTime(rows: PlanRow[]): PlanRow[] {
  const when = (r: PlanRow) => String(r.doc.values.get(`event/${r.id}/when`) ?? '') || '9999'
  return rows.sort((a, b) => (when(a) < when(b) ? -1 : when(a) > when(b) ? 1 : 0))
}
