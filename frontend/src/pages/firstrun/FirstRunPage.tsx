import { useEffect, useRef } from 'react'
import { useLocation } from 'wouter'
import { api } from '../../api/api'
import type { StepId, Way } from '../../api/firstRun'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { AdminNav } from '../admin/AdminNav'
import './firstrun.css'
import { StepBody } from './StepBody'
import { StepList } from './StepList'

interface Props {
  step?: string
}

/** はじめの設定: seven steps, each a screen of 管理; left and come back to at will. */
export function FirstRunPage({ step }: Props) {
  const { data: way, error, reload, put } = useLoad<Way>('/first-run')
  const [, go] = useLocation()
  const { submit, busy, rest } = useSubmit()
  const head = useRef<HTMLHeadingElement>(null)
  const w = words.firstRun
  const at = way?.steps.find(s => s.id === step) ?? way?.steps.find(s => !s.done) ?? way?.steps.at(-1)
  const current = at?.id
  // A step that was come to is where the reading goes on; the first one is where the page begins.
  const before = useRef(current)
  useEffect(() => {
    if (before.current && before.current !== current) head.current?.focus()
    before.current = current
  }, [current])
  if (!way || !at || !current) return <PageState error={error} reload={reload} />
  const i = way.steps.indexOf(at)
  const open = (id: StepId | undefined) => go(id ? `/admin/first-run/${id}` : '/admin/town')
  const next = way.steps[i + 1]?.id
  /** Says that the step is done, and goes on to the next. */
  const confirm = async () => {
    put(await api.put<Way>(`/first-run/${current}`, { done: true }))
    open(next ?? current)
  }
  const failed = rest()
  return (
    <div className="page stack">
      <div className="between no-print">
        <h1>{words.admin.title}</h1>
        <AdminNav way={way} />
      </div>
      <div className="firstrun">
        <StepList way={way} current={current} />
        <section className="stack" aria-labelledby="step-title">
          <div className="stack-s no-print">
            <h2 id="step-title" ref={head} tabIndex={-1} data-testid="step-title">
              {w.stepOf(i + 1, w.steps[current])}
            </h2>
            <p>{w.texts[current]}</p>
            {failed ? <Banner tone="bad" title={failed} /> : null}
          </div>
          <StepBody key={current} step={current} way={way} onDone={confirm} />
          <div className="between no-print">
            <div className="row">
              {i > 0 ? <Button onClick={() => open(way.steps[i - 1]?.id)}>{w.previous}</Button> : null}
              {next ? (
                <Button kind="text" onClick={() => open(next)} data-testid="step-later">
                  {w.later}
                </Button>
              ) : null}
            </div>
            {at.done ? (
              <Button
                kind="text"
                busy={busy}
                onClick={() => {
                  void submit(async () => put(await api.put<Way>(`/first-run/${current}`, { done: false })))
                }}
              >
                {w.reopen}
              </Button>
            ) : null}
          </div>
          <Aside
            way={way}
            busy={busy}
            onAside={aside => void submit(async () => put(await api.put<Way>('/first-run', { aside })))}
          />
        </section>
      </div>
    </div>
  )
}

/** The way can be left, and 管理 told not to ask any more. */
function Aside({ way, busy, onAside }: { way: Way; busy: boolean; onAside: (aside: boolean) => void }) {
  const [, go] = useLocation()
  const w = words.firstRun
  if (way.done === way.steps.length)
    return (
      <Banner tone="good" title={w.finished}>
        {w.finishedText}
      </Banner>
    )
  return (
    <div className="firstrun-foot no-print">
      {way.aside ? <p>{w.asideNow}</p> : <p className="soft">{w.asideText}</p>}
      <div className="row">
        <Button small busy={busy} onClick={() => onAside(!way.aside)} data-testid="first-run-aside">
          {way.aside ? w.back : w.aside}
        </Button>
        <Button small onClick={() => go('/admin/agencies')}>
          {w.leave}
        </Button>
      </div>
    </div>
  )
}
