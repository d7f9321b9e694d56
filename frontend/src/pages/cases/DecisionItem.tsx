import { useState } from 'react'
import type { DecisionLine } from '../../api/decisions'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  line: DecisionLine
  onMark: (line: DecisionLine, verdict: string, reason: string) => Promise<void>
}

const TONES = { open: 'warn', approved: 'good', returned: 'bad', void: 'plain' } as const

/** One 起案: what each hand said, and what the reader may say. */
export function DecisionItem({ line: d, onMark }: Props) {
  const [reason, setReason] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.decisions
  const say = (verdict: string) => () => void submit(() => onMark(d, verdict, reason))
  const failed = rest('reason')
  return (
    <li className="stack-s" data-testid="decision" data-state={d.state}>
      <div className="row">
        <Chip tone={TONES[d.state]}>{d.stateLabel}</Chip>
        {d.step ? <span>{w.turn(d.step)}</span> : null}
        <span className="soft">{w.by(d.byPost, d.byName, showInstant(d.at, 'short'))}</span>
      </div>
      <p className="lines">{d.note}</p>
      {d.past && d.state === 'open' ? <Banner tone="warn" title={w.past} /> : null}
      {d.marks.length ? (
        <ol className="list">
          {d.marks.map(m => (
            <li key={m.n}>
              {w.stepOf(d.steps[m.n - 1] ?? '', w.verdicts[m.verdict] ?? m.verdict)}　{m.reason}
              <span className="soft">　{w.by(m.byPost, m.byName, showInstant(m.at, 'short'))}</span>
            </li>
          ))}
        </ol>
      ) : null}
      {failed ? <Banner tone="bad" title={failed} /> : null}
      {d.mayMark ? (
        <TextArea
          label={w.reason}
          value={reason}
          onValue={setReason}
          error={at('reason')}
          rows={2}
          data-testid="decision-reason"
        />
      ) : null}
      {d.mayMark || d.mayVoid ? (
        <div className="row">
          {d.mayMark ? (
            <>
              <Button kind="solid" busy={busy} onClick={say('approve')} data-testid="decision-approve">
                {w.approve}
              </Button>
              <Button
                busy={busy}
                why={reason.trim() ? undefined : w.returnNeeds}
                onClick={say('return')}
                data-testid="decision-return"
              >
                {w.return}
              </Button>
            </>
          ) : null}
          {d.mayVoid ? (
            <Button kind="text" busy={busy} onClick={say('void')} data-testid="decision-void">
              {w.void}
            </Button>
          ) : null}
        </div>
      ) : null}
    </li>
  )
}
