import { Link } from 'wouter'
import { showInstant } from '../dates/showInstant'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import type { LeftDraft } from '../sync/drafts/leftDrafts'
import { words } from '../words'
import { KeptTextTools } from './KeptTextTools'
import { keptText } from './keptText'
import { useLeftDrafts } from './useLeftDrafts'

interface Props {
  /** Path of the page now. */
  where: string
}

/** What earlier pages of this user could not send and no open page answers for: to be sent by opening its page, or to be copied. */
export function LeftDrafts({ where }: Props) {
  const [left, drop] = useLeftDrafts(where)
  return left.map(l => <Left key={l.copy} left={l} here={l.page === where} onDrop={() => drop(l)} />)
}

function Left({ left, here, onDrop }: { left: LeftDraft; here: boolean; onDrop: () => void }) {
  const w = words.drafts
  const text = keptText(left.texts)
  return (
    <Banner
      tone="warn"
      title={left.reason ? w.lost : w.left(left.drafts.length)}
      data-testid="left-draft"
      actions={
        <>
          {left.reason || here ? null : (
            <Link className="button" data-small="true" data-kind="solid" href={left.page} data-testid="left-open">
              {w.openPage}
            </Link>
          )}
          <KeptTextTools texts={left.texts} since={left.since} />
          <Button small onClick={onDrop} data-testid="left-drop">
            {left.reason ? w.drop : w.dropUnsent}
          </Button>
        </>
      }
    >
      <p>
        {w.written(showInstant(left.since))}　
        {left.reason ? `${w.reasons[left.reason] ?? ''}${w.lostHint}` : w.leftHint}
      </p>
      {text ? (
        <details>
          <summary>{w.show}</summary>
          <pre className="refused-text">{text}</pre>
        </details>
      ) : null}
    </Banner>
  )
}
