import { useMemo, useState } from 'react'
import type { Choice, CopyTexts, Mark, Printed } from '../../api/copies'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { addMarks, blackened, points } from './marks'

interface Props {
  data: CopyTexts
  grounds: Choice[]
  marks: Mark[]
  onMarks: (marks: Mark[]) => void
}

/** What is blacked out in a 開示用 copy: by candidates, by fields, by characters. */
export function RedactPart({ data, grounds, marks, onMarks }: Props) {
  const [ground, setGround] = useState(grounds[1]?.id ?? '')
  const [fixed, setFixed] = useState(false)
  const w = words.copies.redact
  const add = (more: Mark[]) => onMarks(addMarks(marks, more))
  const sections = useMemo(() => bySection(data.texts, fixed), [data.texts, fixed])
  const byText = useMemo(() => grouped(marks, m => m.no), [marks])
  return (
    <section className="stack" aria-label={w.title} data-testid="redact">
      <h2>{w.title}</h2>
      <p className="soft">{w.lead}</p>
      {data.before.length ? <Banner title={w.before} /> : null}
      <h3>{w.hints}</h3>
      <ul className="list">
        {data.hints.map(h => (
          <li key={h.id} className="between">
            <span>{w.hintLine(h.label, h.marks?.length ?? 0)}</span>
            <Button
              small
              onClick={() => add(h.marks ?? [])}
              aria-label={w.addHint(h.label, h.marks?.length ?? 0)}
              data-testid={`hint-${h.id}`}
            >
              {w.addAll}
            </Button>
          </li>
        ))}
      </ul>
      <div className="toolbar redact-bar">
        <SelectField
          label={w.ground}
          value={ground}
          options={grounds.map(g => ({ value: g.id, label: g.label }))}
          onValue={setGround}
          data-testid="redact-ground"
        />
        <Check label={w.fixed} checked={fixed} onValue={setFixed} />
        <p role="status" data-testid="redact-count">
          {w.count(marks.length)}
        </p>
        <Button small onClick={() => onMarks([])}>
          {w.clear}
        </Button>
      </div>
      {sections.map(([title, texts]) => (
        <section key={title} aria-label={title || w.text} className="stack">
          {title ? <h3>{title}</h3> : null}
          {texts.map(t => (
            <Line
              key={t.no}
              text={t}
              marks={byText.get(t.no) ?? []}
              onMark={(from, to) => add([{ no: t.no, from, to, ground }])}
              onUndo={() => onMarks(marks.filter(m => m.no !== t.no))}
            />
          ))}
        </section>
      ))}
    </section>
  )
}

function grouped<T, K>(list: readonly T[], key: (x: T) => K): Map<K, T[]> {
  const out = new Map<K, T[]>()
  for (const x of list) out.set(key(x), [...(out.get(key(x)) ?? []), x])
  return out
}

function bySection(texts: readonly Printed[], fixed: boolean): [string, Printed[]][] {
  const shown = texts.filter(t => (fixed || !t.fixed) && t.text.trim())
  return [...grouped(shown, t => t.section)]
}

interface LineProps {
  text: Printed
  marks: Mark[]
  onMark: (from: number, to: number) => void
  onUndo: () => void
}

function Line({ text: t, marks, onMark, onUndo }: LineProps) {
  const [range, setRange] = useState<[number, number]>([0, 0])
  const w = words.copies.redact
  const field = t.field || t.section || w.text
  const chosen = range[1] > range[0]
  const look = (el: HTMLTextAreaElement) =>
    setRange([points(t.text, el.selectionStart), points(t.text, el.selectionEnd)])
  return (
    <div className="redact-line" data-testid={`text-${t.no}`} data-marked={marks.length > 0 || undefined}>
      <span className="soft">{field}</span>
      <div className="redact-text">
        <textarea
          className="input"
          readOnly
          aria-label={`${field}：${w.text}`}
          rows={Math.min(8, Math.ceil(t.text.length / 38) + (t.text.match(/\n/g)?.length ?? 0))}
          value={t.text}
          onSelect={e => look(e.currentTarget)}
        />
        {marks.length ? (
          <p className="redact-after">
            <span className="soft">{w.shown}</span> {blackened(t.text, marks)}
          </p>
        ) : null}
      </div>
      <div className="row">
        <Button
          small
          why={chosen ? undefined : w.nothing}
          onClick={() => onMark(range[0], range[1])}
          aria-label={w.markOf(field)}
        >
          {w.mark}
        </Button>
        <Button small onClick={() => onMark(0, [...t.text].length)} aria-label={w.markAllOf(field)}>
          {w.markAll}
        </Button>
        {marks.length ? (
          <Button small onClick={onUndo} aria-label={w.undoOf(field)}>
            {w.undo}
          </Button>
        ) : null}
      </div>
    </div>
  )
}
