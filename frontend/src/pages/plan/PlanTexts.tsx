import type { DocRef } from '../../api/cases'
import { SharedNarrative } from '../../live/SharedNarrative'
import { useText } from '../../live/useText'
import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'
import { CommentMark } from '../comments/CommentMark'
import { mayWrite } from './mayWrite'
import { PeersAt } from './PeersAt'
import { PlaceChip } from './PlaceChip'
import type { PlanContext } from './PlanContext'
import { PlanPrograms } from './PlanPrograms'
import { PlanTerms } from './PlanTerms'

interface Props {
  plan: PlanContext
}

const FIELDS = ['wish', 'situation', 'policy', 'risk'] as const

/** 意向・状況・方針・緊急時: the long texts. Each document has them; those with words are shown, and the usual place. */
export function PlanTexts({ plan }: Props) {
  const { entries, persons } = plan
  const household = entries.find(e => e.ref.item === 'basic' && e.ref.personId === '')
  const main = household ?? entries.find(e => e.ref.item === 'basic') ?? entries[0]
  return (
    <div className="stack">
      <PlanTerms plan={plan} main={main} />
      {household ? (
        <section className="card">
          <PlanPrograms entry={household} />
        </section>
      ) : null}
      <div className="two">
        {FIELDS.map(f => (
          <section key={f} className="card stack-s" aria-labelledby={`text-${f}`}>
            <h3 id={`text-${f}`}>{words.plan.narratives[f].label}</h3>
            <p className="soft" id={`hint-${f}`}>
              {words.plan.narratives[f].hint}
            </p>
            {entries.map(e => {
              const doc = e.slot.doc
              if (!doc?.loaded || (e !== main && !doc.text(f).toString())) return null
              return (
                <div key={e.ref.doc} className="stack-s">
                  <div className="row">
                    <PlaceChip entry={e.ref} persons={persons} />
                    <PeersAt doc={doc} at={f} />
                    <TextMark doc={doc} entry={e.ref} field={f} />
                  </div>
                  <SharedNarrative
                    key={`${e.ref.doc}${e.slot.generation}`}
                    doc={doc}
                    textKey={f}
                    label={words.plan.narratives[f].label}
                    describedBy={`hint-${f}`}
                    readOnly={!mayWrite(e)}
                    data-testid={e === main ? `narrative-${f}` : `narrative-${f}-${e.ref.item}`}
                  />
                </div>
              )
            })}
          </section>
        ))}
      </div>
    </div>
  )
}

/** A paragraph can be remarked on once something stands in it. */
function TextMark({ doc, entry, field }: { doc: LiveDoc; entry: DocRef; field: (typeof FIELDS)[number] }) {
  const written = useText(doc.text(field))
  if (!written) return null
  return <CommentMark entry={entry} kind="text" row={field} place={words.plan.narratives[field].label} />
}
