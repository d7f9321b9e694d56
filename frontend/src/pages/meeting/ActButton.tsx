import { useState } from 'react'
import type { Act, Room } from '../../api/meeting'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { ActDialog } from './ActDialog'
import { actForms } from './ActForm'

interface Props {
  act: Act
  room: Room
  onDo: (params?: object) => Promise<void>
  solid?: boolean
  label?: string
}

/** A button of the table of acts; greyed it says why. Acts that need words ask for them first. */
export function ActButton({ act, room, onDo, solid, label }: Props) {
  const [asking, setAsking] = useState(false)
  const { submit, busy, error } = useSubmit()
  const fields = actForms[act.act]
  return (
    <>
      <Button
        kind={solid ? 'solid' : 'outline'}
        why={act.allowed ? undefined : act.why || act.label}
        busy={busy}
        onClick={() => (fields ? setAsking(true) : void submit(() => onDo()))}
        data-testid={`act-${act.act}`}
      >
        {label ?? act.label}
      </Button>
      {error ? <Banner tone="bad" title={error.message} data-testid={`act-error-${act.act}`} /> : null}
      {asking && fields ? (
        <ActDialog act={act} fields={fields} room={room} onDo={onDo} onClose={() => setAsking(false)} />
      ) : null}
    </>
  )
}
