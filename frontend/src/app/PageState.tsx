import type { ApiError } from '../api/ApiError'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import { words } from '../words'
import { useHeal } from './useHeal'

interface Props {
  error: ApiError | null
  reload: () => Promise<void>
}

/** What a page shows while its data is not there: waiting, or why not. */
export function PageState({ error, reload }: Props) {
  const away = error?.kind === 'offline'
  useHeal(away, reload)
  if (!error) {
    return (
      <div className="page" aria-busy="true">
        <p className="sr-only" role="status">
          {words.app.loading}
        </p>
        <div className="skeleton" />
      </div>
    )
  }
  return (
    <div className="page">
      <Banner
        tone={away ? 'warn' : 'bad'}
        title={away ? words.errors.away : words.errors.load}
        actions={<Button onClick={() => void reload()}>{words.errors.retry}</Button>}
        data-testid={away ? 'page-away' : 'page-error'}
      >
        {away ? words.errors.awayText : error.message}
      </Banner>
    </div>
  )
}
