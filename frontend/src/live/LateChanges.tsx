import { useSyncExternalStore } from 'react'
import { showInstant } from '../dates/showInstant'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import type { Connection } from '../sync/Connection'
import { words } from '../words'
import { fieldName } from './fieldName'

interface Props {
  connection: Pick<Connection, 'late' | 'lateChanged' | 'forgetLate'>
}

/** 遅れて届いた変更: what the user wrote while away, beside what others wrote in the same field meanwhile. */
export function LateChanges({ connection }: Props) {
  const count = useSyncExternalStore(
    l => connection.lateChanged.on(l),
    () => connection.late.length,
  )
  if (!count) return null
  const w = words.drafts
  return (
    <Banner
      title={w.late(count)}
      data-testid="late-changes"
      actions={
        <Button small onClick={() => connection.forgetLate()} data-testid="late-close">
          {words.form.close}
        </Button>
      }
    >
      <p>{w.lateHint}</p>
      {/* It scrolls, so the keyboard has to reach it. */}
      <ul className="late-list" tabIndex={0} aria-label={w.late(count)}>
        {connection.late.map(c => (
          <li key={c.doc + c.key + c.since}>
            <strong>{fieldName(c.key)}</strong> {w.written(showInstant(c.since))}
            <dl>
              <dt>{w.lateOwn}</dt>
              <dd data-testid="late-own">{c.own || w.lateDeleted}</dd>
              <dt>{w.lateOthers}</dt>
              <dd data-testid="late-others">{c.others || w.lateNone}</dd>
              <dt>{w.lateNow}</dt>
              <dd>{c.now || w.lateNone}</dd>
            </dl>
          </li>
        ))}
      </ul>
    </Banner>
  )
}
