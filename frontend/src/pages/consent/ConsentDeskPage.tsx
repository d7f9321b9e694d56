import { useState } from 'react'
import { Link } from 'wouter'
import type { CasePage } from '../../api/cases'
import type { ConsentDesk, ConsentRecord } from '../../api/consent'
import { PageState } from '../../app/PageState'
import { useCodes } from '../../app/useCodes'
import { useLoad } from '../../app/useLoad'
import { Banner } from '../../parts/Banner'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { consentTone } from '../cases/consentTone'
import { personLabel } from '../cases/personLabel'
import { AgencyView } from './AgencyView'
import { BoardTable } from './BoardTable'
import { PrintMenu } from './PrintMenu'
import { RecordCard } from './RecordCard'
import { WithdrawDialog } from './WithdrawDialog'

interface Props {
  id: string
}

/** 同意の記録 of a case: per person where it stands, every record, and what each agency sees because of it. */
export function ConsentDeskPage({ id }: Props) {
  const desk = useLoad<ConsentDesk>(`/cases/${id}/consents`)
  const page = useLoad<CasePage>(`/cases/${id}`)
  const forms = useCodes('record_form')
  const [withdrawing, setWithdrawing] = useState<ConsentRecord | null>(null)
  const [done, setDone] = useState('')
  const w = words.consent
  if (!desk.data || !page.data)
    return <PageState error={desk.error ?? page.error} reload={desk.data ? page.reload : desk.reload} />
  const { persons, members, abilities } = page.data
  const name = (agency: string) => members.find(m => m.agencyId === agency)?.name ?? agency
  return (
    <div className="page stack">
      <p className="crumbs">
        <Link href={`/cases/${id}`}>
          {words.cases.title} {page.data.case.number}
        </Link>
      </p>
      <h1>{w.desk}</h1>
      {done ? <Banner tone="good" title={done} data-testid="consent-notice" /> : null}
      <section className="card">
        <BoardTable people={desk.data.persons} persons={persons} />
      </section>
      {desk.data.persons
        .filter(p => persons.some(x => x.id === p.personId))
        .map(p => (
          <section
            key={p.personId}
            className="card stack-s"
            aria-label={personLabel(persons, p.personId)}
            data-testid={`consent-person-${p.personId}`}
          >
            <div className="between">
              <div className="row">
                <h2>{personLabel(persons, p.personId)}</h2>
                <Chip tone={consentTone(p.state)}>{p.stateLabel}</Chip>
              </div>
              {abilities.recordConsent ? (
                <Link
                  href={`/cases/${id}/consents/new/${p.personId}`}
                  className="button"
                  data-kind="solid"
                  data-testid={`record-${p.personId}`}
                >
                  {w.record}
                </Link>
              ) : null}
            </div>
            {abilities.recordConsent ? (
              <PrintMenu
                papers={[
                  {
                    href: `/api/cases/${id}/consents/form.pdf?person=${p.personId}`,
                    label: w.paperBlank,
                    testid: `print-blank-${p.personId}`,
                  },
                  {
                    href: `/api/cases/${id}/consents/form.pdf?person=${p.personId}&paper=withdrawal`,
                    label: w.paperBlankWithdrawal,
                    testid: `print-blank-withdrawal-${p.personId}`,
                  },
                ]}
              />
            ) : null}
            {p.records?.length ? null : <p className="soft">{w.noRecords}</p>}
            {(p.records ?? []).map(r => (
              <RecordCard
                key={r.id}
                record={r}
                desk={desk.data as ConsentDesk}
                forms={forms}
                agencyName={name}
                onWithdraw={abilities.recordConsent ? () => setWithdrawing(r) : undefined}
                renews={p.renewable === r.id ? `/cases/${id}/consents/renew/${r.id}` : undefined}
              />
            ))}
          </section>
        ))}
      <AgencyView caseId={id} persons={persons} agencies={members} />
      {withdrawing ? (
        <WithdrawDialog
          caseId={id}
          record={withdrawing}
          desk={desk.data}
          agencies={members}
          agencyName={name}
          onClose={() => setWithdrawing(null)}
          onDone={async () => {
            setWithdrawing(null)
            setDone(w.withdrawn)
            await desk.reload()
          }}
        />
      ) : null}
    </div>
  )
}
