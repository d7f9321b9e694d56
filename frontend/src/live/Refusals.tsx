import { useSyncExternalStore } from 'react'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import type { Connection } from '../sync/Connection'
import { words } from '../words'
import { KeptTextTools } from './KeptTextTools'
import { keptText } from './keptText'

interface Props {
  connection: Pick<Connection, 'refusals' | 'refused' | 'forgetRefusal'>
}

/** Words of the user that the server did not accept: kept here until the user has copied or dropped them. */
export function Refusals({ connection }: Props) {
  useSyncExternalStore(
    l => connection.refused.on(l),
    () => connection.refusals.map(r => r.doc).join() + connection.refusals.length,
  )
  return connection.refusals.map(r => {
    const text = keptText(r.texts)
    return (
      <Banner
        key={r.doc + r.reason + r.since}
        tone="bad"
        title={r.label || words.drafts.reasons[r.reason] || words.ack.refused}
        data-testid="refusal"
        actions={
          <>
            <KeptTextTools texts={r.texts} since={r.since} />
            <Button small onClick={() => connection.forgetRefusal(r)} data-testid="refusal-drop">
              {text ? words.drafts.drop : words.form.close}
            </Button>
          </>
        }
      >
        {words.ack.refusedHint}
        {text ? <pre className="refused-text">{text}</pre> : null}
      </Banner>
    )
  })
}
