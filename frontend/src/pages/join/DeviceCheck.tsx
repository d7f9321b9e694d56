import { useCallback, useEffect, useState } from 'react'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { deviceCheck, type Mark, type Part } from './deviceCheck'

const PARTS: readonly Part[] = ['browser', 'server', 'line', 'clock', 'storage']
const TONES = { ok: 'good', warn: 'warn', bad: 'bad' } as const

/** 端末の確認: whether this device can take part, before anybody waits for it. */
export function DeviceCheck() {
  const [marks, setMarks] = useState<Partial<Record<Part, Mark>>>({})
  const [busy, setBusy] = useState(false)
  const w = words.during
  const run = useCallback(() => {
    setMarks({})
    setBusy(true)
    void deviceCheck((part, mark) => setMarks(m => ({ ...m, [part]: mark }))).finally(() => setBusy(false))
  }, [])
  useEffect(run, [run])
  const all = Object.values(marks)
  const sum = all.includes('bad') ? w.deviceNone : all.includes('warn') ? w.deviceSome : w.deviceAll
  return (
    <section className="card stack-s device" aria-labelledby="device-title" data-testid="device-check">
      <h2 id="device-title">{w.device}</h2>
      <p role="status" data-testid="device-sum">
        <strong>{busy ? w.deviceBusy : sum}</strong>
      </p>
      <ul className="list">
        {PARTS.map(p => {
          const mark = marks[p]
          const [label, help] = w.deviceParts[p] ?? [p, '']
          return (
            <li key={p} data-testid={`device-${p}`} data-mark={mark}>
              <span className="between">
                {label}
                {mark ? <Chip tone={TONES[mark]}>{w.deviceMarks[mark]}</Chip> : <Chip>{w.deviceMarks.busy}</Chip>}
              </span>
              {mark && mark !== 'ok' ? <p className="soft">{help}</p> : null}
            </li>
          )
        })}
      </ul>
      <div>
        <Button small busy={busy} onClick={run} data-testid="device-again">
          {w.deviceRun}
        </Button>
      </div>
    </section>
  )
}
