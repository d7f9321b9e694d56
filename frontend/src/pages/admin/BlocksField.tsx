import { useState } from 'react'
import type { AgendaBlock } from '../../api/meetingTypes'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { type BlockDraft, blockDrafts } from './TypeDraft'

interface Props {
  value: readonly BlockDraft[]
  duties: readonly AgendaBlock[]
  onValue: (blocks: BlockDraft[]) => void
}

/** 議題のひな形, in their order. */
export function BlocksField({ value, duties, onValue }: Props) {
  const [said, setSaid] = useState('')
  const w = words.meetingTypes
  const m = words.meeting
  const set = (key: number, part: Partial<BlockDraft>) =>
    onValue(value.map(b => (b.key === key ? { ...b, ...part } : b)))
  const move = (from: number, by: number) => {
    const next = [...value]
    const [b] = next.splice(from, 1)
    if (b) next.splice(from + by, 0, b)
    onValue(next)
    setSaid(w.block(from + by + 1))
  }
  return (
    <section className="card stack" aria-labelledby="type-blocks">
      <h3 id="type-blocks">{w.agenda}</h3>
      <p className="soft">{w.agendaHint}</p>
      <p role="status" className="sr-only">
        {said}
      </p>
      {value.map((b, i) => (
        <fieldset key={b.key} className="type-block" data-testid={`type-block-${i + 1}`}>
          <legend className="field-label">{w.block(i + 1)}</legend>
          <div className="form-grid">
            <TextField
              label={m.agendaTitle}
              value={b.title}
              onValue={title => set(b.key, { title })}
              required
              data-testid={`type-block-title-${i + 1}`}
            />
            <TextField
              label={m.agendaPoint}
              value={b.point}
              onValue={point => set(b.key, { point })}
              required
              data-testid={`type-block-point-${i + 1}`}
            />
          </div>
          <div className="form-grid">
            <SelectField
              label={m.agendaPurpose}
              value={b.purpose}
              options={m.purposes}
              onValue={purpose => set(b.key, { purpose })}
            />
            <SelectField
              label={m.agendaKind}
              value={b.kind}
              options={m.agendaKinds}
              onValue={kind => set(b.key, { kind })}
            />
            <TextField
              label={m.agendaMinutes}
              inputMode="numeric"
              value={b.minutes}
              onValue={minutes => set(b.key, { minutes })}
            />
          </div>
          <div className="between">
            <Check label={w.usual} checked={b.usual} onValue={usual => set(b.key, { usual })} />
            <div className="row">
              <Button
                small
                aria-label={w.blockUp(i + 1)}
                why={i > 0 ? undefined : w.block(1)}
                onClick={() => move(i, -1)}
              >
                ↑
              </Button>
              <Button
                small
                aria-label={w.blockDown(i + 1)}
                why={i < value.length - 1 ? undefined : w.block(value.length)}
                onClick={() => move(i, 1)}
              >
                ↓
              </Button>
              <Button small kind="text" onClick={() => onValue(value.filter(x => x.key !== b.key))}>
                {w.blockRemove(i + 1)}
              </Button>
            </div>
          </div>
        </fieldset>
      ))}
      <div className="row">
        <Button
          onClick={() =>
            onValue([
              ...value,
              {
                key: Math.max(0, ...value.map(b => b.key)) + 1,
                title: '',
                purpose: 'share',
                kind: '',
                point: '',
                minutes: '',
                usual: true,
              },
            ])
          }
          data-testid="type-block-add"
        >
          ＋ {w.addBlock}
        </Button>
        <Button kind="text" onClick={() => onValue(blockDrafts(duties))} data-testid="type-duties">
          {w.fourDuties}
        </Button>
      </div>
    </section>
  )
}
