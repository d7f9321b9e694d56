import type { DocRef, Person } from '../../api/cases'
import { Chip } from '../../parts/Chip'
import { personLabel } from '../cases/personLabel'

interface Props {
  entry: DocRef
  persons: readonly Person[]
}

/** Whose information of which item a row is. */
export function PlaceChip({ entry, persons }: Props) {
  return (
    <Chip>
      {personLabel(persons, entry.personId)}・{entry.itemLabel || entry.label}
    </Chip>
  )
}
