import { useState } from 'react'
import type { Agency } from '../../api/session'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { AgencyDialog } from './AgencyDialog'
import { AgencyTake } from './AgencyTake'
import { useCategories } from './useCategories'

/** 機関: the list, one by one or from a table. */
export function AgencyList() {
  const { data, error, reload } = useLoad<{ agencies: Agency[] }>('/agencies')
  const [editing, setEditing] = useState<Agency | 'new' | null>(null)
  const [taking, setTaking] = useState(false)
  const [taken, setTaken] = useState(0)
  const categories = useCategories()
  const w = words.admin
  const f = words.firstRun
  if (!data) return <PageState error={error} reload={reload} />
  if (taking)
    return (
      <AgencyTake
        categories={categories}
        onClose={() => setTaking(false)}
        onSaved={async n => {
          setTaken(n)
          setTaking(false)
          await reload()
        }}
      />
    )
  return (
    <>
      {taken ? <Banner tone="good" title={f.takeSaved(taken)} data-testid="agencies-taken" /> : null}
      <div className="row">
        <Button kind="solid" onClick={() => setEditing('new')} data-testid="agency-new">
          {w.addAgency}
        </Button>
        <Button onClick={() => setTaking(true)} data-testid="agency-take">
          {f.take}
        </Button>
      </div>
      <Table
        caption={w.agencies}
        head={[w.name, f.short, w.category, f.contact, f.phone, '', '']}
        data-testid="agency-list"
      >
        {(data.agencies ?? []).map(a => (
          <tr key={a.id}>
            <th scope="row">{a.name}</th>
            <td>{a.short}</td>
            <td>{categories.find(c => c.value === a.category)?.label ?? a.category}</td>
            <td className="nowrap">{a.contact}</td>
            <td className="nowrap">{a.phone}</td>
            <td className="nowrap">
              {a.city ? <Chip tone="key">{w.city}</Chip> : null}{' '}
              {a.active ? null : <Chip tone="warn">{w.inactive}</Chip>}
            </td>
            <td className="nowrap">
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
    </>
  )
}
