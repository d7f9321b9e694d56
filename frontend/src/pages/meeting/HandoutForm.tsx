import { useState } from 'react'
import { call } from '../../api/call'
import type { CasePage } from '../../api/cases'
import type { Room } from '../../api/meeting'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Field } from '../../parts/Field'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'

interface Props {
  room: Room
  onDone: () => Promise<void>
}

/** A file for an item of the agenda, with the person and class of information it belongs to. */
export function HandoutForm({ room, onDone }: Props) {
  const first = room.agenda.find(a => a.id === room.current) ?? room.agenda[0]
  const { data } = useLoad<CasePage>(`/cases/${room.meeting.caseId}?meeting=${room.meeting.id}`)
  const [agendaId, setAgenda] = useState(first?.id ?? '')
  const [personId, setPerson] = useState('')
  const [item, setItem] = useState('basic')
  const [file, setFile] = useState<File | null>(null)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.handouts
  const persons = data?.persons ?? []
  const other = rest('file', 'agendaId', 'personId', 'item')
  const send = () =>
    void submit(async () => {
      if (!file) return
      const body = new FormData()
      body.append('agendaId', agendaId)
      body.append('personId', personId)
      body.append('item', item)
      body.append('file', file)
      await call('POST', `/api/meetings/${room.meeting.id}/handouts`, body)
      await onDone()
    })
  return (
    <div className="form-grid no-print">
      {other ? <Banner tone="bad" title={other} /> : null}
      <SelectField
        label={w.agenda}
        value={agendaId}
        options={room.agenda.map((a, i) => ({ value: a.id, label: `${i + 1}. ${a.title}` }))}
        onValue={setAgenda}
        error={at('agendaId')}
      />
      <SelectField
        label={w.person}
        value={personId}
        options={['', ...persons.map(p => p.id)].map(id => ({ value: id, label: personLabel(persons, id) }))}
        onValue={setPerson}
        error={at('personId')}
        data-testid="handout-person"
      />
      <SelectField
        label={w.item}
        hint={w.itemHint}
        value={item}
        options={words.plan.items.map(([value, label]) => ({ value, label }))}
        onValue={setItem}
        error={at('item')}
        data-testid="handout-item"
      />
      <Field label={w.file} error={at('file')} required>
        {control => (
          <input
            {...control}
            type="file"
            className="input"
            accept="application/pdf,image/png,image/jpeg"
            data-testid="handout-file"
            onChange={e => setFile(e.currentTarget.files?.[0] ?? null)}
          />
        )}
      </Field>
      <Button kind="solid" busy={busy} why={file ? undefined : w.needFile} onClick={send} data-testid="handout-send">
        {w.give}
      </Button>
    </div>
  )
}
