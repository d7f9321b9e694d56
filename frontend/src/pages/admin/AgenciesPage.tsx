import { useState } from 'react'
import type { Agency } from '../../api/session'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { AdminNav } from './AdminNav'
import { AgencyDialog } from './AgencyDialog'

/** 機関. */
export function AgenciesPage() {
  const { data, error, reload } = useLoad<{ agencies: Agency[] }>('/agencies')
  const [editing, setEditing] = useState<Agency | 'new' | null>(null)
  const w = words.admin
  if (!data) return <PageState error={error} reload={reload} />
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <AdminNav />
        <Button kind="solid" onClick={() => setEditing('new')} data-testid="agency-new">
          {w.addAgency}
        </Button>
      </div>
      <Table caption={w.agencies} head={[w.name, w.short, w.category, '', '']} data-testid="agency-list">
        {(data.agencies ?? []).map(a => (
          <tr key={a.id}>
            <th scope="row">{a.name}</th>
            <td>{a.short}</td>
            <td>{w.categories.find(c => c.value === a.category)?.label ?? a.category}</td>
            <td>
              {a.city ? <Chip tone="key">{w.city}</Chip> : null}{' '}
              {a.active ? null : <Chip tone="warn">{w.inactive}</Chip>}
            </td>
            <td>
              <Button small onClick={() => setEditing(a)} aria-label={`${a.name}：${w.edit}`}>
                {w.edit}
              </Button>
            </td>
          </tr>
        ))}
      </Table>
      {editing ? (
        <AgencyDialog
          agency={editing === 'new' ? null : editing}
          onClose={() => setEditing(null)}
          onSaved={async () => {
            setEditing(null)
            await reload()
          }}
        />
      ) : null}
    </div>
  )
}
