import { useState } from 'react'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { findAct } from './findAct'
import { MinutesLink } from './MinutesLink'
import type { RoomProps } from './RoomProps'

/** 会議録の確認 by an agency that attended. */
export function ConfirmCard({ room, act }: RoomProps) {
  const [opinion, setOpinion] = useState('')
  const { submit, busy, error } = useSubmit()
  const may = findAct(room, 'confirm')
  const w = words.meeting
  if (!may || !room.minutes) return null
  const hash = room.minutes.hash
  return (
    <section className="card stack-s" aria-labelledby="confirm-title" data-testid="confirm-card">
      <h2 id="confirm-title">{w.confirmTitle}</h2>
      <p>
        {w.proposeUntil}：{showDate(room.minutes.until)}　
        <MinutesLink room={room} />
      </p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <TextArea label={w.opinion} value={opinion} onValue={setOpinion} />
      <div className="row">
        <Button
          kind="solid"
          busy={busy}
          why={may.allowed ? undefined : may.why}
          onClick={() => void submit(() => act('confirm', { hash, ok: true, opinion: '' }))}
          data-testid="confirm-ok"
        >
          {w.confirmOk}
        </Button>
        <Button
          busy={busy}
          why={opinion.trim() ? undefined : words.form.needed(w.opinion)}
          onClick={() => void submit(() => act('confirm', { hash, ok: false, opinion }))}
          data-testid="confirm-opinion"
        >
          {w.confirmOpinion}
        </Button>
      </div>
    </section>
  )
}
