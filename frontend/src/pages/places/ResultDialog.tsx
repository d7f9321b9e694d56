import { useState } from 'react'
import { api } from '../../api/api'
import type { PlaceLink } from '../../api/places'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'

interface Props {
  link: PlaceLink
  onClose: () => void
  onSaved: () => Promise<void>
}

/** Tells what became of a link. */
export function ResultDialog({ link, onClose, onSaved }: Props) {
  const [result, setResult] = useState('going')
  const [resultOn, setOn] = useState(today())
  const { submit, busy, at, rest } = useSubmit()
  const w = words.places
  const save = () =>
    void submit(async () => {
      await api.put(`/places/${link.placeId}/links/${link.id}`, { result, resultOn, n: link.n })
      await onSaved()
    })
  const error = rest('result', 'resultOn')
  return (
    <Dialog
      title={w.tellResultOf(link.caseId ? link.name : w.residentName)}
      onClose={onClose}
      data-testid="result-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="result-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <div className="form-grid">
          <SelectField
            label={w.result}
            value={result}
            options={Object.entries(w.results).map(([value, label]) => ({ value, label }))}
            onValue={setResult}
            error={at('result')}
            data-testid="result-is"
          />
          <DateField
            label={w.resultOn}
            value={resultOn}
            onValue={setOn}
            error={at('resultOn')}
            required
            data-testid="result-on"
          />
        </div>
      </div>
    </Dialog>
  )
}
