import type { OutreachVisit } from '../../api/outreach'
import { showDate } from '../../dates/showDate'
import { Check } from '../../parts/Check'
import { CheckList } from '../../parts/CheckList'
import { DateField } from '../../parts/DateField'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { TypedEntry } from './typedEntry'
import type { OutreachCodes } from './useOutreachCodes'

interface Props {
  entry: TypedEntry
  set: (part: Partial<TypedEntry>) => void
  at: (field: string) => string | undefined
  people: { id: string; label: string }[]
  items: string[]
  codes: OutreachCodes
  visits: OutreachVisit[]
}

/** The fields of a contact, in the order in which they come to mind at the door. */
export function EntryFields({ entry, set, at, people, items, codes, visits }: Props) {
  const { met, places, relations } = codes
  const course = entry.kind === 'course'
  const methods = course ? [{ value: '', label: words.form.choose }, ...codes.courseMethods] : codes.methods
  const classes = codes.classes.filter(c => items.includes(c.value))
  const w = words.outreach
  return (
    <>
      <div className="form-grid">
        <DateField label={w.day} value={entry.day} onValue={day => set({ day })} error={at('at')} required />
        <TextField label={w.time} type="time" value={entry.time} onValue={time => set({ time })} required />
        <SelectField
          label={w.method}
          value={entry.method}
          options={methods}
          onValue={method => set({ method })}
          error={at('method')}
          required
          data-testid="entry-method"
        />
      </div>
      <CheckList
        label={w.met}
        options={met}
        value={entry.met}
        onValue={list => set({ met: apart(list, entry.met) })}
        error={at('met')}
        required={!course}
        testid="entry-met"
      />
      {course ? (
        <TextField
          label={w.target}
          hint={w.targetHint}
          value={entry.target}
          onValue={target => set({ target })}
          error={at('target')}
          data-testid="entry-target"
        />
      ) : null}
      <TextArea
        label={w.body}
        hint={w.bodyHint}
        rows={5}
        value={entry.body}
        onValue={body => set({ body })}
        error={at('body')}
        required
        data-testid="entry-body"
      />
      {course ? (
        <TextArea
          label={w.nextStep}
          rows={2}
          value={entry.nextStep}
          onValue={nextStep => set({ nextStep })}
          error={at('nextStep')}
        />
      ) : null}
      <div className="form-grid">
        <SelectField
          label={w.who}
          value={entry.personId}
          options={people.map(p => ({ value: p.id, label: p.label }))}
          onValue={personId => set({ personId })}
          error={at('personId')}
          data-testid="entry-person"
        />
        <SelectField
          label={w.place}
          value={entry.place}
          options={[{ value: '', label: w.placeNone }, ...places]}
          onValue={place => set({ place })}
          error={at('place')}
        />
        <SelectField
          label={w.relation}
          hint={w.relationHint}
          value={entry.relation}
          options={[{ value: '', label: w.relationKeep }, ...relations]}
          onValue={relation => set({ relation })}
          error={at('relation')}
          data-testid="entry-relation"
        />
        <SelectField
          label={w.item}
          hint={w.itemHint}
          value={entry.item}
          options={classes}
          onValue={item => set({ item })}
          error={at('item')}
          data-testid="entry-item"
        />
      </div>
      {visits.map(v => (
        <Check
          key={v.id}
          label={w.visitDone(`${showDate(v.day, 'short')} ${v.clock}`.trim())}
          checked={entry.visitId === v.id}
          onValue={on => set({ visitId: on ? v.id : '' })}
        />
      ))}
      {entry.replaces ? null : (
        <div className="form-grid">
          <DateField
            label={w.nextDay}
            value={entry.nextDay}
            onValue={nextDay => set({ nextDay })}
            error={at('nextDay')}
            data-testid="entry-next-day"
          />
          <TextField
            label={w.nextClock}
            type="time"
            value={entry.nextClock}
            onValue={nextClock => set({ nextClock })}
            error={at('nextClock')}
          />
          <Check label={w.mine} checked={entry.nextMine} onValue={nextMine => set({ nextMine })} title={w.mineHint} />
        </div>
      )}
    </>
  )
}

const NOBODY = 'none'

/** 会えず and somebody do not go together: what was ticked last counts. */
function apart(list: string[], before: readonly string[]): string[] {
  if (!list.includes(NOBODY) || list.length < 2) return list
  return before.includes(NOBODY) ? list.filter(c => c !== NOBODY) : [NOBODY]
}
