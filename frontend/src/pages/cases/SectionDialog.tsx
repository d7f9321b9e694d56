import type { DocRef, Person } from '../../api/cases'
import type { Course } from '../../api/course'
import type { FormCode } from '../../api/forms'
import type { Agency } from '../../api/session'
import { useLoad } from '../../app/useLoad'
import { SharedNarrative } from '../../live/SharedNarrative'
import { useSlot } from '../../live/useSlot'
import { Withheld } from '../../live/Withheld'
import { Dialog } from '../../parts/Dialog'
import { words } from '../../words'
import { personLabel } from './personLabel'
import { ScreeningOffer } from './ScreeningOffer'
import type { SheetDefinition } from './SheetDefinition'
import { SheetField } from './SheetField'
import { useSheets } from './useSheets'

interface Props {
  caseId: string
  section: DocRef
  title: string
  persons: readonly Person[]
  /** The day the case was opened (ISO): its forms stay those of that day. */
  openedOn: string
  onClose: () => void
}

/** The fields of all forms that belong to one person and one item of information. */
export function SectionDialog({ caseId, section, title, persons, openedOn, onClose }: Props) {
  const { doc, loaded, readOnly, slot } = useSlot(section.doc)
  const sheets: SheetDefinition[] = useSheets(openedOn)
  const codes = useLoad<{ lists: Record<string, FormCode[]> }>(`/codes?date=${openedOn}`)
  const agencies = useLoad<{ agencies: Agency[] }>('/agencies')
  const named = {
    agency: (agencies.data?.agencies ?? []).map(a => ({ value: a.id, label: a.name })),
    person: persons.map(p => ({ value: p.id, label: personLabel(persons, p.id) })),
  }
  const owner = section.personId ? 'person' : 'household'
  const groups = sheets
    .flatMap(d => d.sections.map(s => ({ key: `${d.id}/${s.id}`, title: s.title, fields: s.fields })))
    .map(g => ({
      ...g,
      fields: g.fields.filter(
        f => f.item === section.item && f.owner === owner && !f.from && !f.retired && f.type !== 'sig',
      ),
    }))
    .filter(g => g.fields.length)
  const screened = groups.some(isScreened) && !readOnly
  const course = useLoad<Course>(screened ? `/cases/${caseId}/course` : null)
  return (
    <Dialog title={title} onClose={onClose} wide data-testid="section-dialog">
      {slot?.gone ? <Withheld reason={slot.gone.label} /> : null}
      {doc && loaded ? (
        <div className="stack">
          <p className="soft">{readOnly ? words.plan.readOnly : words.cases.sheetsSaved}</p>
          {groups.map(g => (
            <section key={g.key} className="stack-s">
              <h3>{g.title}</h3>
              {screened && course.data && isScreened(g) ? (
                <ScreeningOffer
                  fields={g.fields}
                  course={course.data}
                  doc={doc}
                  agencies={named.agency}
                  lists={codes.data?.lists ?? {}}
                />
              ) : null}
              <div className="form-grid">
                {g.fields.map(f => (
                  <SheetField
                    key={f.id}
                    field={f}
                    doc={doc}
                    named={named}
                    codes={codes.data?.lists[f.codes ?? ''] ?? []}
                    readOnly={readOnly}
                  />
                ))}
              </div>
            </section>
          ))}
          {groups.length ? null : (
            <SharedNarrative
              doc={doc}
              textKey="f/memo"
              label={words.cases.memo}
              readOnly={readOnly}
              data-testid="section-memo"
            />
          )}
        </div>
      ) : slot?.gone ? null : (
        <div className="skeleton" />
      )}
    </Dialog>
  )
}

/** Parts of the アセスメント that the スクリーニング has decided already: J スクリーニング結果, I 支援機関側の困りごと. */
function isScreened(g: { key: string }): boolean {
  return g.key === 'assessment/j' || g.key === 'assessment/i'
}
