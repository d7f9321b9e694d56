import { parseDate } from '../../dates/parseDate'
import { words } from '../../words'
import type { IntakeDraft } from './IntakeDraft'

/** What is missing or cannot be read, by field. */
export function checkIntake(d: IntakeDraft): Partial<Record<keyof IntakeDraft, string>> {
  const w = words.intake
  const e: Partial<Record<keyof IntakeDraft, string>> = {}
  if (!d.asker) e.asker = words.form.chosen(w.who)
  if (!d.trouble.trim()) e.trouble = words.form.needed(w.trouble)
  if (!d.fields.length) e.fields = words.form.chosen(w.fields)
  if (!d.urgency) e.urgency = words.form.chosen(w.urgency)
  if (!d.consent) e.consent = words.form.chosen(w.consent)
  if (!d.triage) e.triage = words.form.chosen(w.triage)
  if (d.triage === 'info' && !d.note.trim()) e.note = words.form.needed(w.noteInfo)
  if (d.birth && !readBirth(d.birth)) e.birth = words.date.unreadable
  return e
}

/** A birth date as it is sent: the whole day, a month or a year; '' when it cannot be read. */
export function readBirth(s: string): string {
  const t = s.trim()
  return parseDate(t) ?? (/^\d{4}(-\d{2})?$/.test(t) ? t : '')
}
