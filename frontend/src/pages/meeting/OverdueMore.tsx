import type { ApiError } from '../../api/ApiError'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'

interface Props {
  part: string
  looked: string
  more: string
  failed: ApiError | null
  busy: boolean
  onMore: () => void
}

/** How much of the whole was looked through, and the way to the rest: nothing is cut off in silence. */
export function OverdueMore({ part, looked, more, failed, busy, onMore }: Props) {
  return (
    <div className="row" data-testid={`overdue-more-${part}`}>
      <span>{looked}</span>
      <Button small busy={busy} onClick={onMore} data-testid={`overdue-next-${part}`}>
        {more}
      </Button>
      {failed ? <Banner tone="bad" title={failed.message} /> : null}
    </div>
  )
}
