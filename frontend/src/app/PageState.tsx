import type { ApiError } from '../api/ApiError'
import { Banner } from '../parts/Banner'
import { Button } from '../parts/Button'
import { words } from '../words'

interface Props {
  error: ApiError | null
  reload: () => Promise<void>
}

/** What a page shows while its data is not there: waiting, or why not. */
export function PageState({ error, reload }: Props) {
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
        tone="bad"
        title={words.errors.load}
        actions={<Button onClick={() => void reload()}>{words.errors.retry}</Button>}
      >
        {error.message}
      </Banner>
    </div>
  )
}
