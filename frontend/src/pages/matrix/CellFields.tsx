import { useCallback, useSyncExternalStore } from 'react'
import type { Column } from '../../api/plan'
import { showDate } from '../../dates/showDate'
import { SharedTextarea } from '../../live/SharedTextarea'
import { useText } from '../../live/useText'
import { Button } from '../../parts/Button'
import { DateField } from '../../parts/DateField'
import { Field } from '../../parts/Field'
import { TextField } from '../../parts/TextField'
import { ValueField } from '../../parts/ValueField'
import type { LiveDoc } from '../../sync/LiveDoc'
import { graphemes } from '../../text/graphemes'
import { words } from '../../words'
import { PeersAt } from '../plan/PeersAt'

interface Props {
  doc: LiveDoc
  /** Key of the cell: cell/<action>/<column>. */
  at: string
  column: Column
  readOnly: boolean
  meetingDay: string
}

const LIMIT = 200

/** Role, content, limits, who, how often, from when until when. */
export function CellFields({ doc, at, column, readOnly, meetingDay }: Props) {
  const w = words.matrix
  const subscribe = useCallback((l: () => void) => doc.values.observe(l), [doc])
  const get = (name: string) => String(doc.values.get(`${at}/${name}`) ?? '')
  useSyncExternalStore(subscribe, () => ['code', 'who', 'freq', 'start', 'due'].map(get).join('\n'))
  const content = useText(doc.text(`${at}/content`))
  const set = (name: string) => (v: string) => doc.values.set({ [`${at}/${name}`]: v })
  const codes = Object.keys(w.marks).filter(c =>
    column.kind === 'agency' ? c !== 'self' : ['self', 'none', 'open'].includes(c),
  )
  const due = get('due')
  return (
    <>
      <fieldset className="field">
        <legend className="field-label">{w.code}</legend>
        <div className="row">
          {codes.map(c => (
            <Button
              key={c}
              small
              aria-pressed={get('code') === c}
              why={readOnly ? w.notOwn : undefined}
              onClick={() => set('code')(get('code') === c ? '' : c)}
              data-testid={`code-${c}`}
            >
              {w.marks[c]} {w.labels[c]}
            </Button>
          ))}
        </div>
      </fieldset>
      <Field
        label={w.content}
        hint={<span data-testid="content-count">{w.contentCount(graphemes(content).length)}</span>}
      >
        {c => (
          <SharedTextarea
            {...c}
            doc={doc}
            textKey={`${at}/content`}
            rows={3}
            limit={LIMIT}
            readOnly={readOnly}
            data-testid="cell-content"
          />
        )}
      </Field>
      <PeersAt doc={doc} at={`${at}/content`} />
      <Field label={w.limits}>
        {c => (
          <SharedTextarea
            {...c}
            doc={doc}
            textKey={`${at}/limits`}
            rows={2}
            limit={LIMIT}
            readOnly={readOnly}
            data-testid="cell-limits"
          />
        )}
      </Field>
      <div className="form-grid">
        <ValueField value={get('who')} onValue={set('who')}>
          {(value, onValue, settle) => (
            <TextField
              label={w.who}
              value={value}
              onValue={onValue}
              onBlur={settle}
              readOnly={readOnly}
              data-testid="cell-who"
            />
          )}
        </ValueField>
        <ValueField value={get('freq')} onValue={set('freq')}>
          {(value, onValue, settle) => (
            <>
              <TextField
                label={w.freq}
                value={value}
                onValue={onValue}
                onBlur={settle}
                list="freqs"
                readOnly={readOnly}
                data-testid="cell-freq"
              />
              <datalist id="freqs">
                {w.freqs.map(f => (
                  <option key={f} value={f} />
                ))}
              </datalist>
            </>
          )}
        </ValueField>
        <DateField
          label={w.start}
          value={get('start')}
          onValue={set('start')}
          readOnly={readOnly}
          data-testid="cell-start"
        />
        <DateField
          label={w.due}
          value={due}
          onValue={set('due')}
          readOnly={readOnly}
          warning={
            due && meetingDay && due < meetingDay ? words.date.beforeMeeting(showDate(meetingDay, 'wareki')) : undefined
          }
          data-testid="cell-due"
        />
      </div>
    </>
  )
}
