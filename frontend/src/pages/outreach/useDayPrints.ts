import { useEffect } from 'react'
import { api } from '../../api/api'
import { useActor } from '../../app/useActor'

/** Each print of the list of a day is counted, with the cases on it. */
export function useDayPrints(day: string, of: string): void {
  const { noCopies } = useActor()
  useEffect(() => {
    if (noCopies || !day) return
    const print = () => void api.post('/outreach/prints', { day, of }).catch(() => {})
    window.addEventListener('beforeprint', print)
    return () => window.removeEventListener('beforeprint', print)
  }, [day, of, noCopies])
}
