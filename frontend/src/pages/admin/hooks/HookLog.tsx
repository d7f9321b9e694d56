import { useEffect } from 'react'
import { api } from '../../../api/api'
import type { Answer } from '../../../api/schema'
import { useLoad } from '../../../app/useLoad'
import { useSubmit } from '../../../app/useSubmit'
import { showInstant } from '../../../dates/showInstant'
import { Banner } from '../../../parts/Banner'
import { Button } from '../../../parts/Button'
import { Chip } from '../../../parts/Chip'
import { Table } from '../../../parts/Table'
import { words } from '../../../words'
import type { Hook } from './Hooks'

type Log = Answer<'GET /api/webhooks/{id}/deliveries'>
type Sent = Log['deliveries'][number]

const TONES: Record<string, 'plain' | 'key' | 'good' | 'bad' | 'warn'> = {
  waiting: 'plain',
  sending: 'key',
  sent: 'good',
  failed: 'bad',
  dropped: 'warn',
}
const EVERY = 2000

interface Props {
  hook: Hook
  days: number
  onClose: () => void
  /** The address itself may fare differently by now. */
  onChange: () => Promise<void>
}

/** 送信の記録 of an address. While something is on its way it is looked at again and again. */
export function HookLog({ hook, days, onClose, onChange }: Props) {
  const { data, error, reload } = useLoad<Log>(`/webhooks/${hook.id}/deliveries`)
  const { submit, busy, rest } = useSubmit()
  const w = words.hooks
  const soon = data?.deliveries.some(isSoon) ?? false
  useEffect(() => {
    if (!soon) return
    const tick = setInterval(() => void Promise.all([reload(), onChange()]), EVERY)
    return () => clearInterval(tick)
  }, [soon, reload, onChange])
  const again = (d: Sent) =>
    void submit(async () => {
      await api.post(`/webhooks/${hook.id}/deliveries/${d.id}/again`, {})
      await reload()
    })
  const newest = data?.deliveries[0]
  return (
    <section className="card stack-s" aria-label={w.logOf(hook.url)} data-testid="hook-log-list">
      <div className="between">
        <h3 className="hook-url">{w.logOf(hook.url)}</h3>
        <div className="row">
          <Button small onClick={() => void reload()}>
            {w.refresh}
          </Button>
          <Button small onClick={onClose}>
            {w.hide}
          </Button>
        </div>
      </div>
      <p className="soft">{w.logLead(days)}</p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {rest() ? <Banner tone="bad" title={rest() ?? ''} /> : null}
      <p className="sr-only" role="status">
        {newest ? w.heard(newest.kindLabel, newest.stateLabel) : ''}
      </p>
      {data?.deliveries.length ? (
        <Table caption={w.logList} head={w.logHead}>
          {data.deliveries.map(d => (
            <Row key={d.id} d={d} busy={busy} onAgain={() => again(d)} />
          ))}
        </Table>
      ) : null}
      {data && data.deliveries.length === 0 ? <p>{w.logEmpty}</p> : null}
    </section>
  )
}

/** On its way, or tried again within a minute. */
function isSoon(d: Sent): boolean {
  return d.state === 'sending' || (d.next !== null && Date.parse(d.next) < Date.now() + 60_000)
}

function Row({ d, busy, onAgain }: { d: Sent; busy: boolean; onAgain: () => void }) {
  const w = words.hooks
  return (
    <tr data-testid="hook-sent" data-state={d.state}>
      <th scope="row">{d.kindLabel}</th>
      <td className="nowrap">{showInstant(d.at, 'short')}</td>
      <td>
        <Chip tone={TONES[d.state]}>{d.stateLabel}</Chip>
        {d.next && d.tries > 0 ? <div className="soft">{w.next(showInstant(d.next, 'short'))}</div> : null}
      </td>
      <td className="nowrap">{w.tries(d.tries)}</td>
      <td>
        {d.code ? <span className="nowrap">{w.code(d.code)} </span> : null}
        {d.whyLabel}
      </td>
      <td>
        {d.mayAgain ? (
          <Button
            small
            busy={busy}
            onClick={onAgain}
            aria-label={`${d.kindLabel}：${w.again}`}
            data-testid="hook-again"
          >
            {w.again}
          </Button>
        ) : null}
      </td>
    </tr>
  )
}
