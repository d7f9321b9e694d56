import { useState } from 'react'
import type { DocRef } from '../../api/cases'
import { useDocsVersion } from '../../live/useDocsVersion'
import { useSlots } from '../../live/useSlots'
import { useText } from '../../live/useText'
import { words } from '../../words'
import { mergeRows } from '../plan/mergeRows'
import type { PlanRow } from '../plan/PlanRow'

interface Props {
  docs: readonly DocRef[]
  mask: (text: string) => string
  /** There may be others, which are told by word. */
  more?: boolean
}

/** 決定事項 as they are written. */
export function ScreenDecisions({ docs, mask, more }: Props) {
  const minutes = docs.filter(d => d.kind === 'minutes')
  const key = minutes.map(d => d.doc + d.read).join()
  const [stable, setStable] = useState({ key, minutes })
  if (stable.key !== key) setStable({ key, minutes })
  const entries = useSlots(stable.minutes)
  useDocsVersion(entries)
  const rows = mergeRows(entries, 'decision')
  return (
    <section className="stack" data-testid="screen-decisions">
      <h2>{words.meeting.screenDecisions}</h2>
      <ol className="screen-list">
        {rows.map(r => (
          <Decision key={r.id} row={r} mask={mask} />
        ))}
      </ol>
      {more ? <p>{words.during.screenSpoken}</p> : null}
    </section>
  )
}

function Decision({ row, mask }: { row: PlanRow; mask: Props['mask'] }) {
  return <li>{mask(useText(row.doc.text(`decision/${row.id}/text`)))}</li>
}
