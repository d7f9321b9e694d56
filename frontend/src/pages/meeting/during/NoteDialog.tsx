import { useState } from 'react'
import type { CasePage } from '../../../api/cases'
import type { Note } from '../../../api/during'
import { useLoad } from '../../../app/useLoad'
import { useSubmit } from '../../../app/useSubmit'
import { Banner } from '../../../parts/Banner'
import { Button } from '../../../parts/Button'
import { Check } from '../../../parts/Check'
import { Dialog } from '../../../parts/Dialog'
import { SelectField } from '../../../parts/SelectField'
import { TextArea } from '../../../parts/TextArea'
import { words } from '../../../words'
import { personLabel } from '../../cases/personLabel'

interface Props {
  caseId: string
  meeting: string
  kind: Note['kind']
  act: (act: string, params?: object) => Promise<void>
  onClose: () => void
}

/** A short text of one class of information: a parked point, or a memo for the region. */
export function NoteDialog({ caseId, meeting, kind, act, onClose }: Props) {
  const [text, setText] = useState('')
  const [item, setItem] = useState('basic')
  const [person, setPerson] = useState('')
  const { data: page } = useLoad<CasePage>(`/cases/${caseId}?meeting=${encodeURIComponent(meeting)}`)
  const [shared, setShared] = useState(false)
  const { submit, busy, at, rest } = useSubmit()
  const w = words.during
  const error = rest('text', 'item')
  const send = () =>
    void submit(() => act('note', { kind, text, item, person, shared })).then(ok => {
      if (ok) onClose()
    })
  return (
    <Dialog
      title={kind === 'park' ? w.parkTitle : w.localTitle}
      onClose={onClose}
      data-testid="note-dialog"
      foot={
        <Button
          kind="solid"
          busy={busy}
          why={text.trim() ? undefined : words.form.needed(w.noteText)}
          onClick={send}
          data-testid="note-save"
        >
          {w.noteSave}
        </Button>
      }
    >
      <div className="stack">
        <p className="soft">{kind === 'park' ? w.parkHint : w.localHint}</p>
        {error ? <Banner tone="bad" title={error} data-testid="note-error" /> : null}
        <TextArea
          label={w.noteText}
          value={text}
          onValue={setText}
          error={at('text')}
          maxLength={200}
          required
          data-testid="note-text"
        />
        <SelectField
          label={w.notePerson}
          value={person}
          options={[
            { value: '', label: words.plan.household },
            ...(page?.persons ?? []).map(p => ({ value: p.id, label: personLabel(page?.persons ?? [], p.id) })),
          ]}
          onValue={setPerson}
          data-testid="note-person"
        />
        <SelectField
          label={w.noteItem}
          value={item}
          options={words.plan.items.map(([value, label]) => ({ value, label }))}
          onValue={setItem}
          error={at('item')}
          data-testid="note-item"
        />
        {kind === 'local' ? (
          <>
            <p className="soft">{w.shareWarn}</p>
            <Check label={w.share} checked={shared} onValue={setShared} data-testid="note-share" />
          </>
        ) : null}
      </div>
    </Dialog>
  )
}
