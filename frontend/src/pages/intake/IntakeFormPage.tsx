import { type FormEvent, type ReactNode, useId, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import { showFirstError } from '../../app/showFirstError'
import { useSubmit } from '../../app/useSubmit'
import { useFormDraft } from '../../live/useFormDraft'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { isComposing } from '../../text/isComposing'
import { words } from '../../words'
import { AskerFields } from './AskerFields'
import { checkIntake, readBirth } from './checkIntake'
import { type IntakeDraft, isEmptyIntake, newIntake } from './IntakeDraft'
import { MatterFields } from './MatterFields'
import { PersonInNeed } from './PersonInNeed'
import { SimilarBox } from './SimilarBox'
import { TriageFields } from './TriageFields'

const PAGE = '/intakes/new'
const SHOWN = [
  'asker',
  'askerName',
  'askerRelation',
  'name',
  'kana',
  'birth',
  'ageBand',
  'sex',
  'district',
  'contact',
  'route',
  'trouble',
  'fields',
  'urgency',
  'consent',
  'triage',
  'note',
] as const

/** 相談を受け付ける: one screen, from who asks to what is done. */
export function IntakeFormPage() {
  const [draft, setDraft] = useState(newIntake)
  const [missing, setMissing] = useState<ReturnType<typeof checkIntake>>({})
  const { submit, busy, at, rest } = useSubmit()
  const [, go] = useLocation()
  const w = words.intake
  const { name, trouble, contact, note } = draft
  const kept = useFormDraft<IntakeDraft>(
    'form.intake',
    PAGE,
    draft,
    isEmptyIntake(draft),
    { name, trouble, contact, note },
    setDraft,
  )
  const set = (part: Partial<IntakeDraft>) => {
    setDraft(d => ({ ...d, ...part }))
    setMissing(m => {
      const left = { ...m }
      for (const k of Object.keys(part)) delete left[k as keyof IntakeDraft]
      return left
    })
  }
  const errors = Object.fromEntries(SHOWN.map(k => [k, missing[k] ?? at(k)])) as Record<string, string | undefined>
  const failed = rest(...SHOWN)

  const send = (e?: FormEvent) => {
    e?.preventDefault()
    const found = checkIntake(draft)
    setMissing(found)
    if (Object.keys(found).length) return showFirstError()
    void submit(async () => {
      const made = await api.post<{ caseId: string; triage: string }>('/intakes', {
        ...draft,
        birth: readBirth(draft.birth),
      })
      kept.done()
      go(`/cases/${made.caseId}${made.triage === 'refer' ? '/referrals/new' : ''}`)
    })
  }
  const part = { draft, errors, set }
  return (
    <form
      className="page stack"
      onSubmit={send}
      noValidate
      onKeyDown={e => {
        if (e.key === 'Enter' && (e.ctrlKey || e.metaKey) && !isComposing(e)) send()
      }}
    >
      <p className="crumbs">
        <Link href="/intakes">{w.title}</Link>
      </p>
      <h1>{w.take}</h1>
      {failed ? <Banner tone="bad" title={failed} /> : null}
      {kept.restored ? (
        <Banner
          tone="info"
          title={w.restored}
          data-testid="intake-restored"
          actions={
            <Button
              small
              onClick={() => {
                kept.clear()
                setDraft(newIntake())
              }}
            >
              {w.restoredDrop}
            </Button>
          }
        />
      ) : null}
      <Part title={w.whoTitle}>
        <AskerFields {...part} />
      </Part>
      <Part title={w.person}>
        <PersonInNeed {...part} />
        <SimilarBox name={draft.name} kana={draft.kana} birth={readBirth(draft.birth)} />
      </Part>
      <Part title={w.matter}>
        <MatterFields {...part} />
      </Part>
      <Part title={w.triageTitle}>
        <TriageFields {...part} />
      </Part>
      <div className="row">
        <Button type="submit" kind="solid" busy={busy} data-testid="intake-send">
          {w.submit}
        </Button>
        <span className="soft">{w.submitHint}</span>
      </div>
      <p className="soft">{w.kept}</p>
    </form>
  )
}

function Part({ title, children }: { title: string; children: ReactNode }) {
  const id = useId()
  return (
    <section className="card stack-s" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  )
}
