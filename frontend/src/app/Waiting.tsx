import { useEffect, useState } from 'react'
import { words } from '../words'

/** From when on a wait is spoken of (ms). */
const LONG = 1500

/** The place of a part whose file has not come yet. Only a long wait is told: usually the file is here before it is wanted. */
export function Waiting() {
  const [long, setLong] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setLong(true), LONG)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div aria-busy="true" data-testid="waiting">
      <p role="status" className="soft">
        {long ? words.app.partWaits : ''}
      </p>
      <div className="skeleton" />
    </div>
  )
}
