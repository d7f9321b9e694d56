import { use } from 'react'
import type { Connection } from '../sync/Connection'
import { ConnectionContext } from './ConnectionContext'

/** The live connection of the page. */
export function useConnection(): Connection {
  const connection = use(ConnectionContext)
  if (!connection) throw new Error('no live connection on this page')
  return connection
}
