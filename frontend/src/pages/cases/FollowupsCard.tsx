import { useState } from 'react'
import { api } from '../../api/api'
import type { FollowupLine } from '../../api/course'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { DateField } from '../../parts/DateField'
import type { Option } from '../../parts/Option'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { FollowupDialog } from './FollowupDialog'

interface Props {
  caseId: string
  closed: boolean
  agencies: Option[]
}

/** フォローアップ: who asks after 終結 how somebody is, when, and what was heard. */
export function FollowupsCard({ caseId, closed, agencies }: Props) {
  const { data, reload } = useLoad<FollowupLine[]>(`/cases/${caseId}/followups`)
  const [plan, setPlan] = useState<{ agencyId: string; dueOn: string } | null>(null)
  const [doing, setDoing] = useState<FollowupLine | null>(null)
  const { submit, busy, at, rest } = useSubmit()
  const me = useActor()
  const w = words.course
  if (!data || (!closed && !data.length)) return null
  const holder = me.roles.includes('secretariat') || me.roles.includes('city')
  const own = { value: me.agencyId, label: me.agencyName }
  const offered = holder ? [own, ...agencies.filter(a => a.value !== own.value)] : [own]
  const failed = rest('agencyId', 'dueOn')
  const save = () =>
    void submit(async () => {
      await api.post(`/cases/${caseId}/followups`, plan ?? {})
      setPlan(null)
      await reload()
    })
  return (
    <section className="card stack-s" aria-labelledby="followups-title" data-testid="followups">
      <div className="between">
        <h2 id="followups-title">{w.followups}</h2>
        {closed ? (
          <Button
            onClick={() => setPlan(p => (p ? null : { agencyId: own.value, dueOn: '' }))}
            aria-expanded={plan !== null}
            data-testid="followup-add"
          >
            {w.followupPlan}
          </Button>
        ) : null}
      </div>
      {data.length || plan ? null : <p className="soft">{w.followupsNone}</p>}
      {failed ? <Banner tone="bad" title={failed} /> : null}
      {plan ? (
        <div className="stack-s">
          <SelectField
            label={w.followupAgency}
            value={plan.agencyId}
            options={offered}
            onValue={agencyId => setPlan({ ...plan, agencyId })}
            error={at('agencyId')}
            required
          />
          <DateField
            label={w.followupDue}
            value={plan.dueOn}
            onValue={dueOn => setPlan({ ...plan, dueOn })}
            error={at('dueOn')}
            required
            data-testid="followup-due"
          />
          <div>
            <Button kind="solid" busy={busy} onClick={save} data-testid="followup-save">
              {w.followupSave}
            </Button>
          </div>
        </div>
      ) : null}
      <ul className="list">
        {data.map(l => (
          <li key={l.id} className="stack-s" data-testid="followup" data-state={l.state}>
            <div className="row">
              <Chip tone={l.state === 'done' ? 'good' : l.daysLate ? 'bad' : 'plain'}>{w.followupStates[l.state]}</Chip>
              <span>{w.followupLine(showDate(l.doneOn || l.dueOn, 'wareki'), l.agencyName)}</span>
              {l.daysLate ? <Chip tone="bad">{w.followupLate(l.daysLate)}</Chip> : null}
              {l.resultLabel ? <span>{`${l.methodLabel}　${l.resultLabel}`}</span> : null}
              {l.mayDo ? (
                <Button small onClick={() => setDoing(l)} data-testid="followup-do">
                  {w.followupDo}
                </Button>
              ) : null}
            </div>
            {l.note ? <p className="lines">{l.note}</p> : null}
            {l.withheld ? <p className="soft">{w.heardHidden}</p> : null}
            {l.doneBy ? <span className="soft">{l.doneBy}</span> : null}
          </li>
        ))}
      </ul>
      {doing ? (
        <FollowupDialog
          caseId={caseId}
          id={doing.id}
          onClose={() => setDoing(null)}
          onDone={async () => {
            setDoing(null)
            await reload()
          }}
        />
      ) : null}
    </section>
  )
}
