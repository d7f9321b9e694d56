import { useRef, useState } from 'react'
import { Link } from 'wouter'
import type { CasePage, Person } from '../../api/cases'
import { base } from '../../app/base'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useDocsVersion } from '../../live/useDocsVersion'
import { useSlots } from '../../live/useSlots'
import { Withheld } from '../../live/Withheld'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import type { RoomProps } from '../meeting/RoomProps'
import { mergeRows } from '../plan/mergeRows'
import { PlacePicker } from '../plan/PlacePicker'
import { type Removed, RemovedNotice } from '../plan/RemovedNotice'
import { RowList } from '../plan/RowList'
import { type Place, useRowAdder } from '../plan/useRowAdder'
import { HomeworkRow } from './HomeworkRow'
import { MinutesRow } from './MinutesRow'
import { PointRow } from './PointRow'
import { RoundRows } from './RoundRows'
import { SpeechRow } from './SpeechRow'
import { TakenUp } from './TakenUp'

interface Props extends RoomProps {
  meetingDay: string
  reload: () => Promise<void>
}

const NO_PERSONS: Person[] = []

/** 会議録: what was discussed, said, decided and taken home; written together while the meeting runs. */
export function MinutesTab({ room, act, meetingDay, reload }: Props) {
  const top = useRef<HTMLDivElement>(null)
  const { noCopies } = useActor()
  const docs = room.docs.filter(d => d.kind === 'minutes')
  const key = docs.map(d => `${d.doc}${d.read}${d.write}${d.frozen}`).join()
  const [stable, setStable] = useState({ key, docs })
  if (stable.key !== key) setStable({ key, docs })
  const entries = useSlots(stable.docs)
  useDocsVersion(entries)
  const { data: page } = useLoad<CasePage>(`/cases/${room.meeting.caseId}?meeting=${room.meeting.id}`)
  const persons = page?.persons ?? NO_PERSONS
  const [place, setPlace] = useState<Place>({ personId: '', item: 'basic' })
  const [removed, setRemoved] = useState<Removed | null>(null)
  const adder = useRowAdder('minutes', room.meeting.id, entries, stable.docs, reload)
  const w = words.meeting
  const may = docs.some(d => d.write)
  const common = { persons, room, meetingDay, added: adder.added }
  const list = (kind: string) => ({
    rows: mergeRows(entries, kind),
    onAdd: may ? () => adder.add(kind, place) : undefined,
    busy: adder.busy,
    onRemoved: (row: Removed['row'], name: string) => setRemoved({ kind, row, name }),
  })
  const [points, speeches, decisions, homework, local] = ['point', 'speech', 'decision', 'homework', 'local'].map(
    list,
  ) as [L, L, L, L, L]
  return (
    <div className="stack" ref={top}>
      <TakenUp room={room} act={act} page={top} />
      <div className="row no-print">
        <Link className="button" data-small href={`/meetings/${room.meeting.id}/history`} data-testid="minutes-history">
          {words.history.title}
        </Link>
      </div>
      {docs.some(d => !d.read) ? (
        <div className="row">
          {docs
            .filter(d => !d.read)
            .map(d => (
              <Withheld
                key={d.personId + d.item}
                label={`${personLabel(persons, d.personId)} ${d.itemLabel}`}
                reason={d.reasonLabel}
              />
            ))}
        </div>
      ) : null}
      {may ? (
        <section className="card stack-s" aria-label={words.plan.newRow}>
          <PlacePicker persons={persons} refs={stable.docs} ensure value={place} onValue={setPlace} />
          <RemovedNotice removed={removed} onUndo={() => setRemoved(null)} />
        </section>
      ) : null}
      {adder.error ? <Banner tone="bad" title={adder.error.message} /> : null}
      <RowList
        title={w.points}
        empty={w.noRows}
        addLabel={w.addPoint}
        testid="add-point"
        count={points.rows.length}
        busy={points.busy}
        onAdd={points.onAdd}
      >
        {points.rows.map((row, i) => (
          <PointRow key={row.id} {...common} rows={points.rows} row={row} at={i} onRemoved={points.onRemoved} />
        ))}
      </RowList>
      <RoundRows room={room} entries={entries} place={place} rows={speeches.rows} />
      <RowList
        title={w.speeches}
        empty={w.noRows}
        addLabel={w.addSpeech}
        testid="add-speech"
        count={speeches.rows.length}
        busy={speeches.busy}
        onAdd={speeches.onAdd}
      >
        {speeches.rows.map((row, i) => (
          <SpeechRow key={row.id} {...common} rows={speeches.rows} row={row} at={i} onRemoved={speeches.onRemoved} />
        ))}
      </RowList>
      <RowList
        title={w.decisions}
        empty={w.noRows}
        addLabel={w.addDecision}
        testid="add-decision"
        count={decisions.rows.length}
        busy={decisions.busy}
        onAdd={decisions.onAdd}
      >
        {decisions.rows.map((row, i) => (
          <MinutesRow
            key={row.id}
            {...common}
            kind="decision"
            name={w.decision(i + 1)}
            rows={decisions.rows}
            row={row}
            at={i}
            onRemoved={decisions.onRemoved}
          />
        ))}
      </RowList>
      <RowList
        title={w.homework}
        empty={w.noRows}
        addLabel={w.addHomework}
        testid="add-homework"
        count={homework.rows.length}
        busy={homework.busy}
        onAdd={homework.onAdd}
      >
        {homework.rows.map((row, i) => (
          <HomeworkRow key={row.id} {...common} rows={homework.rows} row={row} at={i} onRemoved={homework.onRemoved} />
        ))}
      </RowList>
      <RowList
        title={w.local}
        empty={w.noRows}
        addLabel={w.addLocal}
        testid="add-local"
        count={local.rows.length}
        busy={local.busy}
        onAdd={local.onAdd}
      >
        {local.rows.map((row, i) => (
          <MinutesRow
            key={row.id}
            {...common}
            kind="local"
            name={`${w.local}${i + 1}`}
            rows={local.rows}
            row={row}
            at={i}
            onRemoved={local.onRemoved}
          />
        ))}
      </RowList>
      {noCopies ? null : (
        <p>
          <a href={`${base}/api/meetings/${room.meeting.id}/minutes.pdf`} data-testid="minutes-pdf">
            {w.minutesPdf}
          </a>
        </p>
      )}
    </div>
  )
}

type L = {
  rows: ReturnType<typeof mergeRows>
  onAdd: (() => void) | undefined
  busy: boolean
  onRemoved: (row: Removed['row'], name: string) => void
}
