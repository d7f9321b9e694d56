import { useEffect } from 'react'
import { api } from '../api/api'
import type { Session } from '../api/session'
import { words } from '../words'
import { base } from './base'

/** Each print of a page of a case is counted; where an agency takes no copies the paper says so instead of the page. */
export function usePrints(session: Session | null): void {
  const none = session?.actor?.noCopies ?? false
  useEffect(() => {
    const root = document.documentElement
    if (none) {
      root.dataset.noCopies = ''
      document.body.dataset.noCopies = words.account.noPrint
    }
    const print = () => {
      const path = /^\/(cases|plans|meetings)\/[^/]+/.exec(window.location.pathname.slice(base.length))?.[0]
      if (path && !none) void api.post(`${path}/prints`).catch(() => {})
    }
    window.addEventListener('beforeprint', print)
    return () => {
      window.removeEventListener('beforeprint', print)
      delete root.dataset.noCopies
      delete document.body.dataset.noCopies
    }
  }, [none])
}
