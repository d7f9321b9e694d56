import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { HistoryEdit, Timeline, Version } from '../../api/history'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { Tabs } from '../../parts/Tabs'
import { words } from '../../words'
import { bylineOf } from './byline'
import { DiffView } from './DiffView'
import { RestoreDialog } from './RestoreDialog'
import { VersionView } from './VersionView'

interface Props {
  doc: string
  meetingId: string
}

/** Rest of the slider before a version is fetched (ms). */
const SETTLE = 150

/** The history of one document: who changed what when, and the document at any of these moments. */
export function DocHistory({ doc, meetingId }: Props) {
  const path = `/docs/${doc}`
  const meeting = meetingId ? `meeting=${encodeURIComponent(meetingId)}` : ''
  const { data, error, reload } = useLoad<Timeline>(`${path}/history${meeting && `?${meeting}`}`)
  const [older, setOlder] = useState<Timeline[]>([])
  const [chosen, setChosen] = useState<number | null>(null)
  const [settled, setSettled] = useState<number | null>(null)
  const [view, setView] = useState('version')
  const [pair, setPair] = useState('0')
  const [restoring, setRestoring] = useState<string[] | null>(null)
  const [said, setSaid] = useState('')
  const w = words.history

  const edits: HistoryEdit[] = [...(data?.edits ?? []), ...older.flatMap(t => t.edits)].reverse()
  const newest = edits.at(-1)?.to ?? null
  const seq = chosen ?? newest
  useEffect(() => {
    const timer = setTimeout(() => setSettled(seq), SETTLE)
    return () => clearTimeout(timer)
  }, [seq])
  const version = useLoad<Version>(settled !== null ? `${path}/history/${settled}${meeting && `?${meeting}`}` : null)
  if (!data) return <PageState error={error} reload={reload} />
  const index = edits.findIndex(e => e.to === seq)
  const current = edits[index]
  if (!current || seq === null || newest === null) return <p className="soft">{w.empty}</p>
  const more = (older.at(-1) ?? data).more
  const query = meeting && `&${meeting}`
  return (
    <div className="history">
      <section className="card stack-s" aria-label={w.edits}>
        <h2>{w.edits}</h2>
        <ol className="history-list" reversed data-testid="history-list">
          {[...edits].reverse().map(e => (
            <li key={e.to}>
              <button
                type="button"
                className="history-edit"
                aria-pressed={e.to === seq}
                onClick={() => setChosen(e.to)}
                data-testid={`history-edit-${e.to}`}
              >
                <strong>{bylineOf(e.by)}</strong>
                <span className="soft">{e.fields.map(f => f.label).join('、')}</span>
              </button>
            </li>
          ))}
        </ol>
        {more ? (
          <Button
            small
            onClick={async () => {
              const t = await api.get<Timeline>(`${path}/history?before=${edits[0]?.from ?? 0}${query}`)
              setOlder([...older, t])
            }}
          >
            {w.older}
          </Button>
        ) : null}
      </section>
      <section className="card stack-s" aria-label={w.slider}>
        <label className="stack-s">
          <strong>{w.slider}</strong>
          <input
            type="range"
            className="history-slider"
            min={0}
            max={edits.length - 1}
            step={1}
            value={index}
            aria-valuetext={bylineOf(current.by)}
            onChange={e => setChosen(edits[Number(e.currentTarget.value)]?.to ?? newest)}
            data-testid="history-slider"
          />
        </label>
        <div className="between">
          <strong data-testid="history-at">{bylineOf(current.by)}</strong>
          {data.write ? (
            <Button small onClick={() => setRestoring([])} data-testid="restore-all">
              {w.restoreAll}
            </Button>
          ) : null}
        </div>
        <p className="soft">{data.write ? w.sliderHelp : `${w.sliderHelp}${w.readOnly}`}</p>
        <p role="status">{said}</p>
        <Tabs
          label={w.title}
          tabs={Object.entries(w.views).map(([id, label]) => ({ id, label }))}
          current={view}
          onSelect={setView}
        >
          {view === 'version' ? (
            version.data ? (
              <VersionView version={version.data} onRestore={data.write ? setRestoring : undefined} />
            ) : (
              <PageState error={version.error} reload={version.reload} />
            )
          ) : null}
          {view === 'diff' ? <DiffView path={path} from={seq} to={data.head} query={query} /> : null}
          {view === 'pair' ? (
            <div className="stack-s">
              <SelectField
                label={w.compareFrom}
                value={pair}
                onValue={setPair}
                options={[
                  { value: '0', label: w.blank },
                  ...edits.map(e => ({ value: String(e.to), label: bylineOf(e.by) })),
                ]}
              />
              <DiffView path={path} from={Number(pair)} to={seq} query={query} />
            </div>
          ) : null}
        </Tabs>
      </section>
      {restoring ? (
        <RestoreDialog
          path={`${path}/restore${meeting && `?${meeting}`}`}
          seq={seq}
          keys={restoring}
          onClose={() => setRestoring(null)}
          onDone={async () => {
            setRestoring(null)
            setSaid(w.restored)
            setOlder([])
            setChosen(null)
            await reload()
          }}
        />
      ) : null}
    </div>
  )
}
