import { words } from '../../words'
import { mayWrite } from '../plan/mayWrite'
import { PlaceChip } from '../plan/PlaceChip'
import { RowSelect } from '../plan/RowSelect'
import { RowText } from '../plan/RowText'
import { RowTools } from '../plan/RowTools'
import type { MinutesRowProps } from './MinutesRowProps'

const FIELDS = ['title', 'content', 'conclusion', 'remaining'] as const

/** 検討した項目 → 検討内容 → 結論 → 残された課題. */
export function PointRow({ room, persons, rows, row, at, added, onRemoved }: MinutesRowProps) {
  const w = words.meeting
  const name = `${w.points}${at + 1}`
  return (
    <li className="plan-row" data-testid={`point-${at + 1}`}>
      <strong className="plan-no">{at + 1}</strong>
      <div className="two point-fields">
        {FIELDS.map(f => (
          <div key={f} className="field">
            <span className="field-label">{w.point[f]}</span>
            <RowText
              row={row}
              kind="point"
              field={f}
              label={`${name}：${w.point[f]}`}
              autoFocus={added === row.id && f === 'title'}
              testid={`point-${at + 1}-${f}`}
            />
          </div>
        ))}
      </div>
      <div className="plan-side">
        <PlaceChip entry={row.entry.ref} persons={persons} />
        <RowSelect
          row={row}
          field={`point/${row.id}/agenda`}
          label={`${name}：${w.agenda}`}
          empty={w.agenda}
          options={room.agenda.map((a, i) => ({ value: a.id, label: `${i + 1}. ${a.title}` }))}
        />
        {mayWrite(row.entry) ? <RowTools kind="point" rows={rows} at={at} name={name} onRemoved={onRemoved} /> : null}
      </div>
    </li>
  )
}
