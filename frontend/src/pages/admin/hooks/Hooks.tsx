import './hooks.css'
import { useState } from 'react'
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
import { SecretShown } from '../SecretShown'
import { HookDialog } from './HookDialog'
import { HookLog } from './HookLog'

export type HookDesk = Answer<'GET /api/webhooks'>
export type Hook = HookDesk['endpoints'][number]

/** 連携先への通知: the addresses of other systems that are told what happens, and how they fare. */
export function Hooks() {
  const { data, error, reload } = useLoad<HookDesk>('/webhooks')
  const [editing, setEditing] = useState<Hook | 'new' | null>(null)
  const [secret, setSecret] = useState('')
  const [open, setOpen] = useState('')
  const [said, setSaid] = useState('')
  const { submit, busy, rest } = useSubmit()
  const w = words.hooks
  if (!data) return error ? <Banner tone="bad" title={error.message} /> : <p>{words.app.loading}</p>
  const full = data.endpoints.length >= data.most
  const logged = data.endpoints.find(h => h.id === open)
  const run = (say: string, work: () => Promise<unknown>) =>
    void submit(async () => {
      setSaid('')
      await work()
      await reload()
      setSaid(say)
    })
  const test = (h: Hook) =>
    run(w.tested, async () => {
      await api.post(`/webhooks/${h.id}/test`, {})
      setOpen(h.id)
    })
  const turn = (h: Hook) =>
    run(h.offAt ? w.started : w.stopped, () =>
      api.put(`/webhooks/${h.id}`, {
        agencyId: h.agencyId,
        url: h.url,
        note: h.note,
        kinds: h.kinds,
        on: h.offAt !== null,
      }),
    )
  return (
    <section className="stack" aria-labelledby="hooks-title" data-testid="hooks">
      <div className="between">
        <h2 id="hooks-title">{w.title}</h2>
        <Button onClick={() => setEditing('new')} why={full ? w.full(data.most) : undefined} data-testid="hook-new">
          {w.add}
        </Button>
      </div>
      <p>{w.lead}</p>
      {full ? <p className="soft">{w.full(data.most)}</p> : null}
      {data.on ? null : <Banner tone="warn" title={w.off} />}
      {rest() ? <Banner tone="bad" title={rest() ?? ''} /> : null}
      {said ? <Banner tone="good" title={said} data-testid="hook-said" /> : null}
      {data.endpoints.length === 0 ? (
        <p className="card">{w.empty}</p>
      ) : (
        <Table caption={w.list} head={w.head} data-testid="hook-list">
          {data.endpoints.map(h => (
            <Row
              key={h.id}
              h={h}
              all={data.kinds.length}
              busy={busy}
              onTest={() => test(h)}
              onTurn={() => turn(h)}
              onLog={() => setOpen(open === h.id ? '' : h.id)}
              onEdit={() => setEditing(h)}
            />
          ))}
        </Table>
      )}
      {logged ? (
        <HookLog
          key={logged.id}
          hook={logged}
          days={data.gone.deliveries}
          onClose={() => setOpen('')}
          onChange={reload}
        />
      ) : null}
      {editing ? (
        <HookDialog
          desk={data}
          hook={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onDone={async made => {
            setEditing(null)
            setSaid('')
            setSecret(made)
            await reload()
          }}
        />
      ) : null}
      {secret ? (
        <SecretShown
          value={secret}
          onClose={() => setSecret('')}
          words={{ title: w.madeTitle, text: w.madeText, label: w.secret, close: w.close }}
          testid="hook-secret"
        />
      ) : null}
    </section>
  )
}

interface RowProps {
  h: Hook
  all: number
  busy: boolean
  onTest: () => void
  onTurn: () => void
  onLog: () => void
  onEdit: () => void
}

function Row({ h, all, busy, onTest, onTurn, onLog, onEdit }: RowProps) {
  const w = words.hooks
  const button = (what: string, does: () => void, id: string, why?: string) => (
    <Button small busy={busy} why={why} onClick={does} aria-label={w.of(what, h.url)} data-testid={`hook-${id}`}>
      {what}
    </Button>
  )
  return (
    <tr data-testid="hook" data-on={h.offAt ? undefined : ''}>
      <th scope="row" className="hook-url">
        {h.url}
        {h.note ? <div className="soft">{h.note}</div> : null}
      </th>
      <td>{h.agencyName}</td>
      <td className="nowrap">{w.countOf(h.kinds.length, all)}</td>
      <td>
        <HookState h={h} />
      </td>
      <td className="nowrap">{h.sentAt ? showInstant(h.sentAt, 'short') : w.never}</td>
      <td>
        <div className="row">
          {button(w.test, onTest, 'test', h.offAt ? w.startFirst : undefined)}
          {button(w.log, onLog, 'log')}
          {button(h.offAt ? w.start : w.stop, onTurn, 'turn')}
          {button(w.edit, onEdit, 'edit')}
        </div>
      </td>
    </tr>
  )
}

function HookState({ h }: { h: Hook }) {
  const w = words.hooks
  return (
    <>
      {h.offAt ? (
        <Chip tone={h.offWhy === 'hand' ? 'plain' : 'bad'}>{h.offLabel}</Chip>
      ) : h.failingSince ? (
        <Chip tone="warn">{w.failing(showInstant(h.failingSince, 'short'))}</Chip>
      ) : (
        <Chip tone="good">{w.on}</Chip>
      )}
      {h.waiting > 0 ? <div className="soft">{w.waiting(h.waiting)}</div> : null}
      {h.oldUntil ? <div className="soft">{w.both(showInstant(h.oldUntil, 'short'))}</div> : null}
    </>
  )
}
