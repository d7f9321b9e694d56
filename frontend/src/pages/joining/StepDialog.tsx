import { useState } from 'react'
import { api } from '../../api/api'
import type { CodeEntry } from '../../api/cases'
import type { Joining } from '../../api/joinings'
import type { PlacePage } from '../../api/places'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { usePlaces } from './usePlaces'

export type StepKind = 'trial' | 'start' | 'settle' | 'stop' | 'end'

/** What a step begins with. */
export interface StepDraft {
  kind: StepKind
  placeId?: string
  placeName?: string
}

interface Props {
  caseId: string
  joining: Joining
  draft: StepDraft
  onClose: () => void
  onSaved: () => Promise<void>
}

const LISTS = { trial: 'join_trial', settle: 'join_going', stop: 'join_stop', end: 'join_end' } as const

/** Records a step: 見学・体験, 利用開始, 定着支援, 利用の終わり or the end of the whole. */
export function StepDialog({ caseId, joining, draft, onClose, onSaved }: Props) {
  const [kind, setKind] = useState(draft.kind)
  const [placeId, setPlace] = useState(draft.placeId ?? joining.uses[0]?.placeId ?? '')
  const [day, setDay] = useState(today())
  const [method, setMethod] = useState('')
  const [outcome, setOutcome] = useState('')
  const [body, setBody] = useState('')
  const { data: codes } = useLoad<{ lists: Record<string, CodeEntry[]> }>('/codes')
  const places: PlacePage['places'] = usePlaces(kind === 'trial' || kind === 'start')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.joinings
  const choose = { value: '', label: words.form.choose }
  const list = (id: string) => [choose, ...(codes?.lists[id] ?? []).map(c => ({ value: c.code, label: c.label }))]
  const using = joining.uses.map(u => ({ value: u.placeId, label: u.placeName }))
  const known = places.map(p => ({ value: p.id, label: p.name }))
  if (draft.placeId && !known.some(p => p.value === draft.placeId))
    known.unshift({ value: draft.placeId, label: draft.placeName ?? '' })
  const kinds = Object.entries(w.kinds)
    .filter(([k]) => (k === 'settle' || k === 'stop' ? using.length > 0 : k !== 'end' || using.length === 0))
    .map(([value, label]) => ({ value, label }))
  const pick = (next: string) => {
    setKind(next as StepKind)
    setOutcome('')
    if (next === 'settle' || next === 'stop') setPlace(using[0]?.value ?? '')
  }
  const save = () =>
    void submit(async () => {
      await api.post(`/cases/${caseId}/joinings/${joining.id}/steps`, {
        kind,
        placeId: kind === 'end' ? '' : placeId,
        day,
        method: kind === 'settle' ? method : '',
        outcome,
        body,
        n: joining.n,
      })
      await onSaved()
    })
  const error = rest('kind', 'placeId', 'day', 'method', 'outcome', 'body')
  return (
    <Dialog
      title={w.addStep}
      onClose={onClose}
      onCtrlEnter={save}
      data-testid="step-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="step-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <div className="place-grid">
          <SelectField
            label={w.kind}
            value={kind}
            options={kinds}
            onValue={pick}
            error={at('kind')}
            data-testid="step-kind"
          />
          {kind === 'end' ? null : (
            <SelectField
              label={w.place}
              value={placeId}
              options={[choose, ...(kind === 'settle' || kind === 'stop' ? using : known)]}
              onValue={setPlace}
              error={at('placeId')}
              required
              data-testid="step-place"
            />
          )}
        </div>
        <div className="place-grid">
          <DateField label={w.day} value={day} onValue={setDay} error={at('day')} required data-testid="step-day" />
          {kind === 'settle' ? (
            <SelectField
              label={w.method}
              value={method}
              options={list('join_method')}
              onValue={setMethod}
              error={at('method')}
              required
              data-testid="step-method"
            />
          ) : null}
          {kind === 'start' ? null : (
            <SelectField
              label={w.outcomes[kind]}
              value={outcome}
              options={list(LISTS[kind])}
              onValue={setOutcome}
              error={at('outcome')}
              required
              data-testid="step-outcome"
            />
          )}
        </div>
        <TextArea
          label={w.body}
          hint={kind === 'start' || kind === 'stop' ? w.bodyHint : undefined}
          value={body}
          onValue={setBody}
          error={at('body')}
          data-testid="step-body"
        />
      </div>
    </Dialog>
  )
}
