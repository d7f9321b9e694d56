import { useEffect } from 'react'
import { api } from '../../api/api'
import type { Guest } from '../../api/meeting'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { guestState } from './guestState'

interface Props {
  meeting: string
  now: string
  onDone: () => Promise<void>
}

/** How often the door is looked at (ms): somebody who waits there is no event of the meeting yet. */
const LOOK_EVERY = 5000

/** 待合室: who waits at the door, for those who may let them in. */
export function LobbyNotice({ meeting, now, onDone }: Props) {
  const path = `/meetings/${meeting}/guests`
  const { data, reload } = useLoad<{ guests: Guest[] }>(path)
  const { submit, busy, error } = useSubmit()
  const w = words.account
  useEffect(() => {
    const timer = setInterval(() => void reload(), LOOK_EVERY)
    return () => clearInterval(timer)
  }, [reload])
  const waiting = (data?.guests ?? []).filter(g => guestState(g, now) === 'waiting')
  if (!waiting.length) return null
  const admit = (g: Guest) =>
    void submit(async () => {
      await api.post(`${path}/${g.id}/admit`)
      await Promise.all([reload(), onDone()])
    })
  return (
    <Banner
      tone={error ? 'bad' : 'warn'}
      title={error?.message ?? w.waiting(waiting.map(g => g.name).join('、'))}
      data-testid="lobby-notice"
      actions={waiting.map(g => (
        <Button key={g.id} small kind="solid" busy={busy} onClick={() => admit(g)} data-testid={`admit-${g.id}`}>
          {w.admitOf(g.name)}
        </Button>
      ))}
    />
  )
}
