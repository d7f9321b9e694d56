import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { api } from '../../api/api'
import type { Person } from '../../api/cases'
import type { CaseLink, Course } from '../../api/course'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { CheckList } from '../../parts/CheckList'
import { Chip } from '../../parts/Chip'
import { Dialog } from '../../parts/Dialog'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { personLabel } from './personLabel'

interface Props {
  caseId: string
  course: Course
  persons: readonly Person[]
  mayEdit: boolean
  onChanged: () => Promise<void>
}

/** 再受付: the cases before and after, and the way to a new one. */
export function FormerLinks({ caseId, course, persons, mayEdit, onChanged }: Props) {
  const [open, setOpen] = useState(false)
  const [number, setNumber] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.course
  const link = (to: string) =>
    void submit(async () => {
      await api.put(`/cases/${caseId}/former`, { number: to, reason: '' })
      setNumber('')
      await onChanged()
    })
  const closed = course.stage === 'closed'
  const failed = rest('number')
  return (
    <>
      {course.former ? (
        <div className="row" data-testid="former">
          <span>{w.former}</span>
          <Linked link={course.former} />
          {mayEdit ? (
            <Button kind="text" small busy={busy} onClick={() => link('')} data-testid="former-end">
              {w.linkEnd}
            </Button>
          ) : null}
        </div>
      ) : null}
      {course.later?.length ? (
        <div className="row" data-testid="later">
          <span>{w.later}</span>
          {course.later.map(l => (
            <Linked key={l.caseId} link={l} />
          ))}
        </div>
      ) : null}
      {failed ? <Banner tone="bad" title={failed} /> : null}
      {mayEdit && closed ? (
        <div>
          <Button onClick={() => setOpen(true)} data-testid="again">
            {w.again}
          </Button>
        </div>
      ) : null}
      {mayEdit && !closed && !course.former ? (
        <details className="disclosure">
          <summary>{w.link}</summary>
          <div className="stack-s">
            <p className="soft">{w.linkText}</p>
            <TextField
              label={w.linkNumber}
              value={number}
              onValue={setNumber}
              error={at('number')}
              data-testid="former-number"
            />
            <div>
              <Button
                busy={busy}
                why={number.trim() ? undefined : words.form.needed(w.linkNumber)}
                onClick={() => link(number.trim())}
                data-testid="former-do"
              >
                {w.linkDo}
              </Button>
            </div>
          </div>
        </details>
      ) : null}
      {open ? <AgainDialog caseId={caseId} persons={persons} onClose={() => setOpen(false)} /> : null}
    </>
  )
}

function Linked({ link }: { link: CaseLink }) {
  return (
    <>
      <Link href={`/cases/${link.caseId}`}>{link.number}</Link>
      <Chip tone="key">{link.stageLabel}</Chip>
      {link.reason ? <span className="soft">{link.reason}</span> : null}
    </>
  )
}

interface AgainProps {
  caseId: string
  persons: readonly Person[]
  onClose: () => void
}

function AgainDialog({ caseId, persons, onClose }: AgainProps) {
  const [who, setWho] = useState<string[]>(persons.map(p => p.id))
  const [reason, setReason] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const [, go] = useLocation()
  const w = words.course
  const send = () =>
    void submit(async () => {
      const made = await api.post<{ id: string }>(`/cases/${caseId}/again`, { persons: who, reason })
      onClose()
      go(`/cases/${made.id}`)
    })
  const failed = rest('persons', 'reason')
  return (
    <Dialog
      title={w.againTitle}
      onClose={onClose}
      onCtrlEnter={send}
      data-testid="again-dialog"
      foot={
        <Button kind="solid" busy={busy} onClick={send} data-testid="again-do">
          {w.againDo}
        </Button>
      }
    >
      <div className="stack">
        <p className="soft">{w.againText}</p>
        {failed ? <Banner tone="bad" title={failed} /> : null}
        <CheckList
          label={w.againWho}
          options={persons.map(p => ({ value: p.id, label: personLabel(persons, p.id) }))}
          value={who}
          onValue={setWho}
          error={at('persons')}
          required
        />
        <TextArea
          label={w.againReason}
          value={reason}
          onValue={setReason}
          error={at('reason')}
          required
          data-testid="again-reason"
        />
      </div>
    </Dialog>
  )
}
