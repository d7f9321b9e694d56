import { createContext } from 'react'
import type { Connection } from '../sync/Connection'

/** The live connection of the page, null on pages without live documents. */
export const ConnectionContext = createContext<Connection | null>(null)
