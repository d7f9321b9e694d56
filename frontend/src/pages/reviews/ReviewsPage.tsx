import { useEffect, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { ReviewBoard, ReviewInput } from '../../api/reviews'
import { base } from '../../app/base'
import { PageState } from '../../app/PageState'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { outbox } from '../../live/outbox'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import type { Letter } from '../../sync/outbox/Letter'
import { words } from '../../words'
import '../outreach/outreach.css'
import { Unsent } from '../outreach/Unsent'
import { ReviewForm, reviewsOf } from './ReviewForm'
import { ReviewItem } from './ReviewItem'
import { correctionOf, newReview } from './typedReview'

interface Props {
  id: string
}

/** モニタリング and 評価 of one case: what is due, what was found, and what follows from it. */
export function ReviewsPage({ id }: Props) {
  const { data, error, reload } = useLoad<ReviewBoard>(`/cases/${id}/reviews`)
  const [form, setForm] = useState<{ start: ReviewInput; before: Letter<ReviewInput> | null } | null>(null)
  const [left, setLeft] = useState<Letter<ReviewInput> | null>(null)
  const [said, setSaid] = useState('')
  const { roles, noCopies } = useActor()
  const { submit, busy, error: failed } = useSubmit()
  const [, go] = useLocation()
  const w = words.reviews
  // What was typed here before and not sent is opened again.
  useEffect(() => {
    let gone = false
    void outbox.open<ReviewInput>(reviewsOf(id)).then(before => {
      if (!before) return
      if (gone) outbox.leave(before)
      else setLeft(before)
    })
    return () => {
      gone = true
    }
  }, [id])
  useEffect(() => outbox.sent.on(l => void (l.about === reviewsOf(id) && reload())), [id, reload])
  if (!data) return <PageState error={error} reload={reload} />
  const holder = roles.includes('secretariat') || roles.includes('city')
  const last = data.records[0]
  const open = form ?? (left ? { start: left.body, before: left } : null)
  const shut = () => {
    setForm(null)
    setLeft(null)
  }
  const replan = () =>
    void submit(async () => {
      const made = await api.post<{ id: string }>(`/cases/${id}/plans`, { previous: data.planId })
      go(`/plans/${made.id}`)
    })
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href={`/cases/${id}`}>{words.outreach.crumb}</Link>
      </p>
      <div className="between">
        <h1>{`${data.caseNumber}　${w.title}`}</h1>
        {data.planId ? (
          <span className="row">
            <Button
              kind="solid"
              onClick={() => setForm({ start: newReview('monitor', data), before: null })}
              data-testid="monitor-add"
            >
              {w.monitor}
            </Button>
            {data.mayEvaluate ? (
              <Button
                onClick={() => setForm({ start: newReview('evaluation', data), before: null })}
                data-testid="evaluation-add"
              >
                {w.evaluate}
              </Button>
            ) : null}
          </span>
        ) : null}
      </div>
      <p role="status" data-testid="reviews-said">
        {said}
      </p>
      {failed ? <Banner tone="bad" title={failed.message} /> : null}
      <Unsent
        about={reviewsOf(id)}
        to="/reviews"
        onFix={l => {
          outbox.drop(l)
          const body = l.body as unknown as ReviewInput
          setForm({ start: body, before: outbox.begin(l.about, l.path, body) })
        }}
      />
      {data.planId ? (
        <section className="card row" aria-label={w.title}>
          <Link href={`/plans/${data.planId}`}>{w.plan(words.cases.planRound(data.round))}</Link>
          {data.due ? <strong>{w.due(showDate(data.due, 'wareki'))}</strong> : <span className="soft">{w.noDue}</span>}
          {data.daysLate ? <Chip tone="bad">{w.late(data.daysLate)}</Chip> : null}
        </section>
      ) : (
        <p>{w.noPlan}</p>
      )}
      {last?.verdict === 'replan' && holder ? (
        <Banner
          tone="warn"
          title={w.replanHint}
          actions={
            <Button busy={busy} onClick={replan} data-testid="replan">
              {w.replan}
            </Button>
          }
        />
      ) : null}
      {last?.verdict === 'close' && last.kind === 'monitor' ? <Banner tone="warn" title={w.closeHint} /> : null}
      <section className="card stack-s" aria-label={w.title}>
        <p className="soft no-print">{w.lead}</p>
        {data.records.length || !data.planId ? null : <p>{w.none}</p>}
        <ul className="list">
          {data.records.map(l => (
            <ReviewItem
              key={l.id}
              caseId={id}
              line={l}
              mayTake={!noCopies}
              onCorrect={x => setForm({ start: correctionOf(x), before: null })}
            />
          ))}
        </ul>
      </section>
      {noCopies ? null : (
        <p className="no-print">
          <a href={`${base}/api/cases/${id}/course.pdf`} target="_blank" rel="noreferrer">
            {w.course}
          </a>
        </p>
      )}
      {open ? (
        <ReviewForm
          caseId={id}
          board={data}
          start={open.start}
          before={open.before}
          onClose={shut}
          onDone={sent => {
            shut()
            setSaid(sent ? w.saved : w.waits)
          }}
        />
      ) : null}
    </div>
  )
}
