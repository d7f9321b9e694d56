import { useState } from 'react'
import { useSubmit } from '../../../app/useSubmit'
import { Button } from '../../../parts/Button'
import { TextField } from '../../../parts/TextField'
import { words } from '../../../words'
import { findAct } from '../findAct'
import type { RoomProps } from '../RoomProps'

/** The link of the municipality's own audio or video conference: kept and opened, never recorded. */
export function ConferenceCard({ room, act }: RoomProps) {
  const [url, setURL] = useState(room.during.conference)
  const { submit, busy, error, at } = useSubmit()
  const w = words.during
  if (!findAct(room, 'conference')?.allowed) return null
  return (
    <section className="card stack-s" aria-labelledby="conference-title" data-testid="conference-card">
      <h2 id="conference-title">{w.conference}</h2>
      <div className="toolbar">
        <TextField
          label={w.conferenceSet}
          hint={w.conferenceHint}
          value={url}
          onValue={setURL}
          type="url"
          error={at('url') ?? error?.message}
          data-testid="conference-url"
        />
        <Button busy={busy} onClick={() => void submit(() => act('conference', { url }))} data-testid="conference-save">
          {w.conferenceSave}
        </Button>
      </div>
    </section>
  )
}
