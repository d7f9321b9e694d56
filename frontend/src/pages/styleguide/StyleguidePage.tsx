import { useState } from 'react'
import { ConnectionBarView } from '../../live/ConnectionBarView'
import { Withheld } from '../../live/Withheld'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Check } from '../../parts/Check'
import { Chip } from '../../parts/Chip'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { Group } from '../../parts/Group'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { Tabs } from '../../parts/Tabs'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { Legend } from '../matrix/Legend'

const calm = {
  pending: 0,
  savedAt: Date.UTC(2026, 10, 23, 1, 5),
  online: true,
  signedOut: false,
  kept: true,
  tone: 'calm',
} as const

/** All parts on one page, to look at and to test. */
export function StyleguidePage() {
  const [tab, setTab] = useState('text')
  const [text, setText] = useState('')
  const [date, setDate] = useState('2026-04-01')
  const [open, setOpen] = useState(false)
  const w = words
  return (
    <main className="page stack">
      <h1>{w.app.name}</h1>
      <ConnectionBarView ack={{ ...calm, state: 'saved' }} unsavedText={() => ''} />
      <ConnectionBarView ack={{ ...calm, state: 'sending', pending: 2 }} unsavedText={() => ''} />
      <ConnectionBarView ack={{ ...calm, state: 'unsent', pending: 3, tone: 'amber' }} unsavedText={() => ''} />
      <ConnectionBarView
        ack={{ ...calm, state: 'unsent', pending: 3, tone: 'red', online: false }}
        unsavedText={() => text}
      />
      <div className="row">
        <Button kind="solid">{w.form.save}</Button>
        <Button>{w.form.add}</Button>
        <Button kind="text">{w.form.cancel}</Button>
        <Button kind="danger">{w.consent.withdraw}</Button>
        <Button small>{w.form.close}</Button>
        <Button why={w.plan.frozen}>{w.meeting.convene}</Button>
        <Button onClick={() => setOpen(true)} data-testid="open-dialog">
          {w.consent.desk}
        </Button>
      </div>
      <div className="row">
        {(['plain', 'good', 'warn', 'bad', 'key', 'support', 'layered'] as const).map(t => (
          <Chip key={t} tone={t}>
            {w.consent.stateOf.granted}
          </Chip>
        ))}
        <Withheld label={w.plan.items[2]?.[1]} />
      </div>
      {(['info', 'good', 'warn'] as const).map(t => (
        <Banner key={t} tone={t} title={w.ack.refused}>
          {w.ack.refusedHint}
        </Banner>
      ))}
      <div className="form-grid">
        <TextField label={w.entry.login} value={text} onValue={setText} required />
        <TextField label={w.entry.name} value="" onValue={setText} error={w.cases.needName} />
        <TextArea label={w.matrix.content} value={text} onValue={setText} />
        <SelectField label={w.plan.kinds[0].label} value="short" options={w.plan.kinds} onValue={() => {}} />
        <DateField label={w.plan.due} value={date} onValue={setDate} warning={w.date.beforeMeeting(w.meeting.no(1))} />
      </div>
      <Group label={w.consent.method}>
        {w.consent.methods.map(m => (
          <Check
            key={m.value}
            kind="radio"
            name="m"
            label={m.label}
            checked={m.value === 'written'}
            onValue={() => {}}
          />
        ))}
      </Group>
      <Tabs
        label={w.plan.title}
        tabs={Object.entries(w.plan.tabs).map(([id, label]) => ({ id, label }))}
        current={tab}
        onSelect={setTab}
      >
        <p>{tab}</p>
      </Tabs>
      <Table caption={w.cases.title} head={[w.cases.number, w.cases.stage]}>
        <tr>
          <th scope="row">K2026-0001</th>
          <td>{w.consent.stateOf.pending}</td>
        </tr>
      </Table>
      <Legend />
      {open ? (
        <Dialog title={w.consent.desk} onClose={() => setOpen(false)}>
          <p>{w.consent.withdrawText}</p>
        </Dialog>
      ) : null}
    </main>
  )
}
