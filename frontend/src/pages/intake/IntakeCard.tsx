import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/api'
import type { IntakeView } from '../../api/intake'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Pair } from '../../parts/Pair'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { Choice } from './Choice'

interface Props {
  caseId: string
  /** The reader records consent. */
  records: boolean
  onChanged: () => Promise<void>
}

/** 受付票: what was taken in, as the reader may see it, and what is done with it. */
export function IntakeCard({ caseId, records, onChanged }: Props) {
  const { data, reload } = useLoad<{ intake: IntakeView | null }>(`/cases/${caseId}/intake`)
  const w = words.intake
  const v = data?.intake
  if (!v) return null
  const lines: [string, string][] = [
    [w.who, [v.asker, v.askerRelation, v.askerName].filter(Boolean).join('　')],
    [w.name, v.kana && v.kana !== v.name ? `${v.name}（${v.kana}）` : v.name],
    [w.birth, v.birth ? showDate(v.birth) : v.ageBand],
    [w.district, v.district],
    [w.contact, v.contact],
    [w.route, v.route],
    [w.fields, v.fields.join('、')],
    [w.trouble, v.trouble],
    [w.consent, v.consentLabel],
    [v.triage === 'info' ? w.noteInfo : w.note, v.note],
  ]
  return (
    <section className="card stack-s" aria-labelledby="intake-title" data-testid="intake-card">
      <div className="between">
        <h2 id="intake-title">{w.card}</h2>
        <div className="row">
          {v.triageLabel ? <Chip tone="key">{v.triageLabel}</Chip> : null}
          {v.urgency ? <Chip tone={v.urgency === w.urgencies[0].label ? 'bad' : 'plain'}>{v.urgency}</Chip> : null}
          {v.danger ? <Chip tone="bad">{w.danger}</Chip> : null}
        </div>
      </div>
      <p className="soft">{w.taken(showInstant(v.at, 'wareki'), v.agencyName, v.byName)}</p>
      <dl className="pairs">
        {lines
          .filter(([, text]) => text)
          .map(([label, text]) => (
            <Pair key={label} term={label}>
              <span className="lines">{text}</span>
            </Pair>
          ))}
      </dl>
      {v.withheld.length ? <p className="soft">{w.withheld(v.withheld.join('、'))}</p> : null}
      {records && v.consent === 'yes' ? (
        <p className="soft">
          {w.consentRecord} <Link href={`/cases/${caseId}/consents`}>{words.cases.consentDesk}</Link>
        </p>
      ) : null}
      {v.mayTriage.length ? (
        <Change
          caseId={caseId}
          view={v}
          onDone={async () => {
            await reload()
            await onChanged()
          }}
        />
      ) : null}
    </section>
  )
}

function Change({ caseId, view, onDone }: { caseId: string; view: IntakeView; onDone: () => Promise<void> }) {
  const [open, setOpen] = useState(false)
  const [to, setTo] = useState('')
  const [note, setNote] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.intake
  if (!open)
    return (
      <div>
        <Button small onClick={() => setOpen(true)} data-testid="triage-change">
          {w.change}
        </Button>
      </div>
    )
  const ends = to === 'info'
  const why = !to ? words.form.chosen(w.changeTo) : ends && !note.trim() ? words.form.needed(w.noteInfo) : undefined
  const failed = rest('note', 'to')
  return (
    <div className="stack-s">
      {failed ? <Banner tone="bad" title={failed} /> : null}
      <Choice
        label={w.changeTo}
        options={w.triages.filter(t => view.mayTriage.includes(t.value))}
        value={to}
        onValue={setTo}
        error={at('to')}
        required
        testid="triage-to"
      />
      <TextArea
        label={ends ? w.noteInfo : w.note}
        value={note}
        onValue={setNote}
        error={at('note')}
        required={ends}
        rows={2}
      />
      <div className="row">
        <Button
          kind="solid"
          busy={busy}
          why={why}
          onClick={() =>
            void submit(async () => {
              await api.post(`/cases/${caseId}/intake/triage`, { from: view.triage, to, note })
              setOpen(false)
              await onDone()
            })
          }
          data-testid="triage-save"
        >
          {words.form.save}
        </Button>
        <Button onClick={() => setOpen(false)}>{words.form.cancel}</Button>
      </div>
    </div>
  )
}
