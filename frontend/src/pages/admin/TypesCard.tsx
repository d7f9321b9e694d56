import { useState } from 'react'
import type { LaidPaper, MeetingType, TypeVersion } from '../../api/meetingTypes'
import type { Agency } from '../../api/session'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { TypeCard } from './TypeCard'
import { TypeEditor } from './TypeEditor'
import { useCategories } from './useCategories'

interface Editing {
  title: string
  value: MeetingType
}

/** 会議種別: the kinds of meeting with their versions, and the editor of one. */
export function TypesCard() {
  const { data, error, reload } = useLoad<{ versions: TypeVersion[]; papers?: LaidPaper[] }>('/meeting-types/versions')
  const agencies = useLoad<{ agencies: Agency[] }>('/agencies').data?.agencies ?? []
  const categories = useCategories()
  const [editing, setEditing] = useState<Editing | null>(null)
  const [saved, setSaved] = useState(false)
  const w = words.meetingTypes
  if (!data) return <PageState error={error} reload={reload} />
  const ids = [...new Set(data.versions.map(v => v.id))]
  const edit = (title: string, value: MeetingType) => {
    setSaved(false)
    setEditing({ title, value })
  }
  const model = data.versions.find(v => v.builtIn)
  return (
    <>
      {editing ? (
        <TypeEditor
          title={editing.title}
          start={editing.value}
          duties={model?.agenda ?? []}
          papers={data.papers ?? []}
          agencies={agencies}
          categories={categories}
          onClose={() => setEditing(null)}
          onSaved={async () => {
            setEditing(null)
            await reload()
            setSaved(true)
          }}
        />
      ) : (
        <>
          <div className="between">
            <h2>{w.title}</h2>
            {model ? (
              <Button
                kind="solid"
                onClick={() => edit(w.editNew, { ...model, id: newId(), name: '', basis: '', effectiveFrom: today() })}
                data-testid="type-new"
              >
                ＋ {w.add}
              </Button>
            ) : null}
          </div>
          <p className="soft">{w.text}</p>
          {saved ? <Banner tone="good" title={w.saved} data-testid="type-saved" /> : null}
          {ids.map(id => (
            <TypeCard
              key={id}
              versions={data.versions.filter(v => v.id === id)}
              agencies={agencies}
              categories={categories}
              onNew={v => edit(w.editVersion(v.name), { ...v, effectiveFrom: today() })}
              onFix={v => edit(w.editFix(v.name), v)}
            />
          ))}
        </>
      )}
    </>
  )
}

/** A sign for a new type: it stands in the log and in addresses, never before people. */
function newId(): string {
  return `t-${Date.now().toString(36)}`
}
