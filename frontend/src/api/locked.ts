import { Signal } from '../sync/Signal'

/** The server refused a request because the desk is locked (離席ロック). */
export const locked = new Signal()
