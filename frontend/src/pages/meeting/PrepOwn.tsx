import { useState } from 'react'
import { api } from '../../api/api'
import type { PrepSheet } from '../../api/prep'
import { useSubmit } from '../../app/useSubmit'
import { SharedNarrative } from '../../live/SharedNarrative'
import type { DocEntry } from '../../live/useSlots'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import { mayWrite } from '../plan/mayWrite'
import { PlacePicker } from '../plan/PlacePicker'
import type { Place } from '../plan/useRowAdder'
import { findAct } from './findAct'
import { PrepForLine } from './PrepForLine'
import type { PrepProps } from './PrepTab'

interface Props extends PrepProps {
  sheet: PrepSheet
  may: boolean
  reload: () => Promise<void>
}

/**
 * A sheet to be written: the four questions, for the household and for whom and what else there is to say. The own agency's, or that of an agency
 * it is entered for (代行入力).
 */
export function PrepOwn({ room, act, persons, entryOf, sheet, may, reload }: Props) {
  const [place, setPlace] = useState<Place>({ personId: '', item: 'health' })
  const { submit, busy, error } = useSubmit()
  const w = words.prep
  const known = persons.filter(p => !p.hidden)
  const begin = (to: Place) =>
    void submit(async () => {
      await api.post('/docs', {
        kind: 'prep',
        ownerId: room.meeting.id,
        agencyId: sheet.own ? '' : sheet.agencyId,
        ...to,
      })
      await reload()
    })
  const there = sheet.docs.some(d => d.personId === place.personId && d.item === place.item)
  const handIn = findAct(room, sheet.own ? 'prepared' : 'prep_for')
  const send = (undo: boolean) =>
    void submit(() =>
      sheet.own
        ? act('prepared', { undo })
        : act('prep_for', { agencyId: sheet.agencyId, step: undo ? 'undo' : 'submit' }),
    )
  const id = sheet.own ? 'prep-own' : `prep-enter-${sheet.agencyId}`
  return (
    <section className="card stack" aria-labelledby={id} data-testid={id}>
      <h2 id={id}>{sheet.own ? w.own(sheet.name) : w.enterTitle(sheet.name)}</h2>
      <p className="soft">{sheet.own ? (may ? w.intro : sheet.docs.length ? w.closed : w.cannot) : w.enterText}</p>
      <PrepForLine sheet={sheet} act={act} />
      {error ? <Banner tone="bad" title={error.message} data-testid="prep-error" /> : null}
      {sheet.docs.map(ref => {
        const entry = entryOf(ref)
        return entry ? (
          <PrepFields key={ref.doc} entry={entry} name={`${personLabel(persons, ref.personId)}・${ref.itemLabel}`} />
        ) : null
      })}
      {may && !sheet.docs.length ? (
        <div className="row">
          <Button
            kind="solid"
            busy={busy}
            onClick={() => begin({ personId: '', item: 'basic' })}
            data-testid="prep-begin"
          >
            {w.begin}
          </Button>
          <span className="soft">{w.noSheet}</span>
        </div>
      ) : null}
      {may && sheet.docs.length ? (
        <details className="disclosure">
          <summary data-testid="prep-more">{w.addTitle}</summary>
          <p className="soft">{w.addText}</p>
          <PlacePicker persons={known} refs={sheet.docs} ensure value={place} onValue={setPlace} />
          <Button busy={busy} why={there ? w.addTitle : undefined} onClick={() => begin(place)} data-testid="prep-add">
            ＋ {w.add}
          </Button>
        </details>
      ) : null}
      {handIn?.allowed && may && sheet.docs.length ? (
        <div className="row">
          {sheet.state === 'done' ? (
            <>
              <Banner
                tone="good"
                title={sheet.own ? w.submitted : w.enterSubmitted}
                data-testid={sheet.own ? 'prep-submitted' : 'prep-entered'}
              />
              {sheet.own ? (
                <Button kind="text" busy={busy} onClick={() => send(true)}>
                  {w.undo}
                </Button>
              ) : null}
            </>
          ) : (
            <Button
              kind="solid"
              busy={busy}
              onClick={() => send(false)}
              data-testid={sheet.own ? 'prep-submit' : 'prep-enter-submit'}
            >
              {sheet.own ? w.submit : w.enterSubmit}
            </Button>
          )}
        </div>
      ) : null}
      {sheet.own || sheet.state === 'done' ? null : (
        <div>
          <Button kind="text" busy={busy} onClick={() => send(true)}>
            {w.enterUndo}
          </Button>
        </div>
      )}
    </section>
  )
}

/** The four questions of one document. */
function PrepFields({ entry, name }: { entry: DocEntry; name: string }) {
  const doc = entry.slot.doc
  const w = words.prep
  return (
    <fieldset className="type-block" data-testid={`prep-fields-${entry.ref.personId || 'household'}-${entry.ref.item}`}>
      <legend className="field-label">{name}</legend>
      <div className="prep-fields">
        {w.questions.map(q => (
          <div key={q.key} className="field">
            <span className="field-label" aria-hidden="true">
              {q.label}
            </span>
            <span className="field-hint" id={`${entry.ref.doc}-${q.key}`}>
              {q.hint}
            </span>
            {doc?.loaded ? (
              <SharedNarrative
                doc={doc}
                textKey={q.key}
                label={`${name}：${q.label}`}
                describedBy={`${entry.ref.doc}-${q.key}`}
                readOnly={!mayWrite(entry)}
                data-testid={`prep-${entry.ref.personId || 'household'}-${entry.ref.item}-${q.key}`}
              />
            ) : (
              <div className="skeleton" />
            )}
          </div>
        ))}
      </div>
    </fieldset>
  )
}
