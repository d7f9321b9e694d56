import { useState } from 'react'
import { api } from '../../api/api'
import type { Glass } from '../../api/glass'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { GlassRow } from './GlassRow'
import { ReviewDialog } from './ReviewDialog'

/** 緊急時の閲覧の一覧: for those who hold the record, who review it, and for the officer, who reads. */
export function GlassListPage() {
  const { data, error: failed, reload } = useLoad<{ glasses: Glass[] }>('/glass')
  const [reviewing, setReviewing] = useState<Glass | null>(null)
  const { submit, busy, error } = useSubmit()
  const w = words.glass
  if (!data) return <PageState error={failed} reload={reload} />
  const end = (id: string) =>
    void submit(async () => {
      await api.post(`/glass/${id}/end`)
      await reload()
    })
  return (
    <div className="page stack">
      <h1>{w.list}</h1>
      <p className="soft">{w.listHint}</p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {data.glasses.length ? (
        <Table caption={w.list} head={w.heads} data-testid="glass-list">
          {data.glasses.map(g => (
            <GlassRow key={g.id} glass={g} busy={busy} onEnd={end} onReview={() => setReviewing(g)} />
          ))}
        </Table>
      ) : (
        <p role="status">{w.none}</p>
      )}
      {reviewing ? (
        <ReviewDialog
          glass={reviewing}
          onClose={() => setReviewing(null)}
          onDone={async () => {
            setReviewing(null)
            await reload()
          }}
        />
      ) : null}
    </div>
  )
}
