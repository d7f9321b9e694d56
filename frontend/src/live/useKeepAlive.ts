import { useEffect } from 'react'
import { keepAlive } from './keepAlive'

/** Keeps the session while somebody writes: what goes over the socket is no request, and a session ends after 60 minutes without one. */
export function useKeepAlive(ask: () => void): void {
  useEffect(() => {
    const touch = keepAlive(ask, Date.now)
    document.addEventListener('input', touch, true)
    return () => document.removeEventListener('input', touch, true)
  }, [ask])
}
