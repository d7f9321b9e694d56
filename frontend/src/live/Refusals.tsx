import { useSyncExternalStore } from 'react'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import { CopyButton } from '../parts/CopyButton'
import type { Connection } from '../sync/Connection'
import { words } from '../words'

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
    const text = Object.values(r.texts).join('\n\n')
    return (
      <Banner
        key={r.doc + r.reason + text.length}
        tone="bad"
        title={r.label || words.ack.refused}
        data-testid="refusal"
        actions={
          <>
            {text ? <CopyButton text={text} label={words.ack.keepCopy} /> : null}
            <Button small onClick={() => connection.forgetRefusal(r)}>
              {words.form.close}
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
