import { type RefObject, useState } from 'react'
import { Button } from '../../parts/Button'
import { CopyButton } from '../../parts/CopyButton'
import { words } from '../../words'
import { ActDialog } from '../meeting/ActDialog'
import { actForms } from '../meeting/ActForm'
import { findAct } from '../meeting/findAct'
import type { RoomProps } from '../meeting/RoomProps'
import { findPlace } from './findPlace'

interface Props extends RoomProps {
  /** The page of the minutes in which the place is looked for. */
  page: RefObject<HTMLElement | null>
}

/** What the chair has said shall be put right, at hand where it is put right: the words to copy, the way to the place, and the way to open the minutes. */
export function TakenUp({ room, act, page }: Props) {
  const [asking, setAsking] = useState(false)
  const w = words.after
  const list = (room.minutes?.suggestions ?? []).filter(
    s => s.doneAt && s.accepted && !s.withheld && s.version === room.minutes?.version,
  )
  if (!list.length || !['closed', 'confirming'].includes(room.status)) return null
  const amend = findAct(room, 'amend')
  const go = (where: string) => {
    const fields = [...(page.current?.querySelectorAll<HTMLElement>('input, textarea, .cm-content') ?? [])]
    const heads = [...(page.current?.querySelectorAll<HTMLElement>('h2, h3') ?? [])]
    const found = findPlace(
      where,
      [...fields, ...heads].map(at => ({
        text: at instanceof HTMLInputElement || at instanceof HTMLTextAreaElement ? at.value : (at.textContent ?? ''),
        at,
      })),
    )
    const to = found ?? heads[0]
    to?.scrollIntoView({ block: 'center' })
    if (to && heads.includes(to)) to.tabIndex = -1
    to?.focus()
  }
  return (
    <section className="card stack-s no-print" aria-labelledby="taken-up" data-testid="taken-up">
      <div className="between">
        <h3 id="taken-up">{w.suggestTodo}</h3>
        {amend?.allowed ? (
          <Button kind="solid" onClick={() => setAsking(true)} data-testid="taken-up-amend">
            {amend.label}
          </Button>
        ) : null}
      </div>
      <p className="soft">{w.suggestTodoText}</p>
      <ul className="list">
        {list.map(s => (
          <li key={s.id} className="between">
            <span>
              <strong>{s.where}</strong>：{s.text} <span className="soft">{s.reason}</span>
            </span>
            <span className="row">
              <CopyButton text={s.text} />
              <Button small onClick={() => go(s.where)} data-testid={`taken-up-go-${s.id}`}>
                {w.suggestThere}
              </Button>
            </span>
          </li>
        ))}
      </ul>
      {asking && amend ? (
        <ActDialog
          act={amend}
          fields={actForms.amend ?? []}
          initial={{ reason: w.suggestAmend([...new Set(list.map(s => s.agencyName || s.by))].join('・')) }}
          room={room}
          onDo={params => act('amend', params)}
          onClose={() => setAsking(false)}
        />
      ) : null}
    </section>
  )
}
