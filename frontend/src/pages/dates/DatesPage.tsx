import { type FormEvent, useEffect, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import { api } from '../../api/api'
import type { DateAnswer, DateQuestion } from '../../api/dates'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { words } from '../../words'
import { showSpan } from './showSpan'

const ANSWERS: readonly DateAnswer[] = ['good', 'can', 'no']

/** ◎○× by a link without login. The secret is the fragment of the address; nothing of the case is told here. */
export function DatesPage() {
  const [token] = useState(() => window.location.hash.slice(1))
  const [question, setQuestion] = useState<DateQuestion | null>(null)
  const [dead, setDead] = useState(false)
  const [trouble, setTrouble] = useState('')
  const [said, setSaid] = useState<Record<string, DateAnswer>>({})
  const [done, setDone] = useState(false)
  const { submit, busy, error } = useSubmit()
  const w = words.datePoll

  useEffect(() => {
    api
      .post<DateQuestion>('/dates/check', { token })
      .then(q => {
        setQuestion(q)
        setSaid(q.answers)
      })
      .catch(e => {
        if (e instanceof ApiError && e.kind !== 'gone') setTrouble(e.message)
        else setDead(true)
      })
  }, [token])

  if (dead || trouble)
    return (
      <main className="entry">
        <Banner tone="bad" title={dead ? w.dead : trouble} data-testid="dates-dead">
          {dead ? w.deadText : null}
        </Banner>
      </main>
    )
  if (!question) return <main className="entry">{w.checking}</main>
  const complete = question.options.every(o => said[o.id])
  const send = (e: FormEvent) => {
    e.preventDefault()
    setDone(false)
    void submit(() => api.post('/dates/answer', { token, answers: said })).then(ok => setDone(ok))
  }
  return (
    <main className="entry">
      <form className="card stack" onSubmit={send} noValidate>
        <h1>{w.pageTitle}</h1>
        <p>{w.pageFor(question.municipality, question.agency)}</p>
        <p>{w.pageText}</p>
        <p className="soft">{w.pageUntil(showDate(question.until, 'wareki'))}</p>
        {error ? <Banner tone="bad" title={error.message} data-testid="dates-error" /> : null}
        {question.options.map((o, i) => (
          <Group key={o.id} label={showSpan(o.start, o.end)}>
            {ANSWERS.map(a => (
              <Check
                key={a}
                kind="radio"
                name={o.id}
                label={`${w.answers[a]} ${w.answerNames[a]}`}
                checked={said[o.id] === a}
                onValue={() => {
                  setDone(false)
                  setSaid(s => ({ ...s, [o.id]: a }))
                }}
                data-testid={`dates-${i + 1}-${a}`}
              />
            ))}
          </Group>
        ))}
        {done ? <Banner tone="good" title={w.pageDone} data-testid="dates-done" /> : null}
        <div>
          <Button
            type="submit"
            kind="solid"
            busy={busy}
            why={complete ? undefined : w.pageNeed}
            data-testid="dates-send"
          >
            {w.pageSend}
          </Button>
        </div>
      </form>
    </main>
  )
}
