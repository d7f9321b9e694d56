import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  shown: number
  next: string
  busy: boolean
  onMore: () => void
}

/** Where a list goes on. A search that found nothing yet says so: it has not looked at everything. */
export function More({ shown, next, busy, onMore }: Props) {
  const w = words.audit
  if (!next) return null
  return (
    <div className="row">
      {shown ? null : <span>{w.noneYet}</span>}
      <Button busy={busy} onClick={onMore} data-testid="audit-more">
        {shown ? w.more : w.goOn}
      </Button>
    </div>
  )
}
