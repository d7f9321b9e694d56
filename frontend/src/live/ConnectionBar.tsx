import { useSyncExternalStore } from 'react'
import type { AckState } from '../sync/AckState'
import type { Connection } from '../sync/Connection'
import { ConnectionBarView } from './ConnectionBarView'
import { keptText } from './keptText'

interface Props {
  connection: Pick<Connection, 'ackState' | 'ackChanged' | 'unsaved'>
}

/** The bar across the top, bound to the connection. */
export function ConnectionBar({ connection }: Props) {
  const ack: AckState = useSyncExternalStore(
    l => connection.ackChanged.on(l),
    () => connection.ackState(),
  )
  const copy = () =>
    connection
      .unsaved()
      .map(u => keptText(u.texts))
      .join('\n\n')
  return <ConnectionBarView ack={ack} unsavedText={copy} />
}
