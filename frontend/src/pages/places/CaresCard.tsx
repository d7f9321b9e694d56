import { useState } from 'react'
import { api } from '../../api/api'
import type { PlaceDetail } from '../../api/places'
import { useCodes } from '../../app/useCodes'
import { useSubmit } from '../../app/useSubmit'
import { showDate } from '../../dates/showDate'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { Table } from '../../parts/Table'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'

interface Props {
  place: PlaceDetail
  onChanged: (said: string) => Promise<void>
}

/** 受け入れ側への支援: for those who write about the place. */
export function CaresCard({ place, onChanged }: Props) {
  const [adding, setAdding] = useState(false)
  const w = words.joinings
  return (
    <section className="card stack-s" aria-labelledby="cares-title">
      <div className="between">
        <h2 id="cares-title">{w.cares}</h2>
        <Button onClick={() => setAdding(true)} data-testid="care-add">
          {w.addCare}
        </Button>
      </div>
      <p className="soft">{w.caresIntro}</p>
      {place.cares.length ? (
        <Table caption={w.cares} head={w.careHeads} data-testid="place-cares">
          {place.cares.map(c => (
            <tr key={c.id}>
              <th scope="row" className="nowrap">
                {showDate(c.day, 'wareki')}
              </th>
              <td className="nowrap">{c.methodLabel}</td>
              <td className="place-lines">{c.body}</td>
              <td>
                {c.agencyName}
                <br />
                {c.byName}
              </td>
            </tr>
          ))}
        </Table>
      ) : (
        <p>{w.noCares}</p>
      )}
      {adding ? (
        <CareDialog
          placeId={place.id}
          onClose={() => setAdding(false)}
          onSaved={async () => {
            setAdding(false)
            await onChanged(w.kept)
          }}
        />
      ) : null}
    </section>
  )
}

function CareDialog({
  placeId,
  onClose,
  onSaved,
}: {
  placeId: string
  onClose: () => void
  onSaved: () => Promise<void>
}) {
  const [day, setDay] = useState(today())
  const [method, setMethod] = useState('')
  const [body, setBody] = useState('')
  const methods = useCodes('join_method')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.joinings
  const save = () =>
    void submit(async () => {
      await api.post(`/places/${placeId}/cares`, { day, method, body })
      await onSaved()
    })
  const error = rest('day', 'method', 'body')
  return (
    <Dialog
      title={w.addCare}
      onClose={onClose}
      onCtrlEnter={save}
      data-testid="care-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="care-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        <div className="place-grid">
          <DateField label={w.day} value={day} onValue={setDay} error={at('day')} required data-testid="care-day" />
          <SelectField
            label={w.method}
            value={method}
            options={[
              { value: '', label: words.form.choose },
              ...methods.map(c => ({ value: c.code, label: c.label })),
            ]}
            onValue={setMethod}
            error={at('method')}
            required
            data-testid="care-method"
          />
        </div>
        <TextArea label={w.body} value={body} onValue={setBody} error={at('body')} required data-testid="care-body" />
      </div>
    </Dialog>
  )
}
