import { type ComponentType, createElement, type ReactNode, Suspense, use, useEffect, useState } from 'react'
import { stubborn } from './stubborn'
import { Waiting } from './Waiting'

/** A part that comes when it is needed, or before. */
export type Later<P> = ComponentType<P> & { load: (signal?: AbortSignal) => Promise<void> }

/**
 * A part of the product in a file of its own. Once its file is here it is drawn at once, like any other: no empty moment in between. While the
 * line is cut it is asked for until it comes; when the server answers, but not with this file (a new version was installed), the page has to
 * be loaded anew and the part says so by the boundary around it.
 */
export function later<P extends object>(get: () => Promise<ComponentType<P>>): Later<P> {
  let part: ComponentType<P> | undefined
  let coming: Promise<void> | undefined
  let gone = false
  // While the line is cut it is asked for as long as somebody waits: the places it is to be drawn in, and whoever fetches it before.
  let waiting = 0
  let stop = new AbortController()
  const hold = () => {
    waiting++
    return () => {
      waiting--
      // A place that is only built anew waits again at once.
      queueMicrotask(() => {
        if (waiting || part || !coming) return
        stop.abort()
        coming = undefined
      })
    }
  }
  const begin = () => {
    const own = new AbortController()
    stop = own
    return stubborn(get, { signal: own.signal }).then(
      p => {
        part = p
      },
      e => {
        if (!own.signal.aborted) gone = true
        throw e
      },
    )
  }
  const load = (signal?: AbortSignal) => {
    signal?.addEventListener('abort', hold(), { once: true })
    coming ??= begin()
    return coming
  }
  function Part(props: P) {
    use(load())
    return part ? createElement(part, props) : null
  }
  // Which of the two stays as long as the part is on the page: a change would build it anew, without what was typed into it.
  function Place(props: P) {
    const [here] = useState(() => {
      // What did not come is asked for anew by a part that is built anew, never by one that is being drawn: each drawing would ask again.
      if (gone) coming = undefined
      gone = false
      return part
    })
    useEffect(hold, [])
    return here ? createElement(here, props) : wait(<Part {...props} />)
  }
  return Object.assign(Place, { load })
}

const wait = (part: ReactNode) => <Suspense fallback={<Waiting />}>{part}</Suspense>
