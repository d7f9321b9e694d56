import { useState } from 'react'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { findAct } from './findAct'
import { meanScore } from './meanScore'
import type { RoomProps } from './RoomProps'

/** 会議後アンケート: a minute after the meeting; results for those who hold the record. */
export function SurveyCard({ room, act }: RoomProps) {
  const [scores, setScores] = useState<Record<string, string>>({})
  const [note, setNote] = useState('')
  const [again, setAgain] = useState(false)
  const { submit, busy, error } = useSubmit()
  const w = words.after
  const may = findAct(room, 'survey')
  const { survey } = room
  if (!survey || (!may?.allowed && !survey.results.length)) return null
  const missing = survey.questions.find(q => !scores[q.id])
  const send = () =>
    void submit(async () => {
      await act('survey', { scores: Object.fromEntries(survey.questions.map(q => [q.id, Number(scores[q.id])])), note })
      setAgain(false)
    })
  return (
    <section className="card stack-s" aria-labelledby="survey-title" data-testid="survey">
      <h2 id="survey-title">{w.surveyTitle}</h2>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {may?.allowed && (!survey.own || again) ? (
        <>
          <div className="form-grid">
            {survey.questions.map(q => (
              <SelectField
                key={q.id}
                label={q.label}
                value={scores[q.id] ?? ''}
                options={[{ value: '', label: words.form.choose }, ...w.surveyScale]}
                onValue={v => setScores(s => ({ ...s, [q.id]: v }))}
                data-testid={`survey-${q.id}`}
              />
            ))}
          </div>
          <TextField label={w.surveyNote} value={note} onValue={setNote} />
          <Button
            kind="solid"
            busy={busy}
            why={missing ? words.form.chosen(missing.label) : undefined}
            onClick={send}
            data-testid="survey-send"
          >
            {w.surveySend}
          </Button>
        </>
      ) : null}
      {survey.own && !again ? (
        <div className="row">
          <p role="status">{w.surveyThanks}</p>
          <Button small onClick={() => setAgain(true)}>
            {w.surveyAgain}
          </Button>
        </div>
      ) : null}
      {survey.results.length ? (
        <>
          <Table
            caption={w.surveyResults(survey.results.length)}
            head={[w.surveyTitle, w.surveyMean]}
            data-testid="survey-results"
          >
            {survey.questions.map(q => (
              <tr key={q.id}>
                <th scope="row">{q.label}</th>
                <td className="num">{meanScore(survey.results.map(r => r.scores[q.id] ?? 0))}</td>
              </tr>
            ))}
          </Table>
          <ul className="list">
            {survey.results.map(r => (
              <li key={r.agencyName + r.name} className="row">
                <strong>
                  {r.agencyName} {r.name}
                </strong>
                <span>{r.note}</span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </section>
  )
}
