import type { DocEntry } from '../../live/useSlots'
import { words } from '../../words'
import { personLabel } from '../cases/personLabel'
import { mayWrite } from '../plan/mayWrite'
import { mergeRows } from '../plan/mergeRows'
import type { PlanRow } from '../plan/PlanRow'
import type { Relative, Tie } from './Relative'
import type { Household } from './useHousehold'
import { useTexts } from './useTexts'

interface Family {
  people: Relative[]
  ties: Tie[]
  kin: PlanRow[]
  rows: PlanRow[]
  /** The document the drawing is written into; null where it may not be read. */
  entry: DocEntry | null
  edit: boolean
}

const SEX: Record<string, Relative['sex']> = { 男: 'male', 女: 'female', male: 'male', female: 'female' }

/** Who belongs to the ジェノグラム: the 世帯員 and the relatives that were drawn beside them, and how they belong together. */
export function useFamily({ page, entries }: Household): Family {
  const entry = familyEntry(entries)
  const kin = mergeRows(entry ? [entry] : [], 'kin')
  const rows = mergeRows(entry ? [entry] : [], 'tie')
  const names = useTexts(kin, 'kin')
  const people: Relative[] = page.persons.map(p => ({
    id: p.id,
    name: p.name || p.alias || words.household.hidden(p.initial || '？'),
    relation: p.relation,
    sex: SEX[p.sex] ?? 'other',
    birth: p.birth,
    death: '',
    dead: false,
    home: true,
    subject: p.subject,
  }))
  for (const r of kin) {
    const v = (name: string) => r.doc.values.get(`kin/${r.id}/${name}`)
    people.push({
      id: r.id,
      name: names.get(r.id) || words.household.someone,
      relation: '',
      sex: SEX[String(v('sex') ?? '')] ?? 'other',
      birth: String(v('birth') ?? ''),
      death: String(v('death') ?? ''),
      dead: v('dead') === true || Boolean(v('death')),
      home: v('home') === true,
      subject: false,
    })
  }
  const ties = rows.flatMap(r => {
    const v = (name: string) => String(r.doc.values.get(`tie/${r.id}/${name}`) ?? '')
    const kind = v('kind')
    return v('a') && v('b') && kind ? [{ id: r.id, a: v('a'), b: v('b'), kind: kind as Tie['kind'] }] : []
  })
  return { people, ties, kin, rows, entry, edit: entry ? mayWrite(entry) : false }
}

/** The document of the household's family matters: genogram and ecomap stand in it. */
export const familyEntry = (entries: readonly DocEntry[]): DocEntry | null =>
  entries.find(e => !e.ref.personId && e.ref.item === 'family') ?? null

/** A person by name, whether of the household or drawn beside it. */
export function nameOf(household: Household, people: readonly Relative[], id: string): string {
  return people.find(p => p.id === id)?.name || personLabel(household.page.persons, id) || words.household.someone
}
