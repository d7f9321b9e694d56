import type { DayVisit, EntryInput } from '../../api/outreach'
import { outbox } from '../../live/outbox'
import type { Letter } from '../../sync/outbox/Letter'
import { words } from '../../words'
import { EntryForm } from './EntryForm'
import { newEntry } from './typedEntry'
import type { OutreachCodes } from './useOutreachCodes'

interface Props {
  visit: DayVisit | null
  /** One that was typed before, or refused. */
  letter: Letter<EntryInput> | null
  items: string[]
  codes: OutreachCodes
  onClose: () => void
  onDone: (sent: boolean) => void
}

/** The form of the list of a day: about whom and for which visit is known, so nothing has to be asked of the server. */
export function DayEntry({ visit, letter, onClose, ...rest }: Props) {
  const caseId = visit?.caseId ?? letter?.about ?? ''
  const person = visit?.personId ?? letter?.body.personId ?? ''
  return (
    <EntryForm
      {...rest}
      about={caseId}
      caseId={caseId}
      start={newEntry(person, visit?.id)}
      before={letter}
      people={[{ id: person, label: visit?.who ?? words.outreach.asBefore }]}
      onClose={onClose}
    />
  )
}

/** A refused letter as a new one, to be put right. */
export function anew(l: Letter<EntryInput>): Letter<EntryInput> {
  outbox.drop(l)
  return outbox.begin(l.about, l.path, l.body)
}
