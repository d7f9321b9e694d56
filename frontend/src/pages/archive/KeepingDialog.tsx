import { useState } from 'react'
import { api } from '../../api/api'
import type { Hold, Kept } from '../../api/archive'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { Pair } from '../../parts/Pair'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { Period } from './Period'
import { VersionList } from './VersionList'

interface Props {
  id: string
  number: string
  onClose: () => void
}

/** 保存の状態 of one record: its period, 延長, 廃棄の停止. */
export function KeepingDialog({ id, number, onClose }: Props) {
  const { data, error, reload, put } = useLoad<Kept>(`/archive/${id}/keeping`)
  const w = words.keeping
  return (
    <Dialog title={w.openOf(number)} onClose={onClose} wide data-testid="keeping-dialog">
      {data ? <Body kept={data} onChange={put} /> : <PageState error={error} reload={reload} />}
    </Dialog>
  )
}

function Body({ kept: k, onChange }: { kept: Kept; onChange: (k: Kept) => void }) {
  const w = words.keeping
  const may = k.mayKeep && !k.disposed
  return (
    <div className="stack">
      {k.disposed ? <Banner tone="warn" title={w.disposed} /> : null}
      {k.later ? <Banner tone="warn" title={words.correction.laterHint(k.later)} data-testid="keeping-later" /> : null}
      <dl className="pairs">
        <Pair term={words.archive.document}>{k.title}</Pair>
        <Pair term={w.period}>
          <Period record={k} />
        </Pair>
        {k.startsOn ? <Pair term={w.start}>{showDate(k.startsOn)}</Pair> : null}
      </dl>
      <VersionList versions={k.versions} here={k.id} />
      {k.kind === 'plan' || k.kind === 'matrix' ? <p className="soft">{words.correction.planHint}</p> : null}
      <h3>{w.extensions}</h3>
      {k.extensions.length ? (
        <ul className="list">
          {k.extensions.map(x => (
            <li key={x.id}>
              {showDate(x.until, 'wareki')}　{x.reason}
              <div className="soft">{w.by(showInstant(x.at, 'short'), x.by)}</div>
            </li>
          ))}
        </ul>
      ) : (
        <p className="soft">{w.noExtensions}</p>
      )}
      {may && k.expiresOn ? <Extend id={k.id} onChange={onChange} /> : null}
      <h3>{w.holds}</h3>
      <p className="soft">{w.holdHint}</p>
      {k.holds.length ? (
        <ul className="list" data-testid="holds">
          {k.holds.map(h => (
            <HoldLine key={h.id} id={k.id} hold={h} may={may} onChange={onChange} />
          ))}
        </ul>
      ) : (
        <p className="soft">{w.noHolds}</p>
      )}
      {may ? <AddHold id={k.id} onChange={onChange} /> : null}
    </div>
  )
}

interface Part {
  id: string
  onChange: (k: Kept) => void
}

function Extend({ id, onChange }: Part) {
  const [until, setUntil] = useState('')
  const [reason, setReason] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.keeping
  const send = () =>
    void submit(async () => {
      onChange(await api.post<Kept>(`/archive/${id}/extend`, { until, reason }))
      setUntil('')
      setReason('')
    })
  const problem = rest('until', 'reason')
  return (
    <div className="toolbar">
      {problem ? <Banner tone="bad" title={problem} /> : null}
      <DateField
        label={w.extendTo}
        value={until}
        onValue={setUntil}
        error={at('until')}
        required
        data-testid="extend-until"
      />
      <TextField
        label={w.reason}
        value={reason}
        onValue={setReason}
        error={at('reason')}
        required
        data-testid="extend-reason"
      />
      <Button busy={busy} onClick={send} data-testid="extend">
        {w.extend}
      </Button>
    </div>
  )
}

function AddHold({ id, onChange }: Part) {
  const [reason, setReason] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.keeping
  const send = () =>
    void submit(async () => {
      onChange(await api.post<Kept>(`/archive/${id}/holds`, { reason }))
      setReason('')
    })
  const problem = rest('reason')
  return (
    <div className="toolbar">
      {problem ? <Banner tone="bad" title={problem} /> : null}
      <TextField
        label={w.reason}
        value={reason}
        onValue={setReason}
        error={at('reason')}
        required
        size={40}
        data-testid="hold-reason"
      />
      <Button busy={busy} onClick={send} data-testid="hold">
        {w.hold}
      </Button>
    </div>
  )
}

function HoldLine({ id, hold: h, may, onChange }: Part & { hold: Hold; may: boolean }) {
  const [lifting, setLifting] = useState(false)
  const [reason, setReason] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.keeping
  const send = () =>
    void submit(async () => {
      onChange(await api.post<Kept>(`/archive/${id}/holds/${h.id}/lift`, { reason }))
    })
  const problem = rest('reason')
  return (
    <li>
      <div className="between">
        <span>{h.reason}</span>
        {may && !h.liftedAt && !lifting ? (
          <Button small onClick={() => setLifting(true)} aria-label={`${w.lift}：${h.reason}`} data-testid="lift">
            {w.lift}
          </Button>
        ) : null}
      </div>
      <div className="soft">{w.by(showInstant(h.at, 'short'), h.by)}</div>
      {h.liftedAt ? <div>{w.lifted(showInstant(h.liftedAt, 'short'), h.liftedBy, h.liftReason)}</div> : null}
      {lifting && !h.liftedAt ? (
        <div className="toolbar">
          {problem ? <Banner tone="bad" title={problem} /> : null}
          <TextField
            label={w.liftReason}
            value={reason}
            onValue={setReason}
            error={at('reason')}
            required
            data-testid="lift-reason"
          />
          <Button busy={busy} onClick={send} data-testid="lift-go">
            {w.doLift}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
