import { useState } from 'react'
import type { Gaiji } from '../../api/gaiji'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { CopyButton } from '../../parts/CopyButton'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { AdminNav } from '../admin/AdminNav'
import { GaijiDialog } from './GaijiDialog'
import { GaijiPicture } from './GaijiPicture'
import { pointsOf } from './gaijiLetter'

/** 外字: characters no face prints, with their drawings. */
export function GaijiPage() {
  const { data, error, reload } = useLoad<Gaiji[]>('/gaiji')
  const [editing, setEditing] = useState<Gaiji | 'new' | null>(null)
  const w = words.gaiji
  if (!data) return <PageState error={error} reload={reload} />
  return (
    <div className="page stack">
      <div className="between">
        <h1>{w.title}</h1>
        <AdminNav />
        <Button kind="solid" onClick={() => setEditing('new')} data-testid="gaiji-new">
          {w.add}
        </Button>
      </div>
      <p>{w.lead}</p>
      {data.length ? (
        <Table
          caption={w.list}
          head={[w.shape, w.points, w.codeHead, w.readingHead, w.noteHead, w.by, '']}
          data-testid="gaiji-list"
        >
          {data.map(g => (
            <tr key={g.id}>
              <th scope="row">
                <GaijiPicture gaiji={g} large /> {g.retired ? <Chip tone="warn">{w.retired}</Chip> : null}
              </th>
              <td>{pointsOf(g.text)}</td>
              <td>
                {w.kinds.find(k => k.value === g.codeKind)?.label}
                <br />
                <span className="gaiji-code">{g.code}</span>
              </td>
              <td>{g.reading}</td>
              <td>{g.note}</td>
              <td>{g.byName}</td>
              <td>
                <div className="row">
                  <CopyButton text={g.text} label={w.copy} />
                  <Button small onClick={() => setEditing(g)} aria-label={`${w.alt(g.code, g.reading)}：${w.editThis}`}>
                    {w.editThis}
                  </Button>
                </div>
              </td>
            </tr>
          ))}
        </Table>
      ) : (
        <p className="soft">{w.none}</p>
      )}
      {editing ? (
        <GaijiDialog
          gaiji={editing === 'new' ? null : editing}
          list={data}
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
