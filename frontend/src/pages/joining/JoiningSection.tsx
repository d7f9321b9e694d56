import { useState } from 'react'
import { Link } from 'wouter'
import type { Joining } from '../../api/joinings'
import { showDate } from '../../dates/showDate'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Pair } from '../../parts/Pair'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { joiningTone } from './joiningTone'
import { StepDialog, type StepDraft } from './StepDialog'
import { SuggestTable } from './SuggestTable'
import '../places/places.css'

interface Props {
  caseId: string
  joining: Joining
  onEdit: () => void
  onChanged: () => Promise<void>
}

/** One 参加支援: what is looked for, what fits, what was done. */
export function JoiningSection({ caseId, joining: j, onEdit, onChanged }: Props) {
  const [step, setStep] = useState<StepDraft | null>(null)
  const w = words.joinings
  const open = j.mayWrite && j.state !== 'ended'
  const title = `joining-${j.id}`
  const rows: [string, string][] = [
    [w.needs, j.needLabels.join('・')],
    [w.aim, j.aimLabel],
    [w.wish, j.wish],
    [w.free, j.free],
    [w.district, j.district],
    [w.uses, j.uses.map(u => `${u.placeName}（${w.since(showDate(u.since, 'wareki'))}）`).join('\n')],
    [w.item, j.itemLabel],
    [w.agency, j.agencyName],
    [w.openedOn, showDate(j.openedOn, 'wareki')],
  ]
  return (
    <section className="card stack" aria-labelledby={title} data-testid={title}>
      <div className="between">
        <div className="row">
          <h2 id={title}>{j.name}</h2>
          <Chip tone={joiningTone(j.state)}>{j.stateLabel}</Chip>
          {j.endedOn ? <span className="soft">{w.endedOn(showDate(j.endedOn, 'wareki'))}</span> : null}
        </div>
        {open ? (
          <div className="row">
            <Button onClick={onEdit} data-testid="joining-edit">
              {w.change}
            </Button>
            <Button
              kind="solid"
              onClick={() => setStep({ kind: j.uses.length ? 'settle' : 'trial' })}
              data-testid="step-add"
            >
              {w.addStep}
            </Button>
          </div>
        ) : null}
      </div>
      <dl className="pairs">
        {rows
          .filter(([, text]) => text)
          .map(([term, text]) => (
            <Pair key={term} term={term}>
              <span className="place-lines">{text}</span>
            </Pair>
          ))}
      </dl>
      {open ? <SuggestTable joining={j} onStep={setStep} /> : null}
      {j.steps.length ? (
        <Table caption={w.steps} head={w.stepHeads} data-testid="joining-steps">
          {j.steps.map(s => (
            <tr key={s.id}>
              <th scope="row" className="nowrap">
                {showDate(s.day, 'wareki')}
              </th>
              <td className="nowrap">{s.kindLabel}</td>
              <td>{s.placeId ? <Link href={`/places/${s.placeId}`}>{s.placeName}</Link> : null}</td>
              <td>{[s.methodLabel, s.outcomeLabel].filter(Boolean).join('・')}</td>
              <td className="place-lines">{s.body}</td>
              <td>
                {s.agencyName}
                <br />
                {s.byName}
              </td>
            </tr>
          ))}
        </Table>
      ) : (
        <p>{w.noSteps}</p>
      )}
      {step ? (
        <StepDialog
          caseId={caseId}
          joining={j}
          draft={step}
          onClose={() => setStep(null)}
          onSaved={async () => {
            setStep(null)
            await onChanged()
          }}
        />
      ) : null}
    </section>
  )
}
