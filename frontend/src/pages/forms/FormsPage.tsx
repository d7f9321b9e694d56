import { useEffect, useState } from 'react'
import { api } from '../../api/api'
import type { Amendment, FormDesk, FormDraft } from '../../api/forms'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Banner } from '../../parts/Banner'
import { Tabs } from '../../parts/Tabs'
import { words } from '../../words'
import { AdminNav } from '../admin/AdminNav'
import { ChoicesTab } from './ChoicesTab'
import { FieldsTab } from './FieldsTab'
import { forgetDraft, keepDraft, keptDraft } from './keptDraft'
import { PublishCard } from './PublishCard'
import { VersionsTable } from './VersionsTable'

/** 様式: what the municipality changes in the forms. */
export function FormsPage() {
  const { data, error, reload } = useLoad<FormDesk>('/forms')
  const [draft, setDraft] = useState<FormDraft | null>(null)
  const [tab, setTab] = useState('fields')
  const [said, setSaid] = useState('')
  const n = data?.versions.at(-1)?.n ?? 0

  // A draft that was being written in this browser goes on, if nobody has published meanwhile.
  useEffect(() => {
    if (!data) return
    setDraft(data.draft)
    const kept = keptDraft(n)
    if (kept) void api.post<FormDraft>('/forms/preview', kept).then(setDraft, () => forgetDraft())
  }, [data, n])

  const w = words.forms
  if (!data || !draft) return <PageState error={error} reload={reload} />
  /** Shows the change as the server sees it. A change that may not be is refused there, and the draft stays as it was. */
  const apply = async (c: Amendment) => {
    setDraft(await api.post<FormDraft>('/forms/preview', c))
    keepDraft(n, c)
    setSaid('')
  }
  const done = async (words: string) => {
    forgetDraft()
    await reload()
    setSaid(words)
  }
  return (
    <div className="page stack">
      <div className="between">
        <h1>{words.admin.title}</h1>
        <AdminNav />
      </div>
      <h2>{w.title}</h2>
      <p className="soft">{w.lead}</p>
      {said ? <Banner tone="good" title={said} data-testid="forms-said" /> : null}
      <PublishCard
        n={n}
        desk={data}
        draft={draft}
        onApply={apply}
        onDiscard={() => {
          forgetDraft()
          setDraft(data.draft)
          setSaid(w.discarded)
        }}
        onPublished={() => done(w.published)}
      />
      <Tabs
        label={w.title}
        current={tab}
        onSelect={setTab}
        tabs={[
          { id: 'fields', label: w.fields },
          { id: 'choices', label: w.choices },
          { id: 'versions', label: w.versions },
        ]}
      >
        {tab === 'fields' ? <FieldsTab draft={draft} onApply={apply} /> : null}
        {tab === 'choices' ? <ChoicesTab draft={draft} onApply={apply} /> : null}
        {tab === 'versions' ? <VersionsTable desk={data} onWithdrawn={() => done(w.withdrawn)} /> : null}
      </Tabs>
    </div>
  )
}
