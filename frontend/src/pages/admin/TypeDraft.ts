import type { AgendaBlock, MeetingType, PaperLayout } from '../../api/meetingTypes'
import { minutesOf } from '../meeting/meetingBody'

/** A 議題のひな形 being written. */
export interface BlockDraft extends Omit<AgendaBlock, 'minutes'> {
  key: number
  minutes: string
}

/** A 会議種別 being written; numbers as typed. */
export interface TypeDraft {
  id: string
  name: string
  mode: string
  basis: string
  chairPost: string
  formName: string
  retention: string
  confirmDays: string
  effectiveFrom: string
  phases: { id: string; label: string; hint: string; minutes: string }[]
  agencies: string[]
  categories: string[]
  agenda: BlockDraft[]
  papers: Record<string, PaperLayout>
  retired: boolean
}

/** Blocks with keys of their own. */
export function blockDrafts(blocks: readonly AgendaBlock[]): BlockDraft[] {
  return blocks.map((b, i) => ({ ...b, minutes: b.minutes ? String(b.minutes) : '', key: i + 1 }))
}

/** A version as a draft for the next. */
export function typeDraft(t: MeetingType): TypeDraft {
  return {
    id: t.id,
    name: t.name,
    mode: t.mode,
    basis: t.basis,
    chairPost: t.chairPost,
    formName: t.formName ?? '',
    retention: String(t.retention),
    confirmDays: String(t.confirmDays),
    effectiveFrom: t.effectiveFrom,
    phases: t.phases.map(p => ({ ...p, minutes: String(p.minutes) })),
    agencies: t.agencies ?? [],
    categories: t.categories ?? [],
    agenda: blockDrafts(t.agenda ?? []),
    papers: t.papers ?? {},
    retired: t.retired ?? false,
  }
}

/** The draft as the interface takes it. */
export function typeBody(d: TypeDraft): object {
  return {
    ...d,
    retention: minutesOf(d.retention),
    confirmDays: minutesOf(d.confirmDays),
    phases: d.phases.map(p => ({ ...p, minutes: minutesOf(p.minutes) })),
    agenda: d.agenda.map(({ key: _, ...b }) => ({ ...b, minutes: minutesOf(b.minutes) })),
  }
}
