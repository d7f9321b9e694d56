import type { FormCode } from '../../api/forms'
import { SharedTextarea } from '../../live/SharedTextarea'
import { Field } from '../../parts/Field'
import type { LiveDoc } from '../../sync/LiveDoc'
import { words } from '../../words'
import type { SheetField } from './SheetDefinition'

interface Props {
  field: SheetField
  doc: LiveDoc
  codes: readonly FormCode[]
  chosen: readonly string[]
  readOnly: boolean
}

/** How long the words of a choice may be. */
const limit = 200

/** 「その他( )」: the words of the choices that ask for them, there as long as one of them is made. What was written stays when it is taken back. */
export function OtherWords({ field, doc, codes, chosen, readOnly }: Props) {
  const asked = codes.filter(c => c.other && chosen.includes(c.code))
  if (!asked.length) return null
  return (
    <div className="other-words">
      <Field label={words.cases.otherWords(asked.map(c => c.label).join('・'))}>
        {c => (
          <SharedTextarea
            {...c}
            doc={doc}
            textKey={`f/${field.id}_other`}
            rows={1}
            limit={limit}
            readOnly={readOnly}
            data-testid={`other-${field.id}`}
          />
        )}
      </Field>
    </div>
  )
}
