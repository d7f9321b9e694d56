import type { Spot } from '../../api/after'
import { useLoad } from '../../app/useLoad'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { type SpotPlan, spotOptions } from './spotOptions'

interface Props {
  planId: string
  meetingId: string
  value: Spot | null
  onValue: (spot: Spot | null, label: string) => void
}

/** 異議のある箇所: a 課題, a 目標, a 支援項目 or one cell of it, chosen from the plan as it stands. */
export function SpotField({ planId, meetingId, value, onValue }: Props) {
  const { data } = useLoad<SpotPlan>(`/plans/${planId}?meeting=${encodeURIComponent(meetingId)}`)
  const w = words.after
  const list = data ? spotOptions(data) : []
  const key = (s: Spot) => [s.kind, s.docId, s.row, s.column].join('|')
  return (
    <SelectField
      label={w.spot}
      value={value ? key(value) : ''}
      options={[{ value: '', label: w.spotNone }, ...list.map(o => ({ value: key(o.spot), label: o.label }))]}
      onValue={v => {
        const o = list.find(x => key(x.spot) === v)
        onValue(o?.spot ?? null, o?.label ?? '')
      }}
      data-testid="seat-spot"
    />
  )
}
