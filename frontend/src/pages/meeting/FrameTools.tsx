import { useState } from 'react'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { EditDialog } from './EditDialog'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

/** What can be changed of the frame of a meeting before it begins. */
export function FrameTools({ room, act }: RoomProps) {
  const [editing, setEditing] = useState(false)
  const w = words.prepare
  return (
    <>
      {findAct(room, 'edit')?.allowed ? (
        <Button small kind="text" onClick={() => setEditing(true)} data-testid="edit-meeting">
          {w.edit}
        </Button>
      ) : null}
      {editing ? <EditDialog room={room} act={act} onClose={() => setEditing(false)} /> : null}
    </>
  )
}
