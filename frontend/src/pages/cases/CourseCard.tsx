import { useState } from 'react'
import type { Person } from '../../api/cases'
import type { Course, ScreeningLine, StepLine } from '../../api/course'
import { base } from '../../app/base'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { FormerLinks } from './FormerLinks'
import { ScreeningForm } from './ScreeningForm'

interface Props {
  caseId: string
  /** Changes when the case goes to another stage. */
  version: number
  persons?: readonly Person[]
  /** Who holds the record takes in again, and links. */
  mayEdit?: boolean
}

/** 段階の経過: how the case came where it stands, with its スクリーニング and a 中断 that lasts. */
export function CourseCard({ caseId, version, persons = [], mayEdit }: Props) {
  const { data, reload } = useLoad<Course>(`/cases/${caseId}/course?at=${version}`)
  const [open, setOpen] = useState(false)
  const { noCopies } = useActor()
  const w = words.course
  if (!data) return null
  const linked = data.former || data.later?.length || mayEdit
  if (!linked && !data.steps.length && !data.screenings.length && !data.mayScreen) return null
  const now = data.screenings.find(s => !s.past)
  const before = data.screenings.filter(s => s.past)
  const until = data.until ? showDate(data.until, 'wareki') : ''
  return (
    <section className="card stack-s" aria-labelledby="course-title" data-testid="course">
      <div className="between">
        <h2 id="course-title">{w.title}</h2>
        <div className="row">
          {data.screenings.length && !noCopies ? (
            <a
              className="button"
              href={`${base}/api/cases/${caseId}/screening.pdf`}
              target="_blank"
              rel="noreferrer"
              data-testid="screening-paper"
            >
              {w.paper}
            </a>
          ) : null}
          {data.mayScreen ? (
            <Button
              kind={now ? undefined : 'solid'}
              onClick={() => setOpen(o => !o)}
              aria-expanded={open}
              data-testid="screening-open"
            >
              {now ? w.recordAgain : w.record}
            </Button>
          ) : null}
        </div>
      </div>
      {until ? (
        <Banner
          tone={data.daysLate ? 'bad' : 'warn'}
          title={data.daysLate ? w.pausedLate(until, data.daysLate) : w.paused(until)}
          data-testid="paused"
        >
          {data.daysLate && data.closing ? w.pausedDo : w.pausedText}
        </Banner>
      ) : null}
      {data.mayScreen && !now && !open ? <p className="soft">{w.screeningNone}</p> : null}
      {open && data.mayScreen ? (
        <ScreeningForm
          caseId={caseId}
          version={data.version}
          last={now}
          onDone={async () => {
            setOpen(false)
            await reload()
          }}
        />
      ) : null}
      {now ? <Screening line={now} /> : null}
      {before.length ? (
        <details className="disclosure">
          <summary>{w.earlier(before.length)}</summary>
          <ul className="list">
            {before.map(s => (
              <li key={s.at}>
                <Screening line={s} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
      {linked ? (
        <FormerLinks caseId={caseId} course={data} persons={persons} mayEdit={!!mayEdit} onChanged={reload} />
      ) : null}
      {data.withheld ? <p className="soft">{w.withheld}</p> : null}
      {data.steps.length ? (
        <details className="disclosure" data-testid="course-steps">
          <summary>{w.steps(data.steps.length)}</summary>
          <ol className="list">
            {data.steps.map(s => (
              <Step key={s.at + s.to} line={s} />
            ))}
          </ol>
        </details>
      ) : null}
    </section>
  )
}

function Screening({ line: s }: { line: ScreeningLine }) {
  const w = words.course
  return (
    <div className="stack-s" data-testid="screening">
      <div className="row">
        <span>{w.screening}</span>
        <Chip tone={s.past ? 'plain' : 'key'}>{s.resultLabel}</Chip>
        <span className="soft">{w.by(s.agencyName, s.byName, showDate(s.day, 'wareki'))}</span>
      </div>
      {s.to ? <p>{w.passed(s.to, s.confirmedOn ? showDate(s.confirmedOn, 'wareki') : '')}</p> : null}
      {s.groundLabels.length ? (
        <p className="row">
          {s.groundLabels.map(g => (
            <Chip key={g}>{g}</Chip>
          ))}
        </p>
      ) : null}
      {s.reason ? <p className="lines">{s.reason}</p> : null}
    </div>
  )
}

function Step({ line: s }: { line: StepLine }) {
  const w = words.course
  return (
    <li className="stack-s">
      <div className="row">
        <strong>{w.step(s.fromLabel, s.toLabel)}</strong>
        {s.codeLabel ? <Chip>{s.codeLabel}</Chip> : null}
        {s.until ? <span>{w.until(showDate(s.until, 'wareki'))}</span> : null}
        <span className="soft">{w.by(s.agencyName, s.byName, showInstant(s.at, 'short'))}</span>
      </div>
      {s.reason ? <p className="lines">{s.reason}</p> : null}
    </li>
  )
}
