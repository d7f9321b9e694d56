import { useLocation } from 'wouter'
import { api } from '../../api/api'
import type { Room } from '../../api/meeting'
import { useActor } from '../../app/useActor'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  room: Room
}

/** 開催: which case of how many this is, and, once it is closed, the way to the next. Only cases the reader has a part in are known here. */
export function SittingBar({ room }: Props) {
  const me = useActor().id
  const [, go] = useLocation()
  const { submit, busy, error } = useSubmit()
  const s = room.sitting
  if (!s) return null
  const w = words.sitting
  const next = s.cases.find(c => c.meetingId === s.next)
  const over = ['closing', 'closed', 'confirming', 'sealed', 'cancelled'].includes(room.status)
  const leads = room.you.chair
  const ready = next && next.status !== 'draft'
  const follow = () =>
    void submit(async () => {
      if (!next) return
      if (leads && next.status === 'draft') await begin(next.meetingId)
      const own = room.attendance.find(a => a.key === me)
      if (own?.form === 'remote') await api.post(`/meetings/${next.meetingId}/enter`, { form: 'remote' })
      go(`/meetings/${next.meetingId}`)
    })
  return (
    <nav className="sitting" aria-label={w.bar} data-testid="sitting-bar">
      <strong>{w.pos(s.pos, s.cases.length)}</strong>
      <ol className="sitting-cases">
        {s.cases.map((c, i) => (
          <li key={c.meetingId} aria-current={i + 1 === s.pos ? 'step' : undefined}>
            {c.caseNumber} <span className="soft">{c.statusLabel}</span>
          </li>
        ))}
      </ol>
      {over && next ? (
        <span className="sitting-next" role="status">
          {ready ? w.begins(next.caseNumber) : leads ? w.chairNext(next.caseNumber) : w.waits(next.caseNumber)}
        </span>
      ) : null}
      {over && next && (leads || ready) ? (
        <Button kind="solid" busy={busy} onClick={follow} data-testid="next-case">
          {w.goOn}
        </Button>
      ) : null}
      {over && !next ? <span className="soft">{w.last}</span> : null}
      {error ? <Banner tone="bad" title={error.message} data-testid="next-case-error" /> : null}
    </nav>
  )
}

/** Begins 受付 of the next case: who is in the room comes along. That somebody else has begun it is as good. */
async function begin(id: string) {
  const room = await api.get<Room>(`/meetings/${id}`)
  if (room.status === 'draft') await api.post(`/meetings/${id}/acts`, { act: 'reception', params: {}, seq: room.seq })
}
