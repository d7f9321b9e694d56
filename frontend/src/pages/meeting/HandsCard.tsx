import { useActor } from '../../app/useActor'
import { useSubmit } from '../../app/useSubmit'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** 発言の希望: 安全上の懸念, 異議 and 確認 come before 発言; the server orders them. */
export function HandsCard({ room, act }: RoomProps) {
  const actor = useActor()
  const { submit } = useSubmit()
  const w = words.meeting
  const may = findAct(room, 'hand')
  const floor = findAct(room, 'floor')
  const hands = room.hands ?? []
  const mine = hands.find(h => h.key === actor.id)
  const speaking = room.seats.find(s => s.agencyId === room.floor)
  if (!may?.allowed && !hands.length && !speaking) return null
  return (
    <section className="card stack-s" aria-labelledby="hands-title" data-testid="hands">
      <h2 id="hands-title">{w.hands}</h2>
      {speaking ? (
        <p>
          <Chip tone="key">{w.floor}</Chip> {speaking.name}{' '}
          {floor?.allowed ? (
            <Button
              small
              aria-label={`${speaking.name}：${w.floorEnd}`}
              onClick={() => void submit(() => act('floor', { agencyId: '' }))}
              data-testid="floor-end"
            >
              {w.floorEnd}
            </Button>
          ) : null}
        </p>
      ) : null}
      <ol className="list" aria-live="polite">
        {hands.map(h => (
          <li key={h.key} className="between">
            <span>
              <Chip tone={h.kind === 'safety' || h.kind === 'object' ? 'bad' : 'plain'}>
                {w.handKinds.find(k => k.value === h.kind)?.label}
              </Chip>{' '}
              {h.name}
            </span>
            {floor?.allowed ? (
              <Button small onClick={() => void submit(() => act('floor', { agencyId: h.agencyId }))}>
                {w.giveFloor}
              </Button>
            ) : null}
          </li>
        ))}
      </ol>
      {may?.allowed ? (
        <div className="row">
          {mine ? (
            <Button small onClick={() => void submit(() => act('hand', { up: false, kind: mine.kind }))}>
              {w.handDown}
            </Button>
          ) : (
            w.handKinds.map(k => (
              <Button
                key={k.value}
                small
                onClick={() => void submit(() => act('hand', { up: true, kind: k.value }))}
                data-testid={`hand-${k.value}`}
              >
                {k.label}
              </Button>
            ))
          )}
        </div>
      ) : null}
    </section>
  )
}
