import { useState } from 'react'
import { api } from '../../api/api'
import type { Person } from '../../api/cases'
import { useSubmit } from '../../app/useSubmit'
import { parseDate } from '../../dates/parseDate'
import { showDate } from '../../dates/showDate'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'
import type { PersonDraft } from './PersonDraft'
import { PersonFields } from './PersonFields'

interface Props {
  caseId: string
  /** null: a new 世帯員. */
  person: Person | null
  ord: number
  onClose: () => void
  onSaved: () => Promise<void>
}

/** Adds or corrects a 世帯員. */
export function PersonDialog({ caseId, person, ord, onClose, onSaved }: Props) {
  const [draft, setDraft] = useState<PersonDraft>(() => ({
    name: person?.name ?? '',
    kana: person?.kana ?? '',
    relation: person?.relation ?? '',
    birth: person?.birth ? showDate(person.birth, 'wareki') : '',
    sex: person?.sex ?? '',
    subject: person?.subject ?? false,
    addressSecret: person?.addressSecret ?? false,
  }))
  const { submit, busy, error } = useSubmit()
  const field = error?.field.replace(/^.*\./, '') ?? ''
  const save = () =>
    void submit(async () => {
      const body = {
        ...draft,
        ord,
        birth: parseDate(draft.birth) ?? draft.birth,
        // a name has come: 匿名 was none
        alias: draft.name && person?.alias === words.cases.anonymous ? '' : (person?.alias ?? ''),
        withheldFrom: person?.withheldFrom ?? [],
      }
      if (person) await api.put(`/cases/${caseId}/persons/${person.id}`, body)
      else await api.post(`/cases/${caseId}/persons`, body)
      await onSaved()
    })
  return (
    <Dialog
      title={words.cases.person}
      onClose={onClose}
      wide
      data-testid="person-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="person-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      {error && !(field in draft) ? <Banner tone="bad" title={error.message} /> : null}
      <PersonFields
        n={1}
        value={draft}
        errors={field in draft && error ? { [field]: error.message } : {}}
        onValue={setDraft}
      />
    </Dialog>
  )
}
