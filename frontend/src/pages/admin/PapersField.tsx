import { useState } from 'react'
import type { LaidPaper, PaperLayout } from '../../api/meetingTypes'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'

interface Props {
  papers: readonly LaidPaper[]
  value: Readonly<Record<string, PaperLayout>>
  onValue: (papers: Record<string, PaperLayout>) => void
  onPreview: (kind: string) => Promise<void>
}

/** 様式の設定 of the papers of a kind of meeting. */
export function PapersField({ papers, value, onValue, onPreview }: Props) {
  const w = words.meetingTypes
  return (
    <section className="card stack" aria-labelledby="type-papers">
      <h3 id="type-papers">{w.papers}</h3>
      <p className="soft">{w.papersHint}</p>
      {papers.map(p => (
        <details key={p.kind} className="disclosure" data-testid={`layout-${p.kind}`}>
          <summary>{p.title}</summary>
          <Layout
            paper={p}
            value={value[p.kind] ?? {}}
            onValue={l => onValue({ ...value, [p.kind]: l })}
            onPreview={() => onPreview(p.kind)}
          />
        </details>
      ))}
    </section>
  )
}

interface LayoutProps {
  paper: LaidPaper
  value: PaperLayout
  onValue: (l: PaperLayout) => void
  onPreview: () => Promise<void>
}

function Layout({ paper, value: l, onValue, onPreview }: LayoutProps) {
  const [said, setSaid] = useState('')
  const [boxes, setBoxes] = useState((l.approval ?? []).join('、'))
  const { submit, busy, error } = useSubmit()
  const w = words.meetingTypes
  const rank = (key: string) => {
    const i = l.order?.indexOf(key) ?? -1
    return i < 0 ? paper.sections.length : i
  }
  const sections = [...paper.sections].sort((a, b) => rank(a.key) - rank(b.key))
  const move = (from: number, by: number) => {
    const keys = sections.map(s => s.key)
    const [key] = keys.splice(from, 1)
    if (key) keys.splice(from + by, 0, key)
    onValue({ ...l, order: keys })
    setSaid(w.papersMoved(sections[from]?.title ?? '', from + by + 1))
  }
  const name = (key: string, text: string) => {
    const names = { ...l.names, [key]: text }
    if (!text) delete names[key]
    onValue({ ...l, names })
  }
  return (
    <div className="stack">
      <p role="status" className="sr-only">
        {said}
      </p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      <div className="form-grid">
        <TextField
          label={w.papersTitle}
          hint={paper.title}
          value={l.title ?? ''}
          onValue={title => onValue({ ...l, title })}
          data-testid={`layout-title-${paper.kind}`}
        />
        <TextField
          label={w.papersApproval}
          hint={w.papersApprovalHint}
          value={boxes}
          onValue={text => {
            setBoxes(text)
            onValue({ ...l, approval: text.split(/[、,，]/).flatMap(x => x.trim() || []) })
          }}
          data-testid={`layout-approval-${paper.kind}`}
        />
      </div>
      <TextArea label={w.papersNote} value={l.note ?? ''} onValue={note => onValue({ ...l, note })} rows={2} />
      {sections.length ? (
        <fieldset className="type-block">
          <legend className="field-label">{w.papersSections}</legend>
          {sections.map((s, i) => (
            <div key={s.key} className="layout-line">
              <TextField
                label={w.papersName(s.title)}
                value={l.names?.[s.key] ?? ''}
                onValue={text => name(s.key, text)}
              />
              <Button small why={i ? undefined : ' '} onClick={() => move(i, -1)} aria-label={w.papersUp(s.title)}>
                ↑
              </Button>
              <Button
                small
                why={i < sections.length - 1 ? undefined : ' '}
                onClick={() => move(i, 1)}
                aria-label={w.papersDown(s.title)}
              >
                ↓
              </Button>
            </div>
          ))}
        </fieldset>
      ) : null}
      <div className="row">
        <Button busy={busy} onClick={() => void submit(onPreview)} data-testid={`layout-preview-${paper.kind}`}>
          {w.papersPreview(paper.title)}
        </Button>
        <Button
          onClick={() => {
            setBoxes('')
            onValue({})
          }}
        >
          {w.papersReset(paper.title)}
        </Button>
      </div>
    </div>
  )
}
