import { useState } from 'react'
import type { Agency, User } from '../../api/session'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { AdminNav } from './AdminNav'
import { RefusedAddresses } from './RefusedAddresses'
import { UserDialog } from './UserDialog'

/** 職員. */
export function UsersPage() {
  const { data, error, reload } = useLoad<{ users: User[] }>('/users')
  const known = useLoad<{ agencies: Agency[] }>('/agencies')
  const [editing, setEditing] = useState<User | 'new' | null>(null)
  const w = words.admin
  if (!data) return <PageState error={error} reload={reload} />
  const agencies = known.data?.agencies ?? []
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <AdminNav />
        <Button kind="solid" onClick={() => setEditing('new')} data-testid="user-new">
          {w.addUser}
        </Button>
      </div>
      <RefusedAddresses />
      <Table caption={w.users} head={[w.userName, w.login, w.agency, w.post, w.roles, '']} data-testid="user-list">
        {(data.users ?? []).map(u => (
          <tr key={u.id}>
            <th scope="row">
              {u.name} {u.disabled ? <Chip tone="warn">{w.disabledChip}</Chip> : null}
            </th>
            <td>{u.login}</td>
            <td>{agencies.find(a => a.id === u.agencyId)?.name}</td>
            <td>{u.post}</td>
            <td>{u.roles.map(r => w.roleList.find(x => x.value === r)?.label ?? r).join('、')}</td>
            <td>
              <Button small onClick={() => setEditing(u)} aria-label={`${u.name}：${w.edit}`}>
                {w.edit}
              </Button>
            </td>
          </tr>
        ))}
      </Table>
      {editing ? (
        <UserDialog
          user={editing === 'new' ? null : editing}
          agencies={agencies}
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
