import { type FormEvent, useState } from 'react'
import type { IncidentForm } from '../../api/audit'
import { takeFile } from '../../api/takeFile'
import { PageState } from '../../app/PageState'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { emptyFilter } from './emptyFilter'
import { FilterFields } from './FilterFields'

/** 漏えい等の報告: whose information got out, in one step, with a reason. */
export function IncidentPage() {
  const { data, error, reload } = useLoad<IncidentForm>('/incidents')
  const [filter, setFilter] = useState(emptyFilter)
  const [reason, setReason] = useState('')
  const [note, setNote] = useState('')
  const [format, setFormat] = useState('csv')
  const [notice, setNotice] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.audit
  if (!data) return <PageState error={error} reload={reload} />
  const take = (e: FormEvent) => {
    e.preventDefault()
    setNotice('')
    void submit(async () => {
      await takeFile('/incidents', { ...filter, reason, note, format }, w.incidentName(format))
      setNotice(w.incidentDone)
      await reload()
    })
  }
  const failed = rest('from', 'to', 'case', 'ip', 'actor', 'reason', 'note')
  const set = (session: string) => setFilter({ ...filter, session })
  return (
    <div className="page stack">
      <h1>{w.incidentTitle}</h1>
      <p>{w.incidentHint}</p>
      <form className="stack" onSubmit={take}>
        <div className="toolbar">
          <FilterFields
            value={filter}
            onValue={setFilter}
            fields={['actor', 'agency', 'case', 'ip']}
            options={data}
            at={at}
          />
          <TextField
            label={w.session}
            hint={w.sessionHint}
            value={filter.session}
            onValue={set}
            autoComplete="off"
            data-testid="audit-session"
          />
        </div>
        <SelectField
          label={w.reason}
          value={reason}
          required
          options={[
            { value: '', label: words.form.choose },
            ...data.reasons.map(r => ({ value: r.id, label: r.label })),
          ]}
          onValue={setReason}
          error={at('reason')}
          data-testid="incident-reason"
        />
        <TextArea
          label={w.note}
          hint={w.noteHint}
          value={note}
          required
          onValue={setNote}
          error={at('note')}
          data-testid="incident-note"
        />
        <SelectField
          label={w.format}
          value={format}
          options={w.formats}
          onValue={setFormat}
          data-testid="incident-format"
        />
        {failed ? <Banner tone="bad" title={failed} /> : null}
        <div className="row">
          <Button type="submit" kind="solid" busy={busy} data-testid="incident-export">
            {w.export}
          </Button>
          <span role="status" data-testid="incident-notice">
            {notice}
          </span>
        </div>
        <p className="soft">{w.legal}</p>
      </form>
      {data.made.length ? (
        <Table
          caption={w.made}
          head={[w.at, w.actor, w.reason, w.note, w.persons, w.entries]}
          data-testid="incident-list"
        >
          {data.made.map(m => (
            <tr key={m.id}>
              <th scope="row" className="nowrap">
                {showInstant(m.at, 'short')}
              </th>
              <td>{m.actor}</td>
              <td>{m.reasonLabel}</td>
              <td>{m.note}</td>
              <td className="num">{m.persons}</td>
              <td className="num">{m.entries}</td>
            </tr>
          ))}
        </Table>
      ) : (
        <p className="soft">{w.madeNone}</p>
      )}
    </div>
  )
}
