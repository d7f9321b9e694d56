import { useState } from 'react'
import { api } from '../../api/api'
import type { Class, ClassTable } from '../../api/archive'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { Button } from '../../parts/Button'
import { Table } from '../../parts/Table'
import { words } from '../../words'
import { ClassEditor } from './ClassEditor'

/** 文書分類表: how long what is kept, and from when the years count. */
export function ClassTableCard() {
  const { data, error, reload, put } = useLoad<ClassTable>('/archive/classes')
  const [editing, setEditing] = useState(false)
  const w = words.keeping
  if (!data) return <PageState error={error} reload={reload} />
  const named = (list: { id: string; name: string }[], id: string) => list.find(x => x.id === id)?.name ?? id
  const save = async (classes: Class[]) => {
    put(await api.put<ClassTable>('/archive/classes', { version: data.version, classes }))
    setEditing(false)
  }
  return (
    <>
      <div className="between">
        <h2>{w.table}</h2>
        {data.maySave && !editing ? (
          <Button onClick={() => setEditing(true)} data-testid="edit-classes">
            {w.edit}
          </Button>
        ) : null}
      </div>
      <p className="soft">
        {w.tableHint} {data.version ? '' : w.builtin}
      </p>
      {editing ? (
        <ClassEditor table={data} onClose={() => setEditing(false)} onSave={save} />
      ) : (
        <Table
          caption={w.table}
          head={[w.className, w.period, w.rule, w.kinds, w.form, w.basis]}
          data-testid="class-table"
        >
          {data.classes.map(c => (
            <tr key={c.id}>
              <th scope="row">{c.name}</th>
              <td className="nowrap">{w.yearsOf(c.years)}</td>
              <td>{named(data.rules, c.rule)}</td>
              <td>{c.kinds.map(k => named(data.kinds, k)).join('、')}</td>
              <td>{c.kinds.length ? (c.source ? w.sourced : w.plain) : ''}</td>
              <td>{c.note}</td>
            </tr>
          ))}
        </Table>
      )}
    </>
  )
}
