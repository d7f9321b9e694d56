import { useState } from 'react'
import type { PlaceQuery } from '../../api/places'
import { askFile, saveFile } from '../../api/takeFile'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  query: PlaceQuery
  mayTake: boolean
}

/** The list as it is narrowed now, as a file. */
export function PlacesSave({ query, mayTake }: Props) {
  const [done, setDone] = useState(false)
  const { submit, busy, error } = useSubmit()
  const w = words.places
  const save = async (as: 'xlsx' | 'csv' | 'csv932') => {
    setDone(false)
    setDone(
      await submit(async () =>
        saveFile(await askFile('/places/file', { ...query, as }), `${w.title}${as === 'xlsx' ? '.xlsx' : '.csv'}`),
      ),
    )
  }
  return (
    <section className="stack-s no-print" aria-label={w.file}>
      <h2>{w.file}</h2>
      <div className="row">
        {(['xlsx', 'csv', 'csv932'] as const).map(as => (
          <Button
            key={as}
            busy={busy}
            why={mayTake ? undefined : w.noFile}
            onClick={() => void save(as)}
            data-testid={`places-${as}`}
          >
            {w[as]}
          </Button>
        ))}
      </div>
      <p role="status">{done ? w.saved : mayTake ? '' : w.noFile}</p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
    </section>
  )
}
