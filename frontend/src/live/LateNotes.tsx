import { useSyncExternalStore } from 'react'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import type { Connection } from '../sync/Connection'
import { words } from '../words'
import { fieldName } from './fieldName'

interface Props {
  connection: Pick<Connection, 'lateNotes' | 'lateChanged' | 'forgetLateNotes'>
}

/** Says whose words, written while away, have just come into which field. */
export function LateNotes({ connection }: Props) {
  const count = useSyncExternalStore(
    l => connection.lateChanged.on(l),
    () => connection.lateNotes.length,
  )
  if (!count) return null
  const w = words.drafts
  return (
    <Banner
      title={w.notes}
      data-testid="late-notes"
      actions={
        <Button small onClick={() => connection.forgetLateNotes()} data-testid="late-notes-close">
          {words.form.close}
        </Button>
      }
    >
      {connection.lateNotes.map(n => (
        <p key={n.id}>{w.note(n.name, n.agency, [...new Set(n.keys.map(fieldName))].map(w.field).join(''))}</p>
      ))}
    </Banner>
  )
}
