import { useState, useSyncExternalStore } from 'react'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import type { Connection } from '../sync/Connection'
import { words } from '../words'
import { Withheld } from './Withheld'

interface Props {
  connection: Pick<Connection, 'withdrawn' | 'accessChanged'>
}

/** Says that something just vanished from the page and why, where it is seen wherever one is on the page. */
export function Withdrawals({ connection }: Props) {
  const [read, setRead] = useState(0)
  const count = useSyncExternalStore(
    l => connection.accessChanged.on(l),
    () => connection.withdrawn.length,
  )
  const news = connection.withdrawn.slice(read)
  if (!news.length) return null
  const reasons = [...new Set(news.map(m => m.message ?? ''))].filter(Boolean)
  return (
    <Banner
      tone="warn"
      title={words.ack.withdrawn(news.length)}
      data-testid="withdrawn"
      actions={
        <Button small onClick={() => setRead(count)}>
          {words.form.close}
        </Button>
      }
    >
      <Withheld /> {reasons.join('　')}
    </Banner>
  )
}
