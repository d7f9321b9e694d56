import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { CasePage } from '../../api/cases'
import type { ConsentDesk, ConsentRecord } from '../../api/consent'
import { PageState } from '../../app/PageState'
import { showFirstError } from '../../app/showFirstError'
import { useActor } from '../../app/useActor'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import { newDraft } from './ConsentDraft'
import { ConsentForm } from './ConsentForm'
import { consentBody, renewBody } from './consentBody'
import { missingFields } from './missingFields'
import { renewDraft } from './renewDraft'

interface Props {
  id: string
  /** Whose consent is recorded anew … */
  person?: string
  /** … or the record that is renewed. */
  renews?: string
}

/** Loads what the form needs. */
export function ConsentFormPage(props: Props) {
  const desk = useLoad<ConsentDesk>(`/cases/${props.id}/consents`)
  const page = useLoad<CasePage>(`/cases/${props.id}`)
  if (!desk.data || !page.data)
    return <PageState error={desk.error ?? page.error} reload={desk.data ? page.reload : desk.reload} />
  const old = desk.data.persons.flatMap(p => p.records).find(r => r.id === props.renews)
  return <Form {...props} desk={desk.data} page={page.data} old={old} />
}

interface FormProps extends Props {
  desk: ConsentDesk
  page: CasePage
  old: ConsentRecord | undefined
}

/** Records one person's consent (or that it was not given), or renews it. */
function Form({ id, person, desk, page, old }: FormProps) {
  const actor = useActor()
  const [d, setDraft] = useState(() => (old ? renewDraft(old, Date.now()) : newDraft(actor.name, Date.now())))
  const [missing, setMissing] = useState<Record<string, string>>({})
  const { submit, busy, error: failed } = useSubmit()
  const [, go] = useLocation()
  const w = words.consent
  const who = old?.personId ?? person ?? ''

  const send = (e: FormEvent) => {
    e.preventDefault()
    const found = missingFields(d, Boolean(old))
    setMissing(found)
    if (Object.keys(found).length) return showFirstError()
    void submit(async () => {
      if (old) await api.post<ConsentRecord>(`/consents/${old.id}/renew`, renewBody(d, desk.formHash))
      else await api.post<ConsentRecord>(`/cases/${id}/consents`, consentBody(who, d, desk.formHash))
      go(`/cases/${id}/consents`)
    })
  }
  return (
    <form className="page stack" onSubmit={send} noValidate>
      <p className="crumbs">
        <Link href={`/cases/${id}/consents`}>{w.desk}</Link>
      </p>
      <h1>{(old ? w.renewOf : w.recordOf)(personLabel(page.persons, who))}</h1>
      <ConsentForm
        caseId={id}
        desk={desk}
        members={page.members}
        old={old}
        draft={d}
        set={part => setDraft(x => ({ ...x, ...part }))}
        missing={missing}
        failed={failed}
        busy={busy}
      />
    </form>
  )
}
