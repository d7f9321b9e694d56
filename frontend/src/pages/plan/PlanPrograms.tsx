import { useCodes } from '../../app/useCodes'
import type { DocEntry } from '../../live/useSlots'
import { CheckList } from '../../parts/CheckList'
import { words } from '../../words'
import { mayWrite } from './mayWrite'
import { ownOnly } from './ownOnly'
import { parseCodes } from './parseCodes'

interface Props {
  /** The household's 基本情報: the only place where the programs of a plan are kept. */
  entry: DocEntry
}

/** 利用する事業, several of the municipality's list. */
export function PlanPrograms({ entry }: Props) {
  const programs = useCodes('program')
  const doc = entry.slot.doc
  if (!doc?.loaded) return null
  return (
    <CheckList
      label={words.plan.programs}
      options={programs.map(c => ({ value: c.code, label: c.label }))}
      value={parseCodes(doc.values.get('programs'))}
      onValue={list => doc.values.set({ programs: JSON.stringify(list) })}
      disabled={!mayWrite(entry) || ownOnly(entry)}
      testid="program"
    />
  )
}
