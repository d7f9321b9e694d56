import { useEffect, useRef, useState } from 'react'
import { ApiError } from '../../api/ApiError'
import type { EntryInput, OutreachVisit } from '../../api/outreach'
import { useSubmit } from '../../app/useSubmit'
import { jstParts } from '../../dates/jstParts'
import { outbox } from '../../live/outbox'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import type { Letter } from '../../sync/outbox/Letter'
import { words } from '../../words'
import { EntryFields } from './EntryFields'
import { entryInput, type TypedEntry } from './typedEntry'
import type { OutreachCodes } from './useOutreachCodes'

interface Props {
  /** What the letter is about: the case. */
  about: string
  caseId: string
  start: TypedEntry
  /** What was typed before and not sent. */
  before?: Letter<EntryInput> | null
  people: { id: string; label: string }[]
  items: string[]
  codes: OutreachCodes
  /** Planned visits of the agency that may be done with it. */
  visits?: OutreachVisit[]
  onClose: () => void
  /** `sent`: the server has it; otherwise it waits for the line. */
  onDone: (sent: boolean) => void
}

const FIELDS = [
  'target',
  'nextStep',
  'personId',
  'item',
  'at',
  'method',
  'met',
  'place',
  'body',
  'relation',
  'nextDay',
  'nextClock',
]

/** Writes down one contact. Each letter typed is kept on the device until the server has the whole. */
export function EntryForm({ about, caseId, start, before, people, items, codes, visits = [], onClose, onDone }: Props) {
  const [entry, setEntry] = useState<TypedEntry>(() => (before ? typed(before.body) : start))
  const letter = useRef(before ?? null)
  const { submit, busy, at, rest, fail } = useSubmit()
  const w = words.outreach
  const hold = (next: TypedEntry) => {
    const body = sendable(next)
    letter.current ??= outbox.begin<EntryInput>(about, `/cases/${caseId}/outreach`, body)
    letter.current.body = body
    return letter.current
  }
  const set = (part: Partial<TypedEntry>) => {
    const next = { ...entry, ...part }
    setEntry(next)
    outbox.keep(hold(next), next.body)
  }
  // The page is left with the form open: what was typed is offered again.
  useEffect(
    () => () => {
      if (letter.current) outbox.leave(letter.current)
    },
    [],
  )
  const cancel = () => {
    if (letter.current) outbox.drop(letter.current)
    letter.current = null
    onClose()
  }
  const send = () => {
    if (!entry.day || !entry.time) {
      fail(new ApiError('invalid', words.form.needed(entry.day ? w.time : w.day), 'at'))
      return
    }
    void submit(async () => {
      const sent = await outbox.deliver(hold(entry), entry.body)
      letter.current = null
      onDone(sent)
    })
  }
  const failed = rest(...FIELDS)
  return (
    <Dialog
      wide
      title={entry.replaces ? w.correctTitle : entry.kind === 'course' ? w.courseTitle : w.addTitle}
      onClose={cancel}
      onCtrlEnter={send}
      data-testid="entry-dialog"
      foot={
        <>
          <Button onClick={cancel}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={send} data-testid="entry-save">
            {w.add}
          </Button>
        </>
      }
    >
      <div className="stack-s">
        {before ? <p className="soft">{w.restored}</p> : null}
        {entry.replaces ? <p className="soft">{w.correctHint}</p> : null}
        {failed ? <Banner tone="bad" title={failed} /> : null}
        <EntryFields entry={entry} set={set} at={at} people={people} items={items} codes={codes} visits={visits} />
      </div>
    </Dialog>
  )
}

/** A day that is not there yet is kept as it is, so that the form can be opened again. */
function sendable(e: TypedEntry): EntryInput {
  return e.day && e.time ? entryInput(e) : { ...entryInput({ ...e, day: '1970-01-01', time: '00:00' }), at: '' }
}

function typed({ at, ...rest }: EntryInput): TypedEntry {
  const { date, time } = at ? jstParts(at) : { date: '', time: '' }
  return { ...rest, day: date, time }
}
