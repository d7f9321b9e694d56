import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

/** 支援決定: through whose hands a 起案 goes. */
export function DecisionSteps() {
  const { data } = useLoad<{ steps: string[] }>('/decision-steps')
  const [lines, setLines] = useState('')
  const [saved, setSaved] = useState(false)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.decisions
  useEffect(() => {
    if (data) setLines(data.steps.join('\n'))
  }, [data])
  if (!data) return null
  const steps = lines
    .split('\n')
    .map(l => l.trim())
    .filter(Boolean)
  const failed = rest('steps')
  return (
    <section className="card stack-s" aria-labelledby="decision-steps">
      <h2 id="decision-steps">{w.stepsTitle}</h2>
      {saved ? <Banner tone="good" title={w.stepsSaved} /> : null}
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <TextArea
        label={w.stepsLabel}
        hint={w.stepsHint}
        value={lines}
        onValue={v => {
          setSaved(false)
          setLines(v)
        }}
        error={at('steps')}
        data-testid="decision-steps"
      />
      <div>
        <Button
          busy={busy}
          onClick={() =>
            void submit(() => api.put('/decision-steps', { steps })).then(ok => {
              if (ok) setSaved(true)
            })
          }
          data-testid="decision-steps-save"
        >
          {w.stepsSave}
        </Button>
      </div>
    </section>
  )
}
