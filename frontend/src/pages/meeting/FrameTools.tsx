import { useState } from 'react'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { ActDialog } from './ActDialog'
import { actForms } from './ActForm'
import { EditDialog } from './EditDialog'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** What can be changed of the frame of a meeting before it begins. */
export function FrameTools({ room, act }: RoomProps) {
  const [editing, setEditing] = useState(false)
  const [cancelling, setCancelling] = useState(false)
  const cancel = findAct(room, 'cancel')
  const w = words.prepare
  return (
    <>
      {findAct(room, 'edit')?.allowed ? (
        <Button small kind="text" onClick={() => setEditing(true)} data-testid="edit-meeting">
          {w.edit}
        </Button>
      ) : null}
      {cancel?.allowed ? (
        <Button small kind="text" onClick={() => setCancelling(true)} data-testid="cancel-meeting">
          {cancel.label}
        </Button>
      ) : null}
      {cancelling && cancel ? (
        <ActDialog
          act={cancel}
          fields={actForms.cancel ?? []}
          room={room}
          onDo={params => act('cancel', params)}
          onClose={() => setCancelling(false)}
        />
      ) : null}
      {editing ? <EditDialog room={room} act={act} onClose={() => setEditing(false)} /> : null}
    </>
  )
}
