import { useEffect, useMemo, useState } from 'react'
import type { CasePage, DocRef, Person } from '../../api/cases'
import type { PrepBoard, PrepSheet } from '../../api/prep'
import { base } from '../../app/base'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useDocsVersion } from '../../live/useDocsVersion'
import { type DocEntry, useSlots } from '../../live/useSlots'
import { words } from '../../words'
import { PrepCompare } from './PrepCompare'
import { PrepOwn } from './PrepOwn'
import { PrepStates } from './PrepStates'
import type { RoomProps } from './RoomProps'

const NO_PERSONS: Person[] = []

interface Props extends RoomProps {
  rings: number
}

/** 準備シート: the own one to be written, and those that were handed in side by side. */
export function PrepTab({ room, act, rings }: Props) {
  const id = room.meeting.id
  const { noCopies } = useActor()
  const { data: board, error, reload } = useLoad<PrepBoard>(`/meetings/${id}/prep`)
  const { data: page } = useLoad<CasePage>(`/cases/${room.meeting.caseId}?meeting=${id}`)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the bell and every event are the reason to look again
  useEffect(() => {
    void reload()
  }, [reload, rings, room.seq])
  const refs = useStable(board)
  const entries = useSlots(refs)
  useDocsVersion(entries)
  if (!board) return <PageState error={error} reload={reload} />
  const w = words.prep
  const own = board.sheets.find(s => s.own)
  const persons = page?.persons ?? NO_PERSONS
  const common = { room, act, persons, entryOf: entryFinder(entries) }
  return (
    <div className="stack">
      <PrepStates {...common} sheets={board.sheets} />
      {own ? <PrepOwn {...common} sheet={own} may={board.may} reload={reload} /> : null}
      {board.sheets
        .filter(s => s.mayEnter)
        .map(s => (
          <PrepOwn key={s.agencyId} {...common} sheet={s} may reload={reload} />
        ))}
      <PrepCompare {...common} sheets={board.sheets} />
      {noCopies ? null : (
        <p className="row no-print">
          <a href={`${base}/api/meetings/${id}/prep.pdf`} target="_blank" rel="noreferrer" data-testid="prep-pdf">
            {w.pdf}
          </a>
          {own ? (
            <a href={`${base}/api/meetings/${id}/prep.pdf?blank=1`} target="_blank" rel="noreferrer">
              {w.blank}
            </a>
          ) : null}
        </p>
      )}
    </div>
  )
}

/** What the parts of the tab have in common. */
export interface PrepProps extends RoomProps {
  persons: readonly Person[]
  /** The open document of a sheet, undefined where it may not be read or is not there yet. */
  entryOf: (ref: DocRef) => DocEntry | undefined
}

function entryFinder(entries: readonly DocEntry[]) {
  return (ref: DocRef) => entries.find(e => e.ref.doc === ref.doc)
}

/** The documents of all sheets: the same list as long as nothing of it moves. */
function useStable(board: PrepBoard | null): DocRef[] {
  const docs = useMemo(() => (board?.sheets ?? []).flatMap((s: PrepSheet) => s.docs), [board])
  const key = docs.map(d => `${d.doc}${d.read}${d.write}${d.frozen}`).join()
  const [kept, setKept] = useState({ key, docs })
  if (kept.key !== key) setKept({ key, docs })
  return kept.docs
}
