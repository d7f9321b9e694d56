import { useState } from 'react'
import { api } from '../../api/api'
import type { Amendment, FormDesk, FormDraft } from '../../api/forms'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { words } from '../../words'
import { counts } from './change'
import { FormPreview } from './FormPreview'

interface Props {
  n: number
  desk: FormDesk
  draft: FormDraft
  onApply: (c: Amendment) => Promise<void>
  onDiscard: () => void
  onPublished: () => Promise<void>
}

/** The draft: what it does, from when, a look at it, and its publishing. */
export function PublishCard({ n, desk, draft, onApply, onDiscard, onPublished }: Props) {
  const [look, setLook] = useState(false)
  const [from, setFrom] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.forms
  const sum = counts(draft.change)
  const changed = JSON.stringify(draft.change) !== JSON.stringify(desk.draft.change)
  const other = rest('effectiveFrom')
  const publish = () =>
    void submit(async () => {
      await api.post('/forms', { n, change: { ...draft.change, effectiveFrom: from || draft.change.effectiveFrom } })
      setFrom('')
      await onPublished()
    })
  const day = (effectiveFrom: string) => {
    setFrom(effectiveFrom)
    if (effectiveFrom) void submit(() => onApply({ ...draft.change, effectiveFrom }))
  }
  return (
    <section className="card stack-s" aria-labelledby="forms-draft">
      <div className="between">
        <h3 id="forms-draft">{w.draft}</h3>
        <span data-testid="forms-sum">
          {sum.added + sum.changed + sum.choices ? w.sum(sum.added, sum.changed, sum.choices) : w.nothing}
        </span>
      </div>
      {other ? <Banner tone="bad" title={other} data-testid="forms-error" /> : null}
      <div className="form-grid">
        <DateField
          label={w.from}
          hint={w.fromHint}
          value={from || draft.change.effectiveFrom}
          onValue={day}
          error={at('effectiveFrom')}
          required
          data-testid="forms-from"
        />
        <div className="row">
          <Button onClick={() => setLook(true)} data-testid="forms-look">
            {w.preview}
          </Button>
          <Button
            kind="solid"
            busy={busy}
            why={changed ? undefined : w.nothing}
            onClick={publish}
            data-testid="forms-publish"
          >
            {w.publish}
          </Button>
          {changed ? <Button onClick={onDiscard}>{w.discard}</Button> : null}
        </div>
      </div>
      {changed ? <p className="soft">{w.kept}</p> : null}
      {look ? <FormPreview draft={draft} onClose={() => setLook(false)} /> : null}
    </section>
  )
}
