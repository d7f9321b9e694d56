import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** 守秘義務の確認: before it nothing of the case is shown in a 支援会議. */
export function SecrecyCard({ room, act }: RoomProps) {
  const { submit, busy, error } = useSubmit()
  const mine = findAct(room, 'secrecy')
  const w = words.meeting
  if (!mine?.allowed) return null
  return (
    <section className="card stack-s secrecy" aria-labelledby="secrecy-title" data-testid="secrecy-card">
      <h2 id="secrecy-title">{w.secrecyTitle}</h2>
      <p className="secrecy-text">{w.secrecyText}</p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <div>
        <Button
          kind="solid"
          busy={busy}
          onClick={() => void submit(() => act('secrecy'))}
          data-testid="secrecy-confirm"
        >
          {w.secrecyDo}
        </Button>
      </div>
    </section>
  )
}
