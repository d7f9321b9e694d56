import { useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { Act, Room } from '../../api/meeting'
import type { PlanView, PlanWarning } from '../../api/plan'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { ActButton } from './ActButton'
import { ActDialog } from './ActDialog'
import { actForms } from './ActForm'
import { FreezeDialog, rowsWithoutLead } from './FreezeDialog'
import { findAct } from './findAct'
import { nextPhase } from './nextPhase'
import { ownTurn } from './ownTurn'
import type { RoomProps } from './RoomProps'

/** Acts that carry the meeting on, in the order of its course; the first one that fits the status is the next step. */
const COURSE: Record<string, readonly string[]> = {
  draft: ['reception', 'convene', 'mode'],
  reception: ['open', 'convene', 'mode', 'designate'],
  open: ['freeze', 'close', 'designate'],
  agreeing: ['decide', 'close', 'reopen'],
  closing: [],
  closed: ['propose', 'amend', 'correct_undo'],
  confirming: ['final', 'amend'],
  sealed: ['correct'],
}

/** What the meeting itself waits for; the others are side ways. */
const MAIN = new Set(['reception', 'open', 'freeze', 'decide', 'close', 'propose', 'final'])

/**
 * The next step as a button; what cannot be done yet stays visible and says why. What an act asks, and the word that another one
 * came first, are kept here: the button itself may be gone by then, and with it the words typed.
 */
export function NextStep({ room, act }: RoomProps) {
  const [asking, setAsking] = useState<Act | null>(null)
  const [lacking, setLacking] = useState<PlanWarning[] | null>(null)
  const [overtaken, setOvertaken] = useState('')
  const run = async (name: string, params?: object) => {
    setOvertaken('')
    try {
      await act(name, params)
    } catch (e) {
      if (e instanceof ApiError && e.kind === 'conflict') setOvertaken(e.message)
      throw e
    }
  }
  /** Before the plan is put to the agencies, what it lacks is asked for. */
  const freeze = async () => {
    const view = room.planId
      ? await api.get<PlanView>(`/plans/${room.planId}?meeting=${encodeURIComponent(room.meeting.id)}`)
      : null
    const rows = rowsWithoutLead(view?.warnings ?? [])
    if (rows.length) setLacking(rows)
    else await run('freeze')
  }
  const fields = asking ? actForms[asking.act] : undefined
  return (
    <>
      {overtaken ? (
        <Banner
          tone="bad"
          title={overtaken}
          data-testid="overtaken"
          actions={
            <Button small onClick={() => setOvertaken('')}>
              {words.form.close}
            </Button>
          }
        />
      ) : null}
      <Steps
        room={room}
        onDo={(name, params) => (name === 'freeze' ? freeze() : run(name, params))}
        onAsk={setAsking}
      />
      {lacking ? (
        <FreezeDialog
          act={run}
          label={findAct(room, 'freeze')?.label ?? ''}
          rows={lacking}
          onClose={() => setLacking(null)}
        />
      ) : null}
      {asking && fields ? (
        <ActDialog
          act={asking}
          fields={fields}
          room={room}
          onDo={params => act(asking.act, params)}
          onClose={() => setAsking(null)}
        />
      ) : null}
    </>
  )
}

interface StepsProps {
  room: Room
  onDo: (act: string, params?: object) => Promise<void>
  onAsk: (act: Act) => void
}

function Steps({ room, onDo, onAsk }: StepsProps) {
  const w = words.meeting
  const names = COURSE[room.status] ?? []
  const list = names.flatMap(n => findAct(room, n) ?? []).filter(a => fits(a, room))
  const next = nextPhase(room)
  const phase = findAct(room, 'phase')
  const moving = next && phase?.allowed ? phase : undefined
  // the plan is put to the agencies before the meeting moves on from ⑥, and their answers wait in no phase
  const onward = moving && room.status === 'open' && !(room.phase === 'decisions' && findAct(room, 'freeze')?.allowed)
  const primary =
    list.find(a => a.allowed && MAIN.has(a.act)) ??
    (room.status === 'draft' ? list.find(a => a.allowed && a.act === 'convene') : undefined)
  const hint = room.status === 'open' ? room.phases.find(p => p.id === room.phase)?.hint : undefined
  const turn = ownTurn(room)
  if (
    !list.length &&
    !next &&
    !hint &&
    !turn &&
    room.status !== 'reception' &&
    room.status !== 'closing' &&
    room.status !== 'closed'
  )
    return null
  // What blocks 閉会 stands in the chair's panel.
  const blocked = list.filter(a => !a.allowed && a.why && !(a.act === 'close' && room.blockers.length))
  return (
    <section className="card next-step" aria-label={w.nextStep} data-testid="next-step">
      <div className="row grow">
        <strong>{w.nextStep}</strong>
        {next && moving ? (
          <ActButton
            act={{ ...moving, label: w.phaseTo(next.label) }}
            solid={Boolean(onward)}
            onDo={() => onDo('phase', { id: next.id })}
            onAsk={() => onAsk(moving)}
          />
        ) : null}
        {list.map(a => (
          <ActButton
            key={a.act}
            act={a}
            solid={a === primary && !onward}
            onDo={() => onDo(a.act)}
            onAsk={() => onAsk(a)}
          />
        ))}
        {hint ? <span className="soft">{hint}</span> : null}
        {turn ? <span data-testid="own-turn">{turn}</span> : null}
        {room.status === 'reception' && !findAct(room, 'open') ? <span className="soft">{w.waitChair}</span> : null}
        {room.status === 'closing' ? <span>{w.closing}</span> : null}
        {room.status === 'closed' && !room.minutes?.correction ? <span>{w.closedNote}</span> : null}
      </div>
      {blocked.length ? (
        <ul className="why-list">
          {blocked.map(a => (
            <li key={a.act}>
              {a.label}：{a.why}
            </li>
          ))}
        </ul>
      ) : null}
    </section>
  )
}

/** 構成員外の指定 exists only in a 支援会議, and only another meeting can become one. */
function fits(a: Act, room: Room): boolean {
  const support = room.meeting.mode === 'support'
  if (a.act === 'correct_undo') return Boolean(room.minutes?.correction)
  return a.act === 'designate' ? support : a.act === 'mode' ? !support : true
}
