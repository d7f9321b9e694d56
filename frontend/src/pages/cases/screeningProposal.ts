import type { ScreeningLine } from '../../api/course'
import type { FormCode } from '../../api/forms'
import { showDate } from '../../dates/showDate'
import type { Option } from '../../parts/Option'
import type { SheetField } from './SheetDefinition'

/** One field of the アセスメント that says something else than the スクリーニング. */
export interface Proposed {
  key: string
  label: string
  /** What stands there, '' nothing. */
  was: string
  /** What the スクリーニング says, '' nothing. */
  is: string
  value: string
}

interface Known {
  agencies: readonly Option[]
  lists: Record<string, readonly FormCode[]>
}

/** What a スクリーニング says in a field of J スクリーニング結果 or I 支援機関側の困りごと; undefined: nothing that can be taken over. */
function said(id: string, s: ScreeningLine, withheld: boolean, agencies: readonly Option[]): string | undefined {
  if (id === 'screening') return s.result
  if (id === 'screening_on') return s.day
  if (withheld) return undefined
  if (id === 'screening_to') return s.to ? agencies.find(a => a.label === s.to.trim())?.value : ''
  if (id === 'screening_to_on') return s.confirmedOn
  if (id === 'supporter_trouble') return s.grounds.length ? JSON.stringify(s.grounds) : undefined
  return undefined
}

/** The fields of a group that a スクリーニング would fill or change, in the order of the form. */
export function screeningProposal(
  fields: readonly SheetField[],
  s: ScreeningLine,
  withheld: boolean,
  now: (key: string) => unknown,
  known: Known,
): Proposed[] {
  return fields.flatMap(f => {
    const value = said(f.id, s, withheld, known.agencies)
    const held = now(`f/${f.id}`)
    const was = typeof held === 'string' ? held : ''
    if (value === undefined || same(f, value, was)) return []
    return [{ key: `f/${f.id}`, label: f.label, was: read(f, was, known), is: read(f, value, known), value }]
  })
}

function same(f: SheetField, a: string, b: string): boolean {
  return f.type === 'multi' ? codes(a).sort().join() === codes(b).sort().join() : a === b
}

function codes(text: string): string[] {
  try {
    const list: unknown = JSON.parse(text || '[]')
    return Array.isArray(list) ? list.filter(x => typeof x === 'string') : []
  } catch {
    return []
  }
}

function read(f: SheetField, value: string, known: Known): string {
  if (!value) return ''
  if (f.type === 'date') return showDate(value, 'wareki')
  if (f.type === 'agency') return known.agencies.find(a => a.value === value)?.label ?? value
  const label = (code: string) => known.lists[f.codes ?? '']?.find(c => c.code === code)?.label ?? code
  return f.type === 'multi' ? codes(value).map(label).join('、') : label(value)
}
