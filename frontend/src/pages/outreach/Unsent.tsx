import type { EntryInput } from '../../api/outreach'
import { showInstant } from '../../dates/showInstant'
import { outbox } from '../../live/outbox'
import { useLetters } from '../../live/useOutbox'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import type { Letter } from '../../sync/outbox/Letter'
import { words } from '../../words'

interface Props {
  /** Letters whose subject begins so. */
  about: string
  /** Opens one that was refused, to be put right. */
  onFix: (letter: Letter<EntryInput>) => void
  /** Where they go: the others of the case stand on the page of their own. */
  to: '/outreach' | '/reviews'
}

/** What was written and has not reached the server: it is said, with its words, until it has. */
export function Unsent({ about, onFix, to }: Props) {
  const letters = useLetters<EntryInput>(about).filter(l => l.path.endsWith(to))
  const w = words.outreach
  if (!letters.length) return null
  return (
    <Banner tone="warn" title={w.unsent(letters.length)} data-testid="unsent">
      <p>{w.unsentHint}</p>
      <ul className="list-plain stack-s">
        {letters.map(l => (
          <li key={l.id} className="stack-s">
            <span>
              <span className="soft">{showInstant(l.draft.at, 'short')}</span>　{l.text}
            </span>
            {l.state === 'refused' ? (
              <span className="row">
                <span className="field-error">
                  {w.refused}：{l.error?.message}
                </span>
                <Button small onClick={() => onFix(l)} data-testid="unsent-fix">
                  {w.fix}
                </Button>
                <Button small onClick={() => outbox.drop(l)} data-testid="unsent-drop">
                  {w.drop}
                </Button>
              </span>
            ) : null}
          </li>
        ))}
      </ul>
      <Button small onClick={() => outbox.now()} data-testid="unsent-now">
        {w.retry}
      </Button>
    </Banner>
  )
}
