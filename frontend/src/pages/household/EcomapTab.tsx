import { useState } from 'react'
import { Withheld } from '../../live/Withheld'
import { Button } from '../../parts/Button'
import { ordBetween } from '../../text/ordBetween'
import { rowId } from '../../text/rowId'
import type { Scalar } from '../../text/SharedValues'
import { words } from '../../words'
import { mayWrite } from '../plan/mayWrite'
import { mergeRows } from '../plan/mergeRows'
import type { PlanRow } from '../plan/PlanRow'
import { type Removed, RemovedNotice } from '../plan/RemovedNotice'
import { useRowAdder } from '../plan/useRowAdder'
import { EcomapDrawing } from './EcomapDrawing'
import type { Link } from './Link'
import { LinkDialog } from './LinkDialog'
import { LinkList } from './LinkList'
import { familyEntry } from './useFamily'
import type { Household } from './useHousehold'
import { useTexts } from './useTexts'

interface Props {
  household: Household
}

const HERE = { personId: '', item: 'family' }

/** エコマップ: the household and what it has to do with, drawn from the list of links. */
export function EcomapTab({ household }: Props) {
  const { page, entries } = household
  const w = words.household.ecomap
  const entry = familyEntry(entries)
  const rows = mergeRows(entry ? [entry] : [], 'link')
  const texts = useTexts(rows, 'link')
  const [open, setOpen] = useState('')
  const [seen, setSeen] = useState('')
  const [removed, setRemoved] = useState<Removed | null>(null)
  const adder = useRowAdder('section', page.case.id, entries, page.sections, household.reload)
  if (adder.added && adder.added !== seen) {
    setSeen(adder.added)
    setOpen(adder.added)
  }
  if (!entry)
    return (
      <Withheld label={w.label} reason={page.sections.find(s => !s.personId && s.item === 'family')?.reasonLabel} />
    )
  const links = rows.map(r => linkOf(r, texts.get(r.id) ?? ''))
  const missing = page.members.filter(m => !m.until && !links.some(l => l.agency === m.agencyId)).map(m => m.agencyId)
  const edit = mayWrite(entry)
  const row = rows.find(r => r.id === open)
  const addMembers = () => {
    const values: Record<string, Scalar> = {}
    let ord = rows.at(-1)?.ord ?? ''
    for (const agency of missing) {
      const at = `link/${rowId()}/`
      ord = ordBetween(ord, '')
      Object.assign(values, { [`${at}ord`]: ord, [`${at}agency`]: agency, [`${at}kind`]: 'plain' })
    }
    entry.slot.doc?.values.set(values)
  }
  return (
    <div className="stack">
      {edit ? (
        <div className="toolbar no-print">
          <Button busy={adder.busy} onClick={() => adder.add('link', HERE, { kind: 'plain' })} data-testid="add-link">
            ＋ {w.add}
          </Button>
          {missing.length ? (
            <Button onClick={addMembers} data-testid="add-members">
              {w.addMembers}
            </Button>
          ) : null}
          <RemovedNotice removed={removed} onUndo={() => setRemoved(null)} />
        </div>
      ) : null}
      <EcomapDrawing household={household} links={links} />
      <LinkList household={household} links={links} edit={edit} onOpen={setOpen} />
      {row && edit ? (
        <LinkDialog
          household={household}
          row={row}
          onClose={() => setOpen('')}
          onRemoved={() => {
            setRemoved({ kind: 'link', row, name: w.links })
            setOpen('')
          }}
        />
      ) : null}
    </div>
  )
}

function linkOf(row: PlanRow, name: string): Link {
  const v = (key: string) => String(row.doc.values.get(`link/${row.id}/${key}`) ?? '')
  return {
    id: row.id,
    person: v('person'),
    agency: v('agency'),
    name,
    kind: (v('kind') || 'plain') as Link['kind'],
    flow: v('flow') as Link['flow'],
  }
}
