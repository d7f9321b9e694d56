import { useState } from 'react'
import { Link } from 'wouter'
import { api } from '../../api/api'
import type { CasePage } from '../../api/cases'
import type { Course } from '../../api/course'
import { useCodes } from '../../app/useCodes'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  data: CasePage
  to: 'suspended' | 'closed'
  onClose: () => void
  onDone: () => Promise<void>
}

/** Where a 終結 takes its reason from the list; what ends before is told by its スクリーニング. */
const CODED = ['seeking', 'assessment', 'supporting', 'suspended']

/** 中断 and 終結: what is said with them, and what has to be there first. */
export function StageDialog({ data, to, onClose, onDone }: Props) {
  const [said, setSaid] = useState({ code: '', until: '', reason: '' })
  const { data: course } = useLoad<Course>(`/cases/${data.case.id}/course?at=${data.case.version}`)
  const { submit, busy, at, rest } = useSubmit()
  const codes = useCodes(to === 'closed' ? 'end_reason' : 'suspend_reason')
  const w = words.course
  const ends = to === 'closed'
  const again = !ends && data.case.stage === 'suspended'
  const coded = !ends || CODED.includes(data.case.stage)
  const closing = course?.closing
  const alone = ends && !!closing?.planned && !closing.lead
  const set = (part: Partial<typeof said>) => setSaid(s => ({ ...s, ...part }))
  const move = () =>
    void submit(async () => {
      await api.put(`/cases/${data.case.id}/stage`, { ...said, stage: to, version: data.case.version })
      await onDone()
    })
  const failed = rest('code', 'until', 'reason')
  return (
    <Dialog
      title={ends ? w.closeTitle : again ? w.extendTitle : w.suspendTitle}
      onClose={onClose}
      onCtrlEnter={move}
      data-testid="stage-dialog"
      foot={
        <Button kind="solid" busy={busy} onClick={move} data-testid="stage-do">
          {ends ? w.closeDo : again ? w.extend : w.suspendDo}
        </Button>
      }
    >
      <div className="stack">
        {failed ? (
          <Banner tone="bad" title={failed}>
            {at('evaluation') ? <Link href={`/cases/${data.case.id}/reviews`}>{w.toReviews}</Link> : null}
          </Banner>
        ) : null}
        {ends ? null : <p className="soft">{w.suspendText}</p>}
        {ends && closing?.planned ? (
          <section className="stack-s" aria-label={w.closeLead} data-testid="closing">
            <h3>{w.closeLead}</h3>
            <ul className="list">
              {closing.agreed && CODED.includes(data.case.stage) ? (
                <li>
                  <span aria-hidden="true">{closing.evaluated ? '✓ ' : '！'}</span>
                  {closing.evaluated ? w.evaluated : w.notEvaluated}{' '}
                  {closing.evaluated ? null : <Link href={`/cases/${data.case.id}/reviews`}>{w.toReviews}</Link>}
                </li>
              ) : null}
              <li>
                <span aria-hidden="true">{closing.lead ? '✓ ' : '！'}</span>
                {closing.lead ? w.leadIs(closing.lead) : w.leadNone}
              </li>
            </ul>
          </section>
        ) : null}
        {coded ? (
          <SelectField
            label={ends ? w.endCode : w.code}
            value={said.code}
            options={[{ value: '', label: words.form.choose }, ...codes.map(c => ({ value: c.code, label: c.label }))]}
            onValue={code => set({ code })}
            error={at('code')}
            required
            data-testid="stage-code"
          />
        ) : null}
        {ends ? null : (
          <DateField
            label={w.untilLabel}
            hint={w.untilHint}
            value={said.until}
            onValue={until => set({ until })}
            error={at('until')}
            required
            data-testid="stage-until"
          />
        )}
        <TextArea
          label={alone ? words.leads.endReason : !ends && said.code === '09' ? w.moreNeeded : w.more}
          hint={alone ? words.leads.endReasonHint : undefined}
          value={said.reason}
          onValue={reason => set({ reason })}
          error={at('reason')}
          required={alone || (!ends && said.code === '09')}
          rows={3}
          data-testid="stage-reason"
        />
      </div>
    </Dialog>
  )
}
