import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { CasePage } from '../../api/cases'
import type { ReferralOptions } from '../../api/referral'
import type { Agency } from '../../api/session'
import { PageState } from '../../app/PageState'
import { showFirstError } from '../../app/showFirstError'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { useFormDraft } from '../../live/useFormDraft'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { randomHex } from '../../text/randomHex'
import { words } from '../../words'
import { PartPicker } from './PartPicker'

const fresh = () => ({ id: randomHex(), to: '', picks: [] as string[], reason: '', wish: '' })

/** つなぐ: to whom, what of it, why. Nothing is chosen beforehand. */
export function NewReferralPage({ id }: { id: string }) {
  const [draft, setDraft] = useState(fresh)
  const [find, setFind] = useState('')
  const [missing, setMissing] = useState<Record<string, string>>({})
  const page = useLoad<CasePage>(`/cases/${id}`)
  const agencies = useLoad<{ agencies: Agency[] }>('/agencies')
  const options = useLoad<ReferralOptions>(draft.to ? `/cases/${id}/referrals/options?to=${draft.to}` : null)
  const { agencyId } = useActor()
  const { submit, busy, at, rest } = useSubmit()
  const [, go] = useLocation()
  const w = words.referral
  const empty = !draft.to && !draft.reason && !draft.wish
  const kept = useFormDraft(
    `form.referral.${id}`,
    `/cases/${id}/referrals/new`,
    draft,
    empty,
    { reason: draft.reason },
    setDraft,
  )
  if (!page.data) return <PageState error={page.error} reload={page.reload} />
  const set = (part: Partial<typeof draft>) => setDraft(d => ({ ...d, ...part }))
  const members = page.data.members.filter(m => !m.until).map(m => m.agencyId)
  const list = (agencies.data?.agencies ?? []).filter(
    a =>
      a.active && a.id !== agencyId && !members.includes(a.id) && (a.id === draft.to || a.name.includes(find.trim())),
  )
  const failed = rest('to', 'reason', 'wish', 'picks') ?? options.error?.message

  const send = (e: FormEvent) => {
    e.preventDefault()
    const found: Record<string, string> = {}
    if (!draft.to) found.to = words.form.chosen(w.to)
    if (!draft.reason.trim()) found.reason = words.form.needed(w.reason)
    setMissing(found)
    if (Object.keys(found).length) return showFirstError()
    void submit(async () => {
      await api.post(`/cases/${id}/referrals`, draft)
      kept.done()
      go(`/cases/${id}`)
    })
  }
  return (
    <form className="page stack" onSubmit={send} noValidate>
      <p className="crumbs">
        <Link href={`/cases/${id}`}>{page.data.case.number}</Link>
      </p>
      <h1>{w.newTitle}</h1>
      <p className="soft">{w.newIntro}</p>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      {kept.restored ? <Banner tone="info" title={words.intake.restored} /> : null}
      <section className="card stack-s" aria-label={w.to}>
        <div className="form-grid">
          <TextField label={w.toFind} value={find} onValue={setFind} type="search" />
          <SelectField
            label={w.to}
            value={draft.to}
            options={[{ value: '', label: words.form.choose }, ...list.map(a => ({ value: a.id, label: a.name }))]}
            onValue={to => set({ to, picks: [] })}
            error={missing.to ?? at('to')}
            required
            data-testid="referral-to"
          />
        </div>
      </section>
      {options.data ? (
        <PartPicker options={options.data} picks={draft.picks} onPicks={picks => set({ picks })} error={at('picks')} />
      ) : null}
      <section className="card stack-s" aria-label={w.reason}>
        <TextArea
          label={w.reason}
          hint={w.reasonHint}
          value={draft.reason}
          onValue={reason => set({ reason })}
          error={missing.reason ?? at('reason')}
          required
          data-testid="referral-reason"
        />
        <DateField label={w.wish} value={draft.wish} onValue={wish => set({ wish })} error={at('wish')} />
      </section>
      <div className="row">
        <Button type="submit" kind="solid" busy={busy} data-testid="referral-send">
          {w.send}
        </Button>
        <Link href={`/cases/${id}`} className="button">
          {words.form.cancel}
        </Link>
      </div>
    </form>
  )
}
