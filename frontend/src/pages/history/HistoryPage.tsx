import { useState } from 'react'
import { Link } from 'wouter'
import type { CasePage, DocRef } from '../../api/cases'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import { DocHistory } from './DocHistory'
import './history.css'

interface Props {
  kind: 'plan' | 'minutes'
  /** Plan or meeting. */
  id: string
}

/** 変更の履歴 of the documents of a plan, or of the minutes of a meeting, that the reader may see now. */
export function HistoryPage({ kind, id }: Props) {
  const base = kind === 'plan' ? `/plans/${id}` : `/meetings/${id}`
  const meetingId = kind === 'plan' ? '' : id
  const { data, error, reload } = useLoad<{ docs: DocRef[]; plan?: { caseId: string }; meeting?: { caseId: string } }>(
    base,
  )
  const caseId = data?.plan?.caseId ?? data?.meeting?.caseId
  const { data: page } = useLoad<CasePage>(caseId ? `/cases/${caseId}${meetingId && `?meeting=${meetingId}`}` : null)
  const [picked, setPicked] = useState('')
  const w = words.history
  if (!data) return <PageState error={error} reload={reload} />
  const docs = data.docs.filter(d => d.kind === kind && d.read && d.doc)
  const doc = docs.find(d => d.doc === picked) ?? docs[0]
  return (
    <div className="page stack">
      <div className="row">
        <h1>{w.title}</h1>
        <Link href={base}>{w.back}</Link>
      </div>
      {doc ? (
        <>
          <SelectField
            label={w.document}
            value={doc.doc}
            onValue={setPicked}
            options={docs.map(d => ({
              value: d.doc,
              label: `${personLabel(page?.persons ?? [], d.personId)}　${d.itemLabel}`,
            }))}
            data-testid="history-doc"
          />
          <DocHistory key={doc.doc} doc={doc.doc} meetingId={meetingId} />
        </>
      ) : (
        <p>{w.noDocuments}</p>
      )}
    </div>
  )
}
