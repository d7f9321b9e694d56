import { useState } from 'react'
import type { Amendment, FormDraft, OwnField } from '../../api/forms'
import type { SheetDefinition, SheetField } from '../cases/SheetDefinition'
import { isOwn, newId, withChange, withCodes, withField } from './change'

export const NEW_LIST = '+'

export const isChoice = (type: string) => type === 'one' || type === 'multi'
export const isProse = (type: string) => type === 'txt' || type === 'memo'

/** A field being written in its dialog, and the change it makes of the draft. */
export function useFieldDraft(draft: FormDraft, form: SheetDefinition, section: string, field: SheetField | null) {
  const own = draft.change.fields.find(f => f.id === field?.id)
  const [ids] = useState(() => ({ field: field?.id ?? newId(), list: newId() }))
  const [d, setField] = useState(() => ({
    id: ids.field,
    label: field?.label ?? '',
    help: field?.help ?? '',
    type: field?.type ?? 'txt',
    item: field?.item ?? 'basic',
    owner: field?.owner ?? 'household',
    codes: field?.codes ?? NEW_LIST,
    listTitle: '',
    listCodes: '',
    max: String(field?.max ?? 200),
    unit: field?.unit ?? '',
    after: own?.after ?? '',
    required: field?.required ?? false,
    stateReport: field?.stateReport ?? false,
    retired: field?.retired ?? false,
  }))
  const set = (part: Partial<typeof d>) => setField(s => ({ ...s, ...part }))

  const change = (): Amendment => {
    const fixed = field && (!isOwn(field.id) || draft.bound.includes(field.id))
    let c = draft.change
    if (!fixed) {
      if (isChoice(d.type) && d.codes === NEW_LIST) {
        const codes = d.listCodes.split('\n').map(l => l.trim()).filter(Boolean) // biome-ignore format: one line
        c = withCodes(c, null, ids.list, d.listTitle.trim() || d.label, codes.map((label, i) => ({ code: `own_c${i + 1}`, label }))) // biome-ignore format: one line
      }
      c = withField(c, bodyOf(d, form.id, own?.section ?? section, ids.list))
      if (!d.retired) return { ...c, changes: c.changes.filter(x => x.id !== d.id) }
    }
    const { id, label, help, required, stateReport, retired } = d
    return withChange(c, { id, label: label.trim(), help: help.trim(), required, stateReport, retired })
  }
  return { d, set, change }
}

type Draft = ReturnType<typeof useFieldDraft>['d']

function bodyOf(d: Draft, form: string, section: string, list: string): OwnField {
  const f: OwnField = {
    form,
    section,
    after: d.after,
    id: d.id,
    label: d.label.trim(),
    type: d.type,
    item: d.item,
    owner: d.owner,
    required: d.required,
    stateReport: d.stateReport,
    help: d.help.trim(),
  }
  if (isChoice(d.type)) f.codes = d.codes === NEW_LIST ? list : d.codes
  if (isProse(d.type)) f.max = Number.parseInt(d.max, 10) || 0
  if (d.type === 'int' && d.unit) f.unit = d.unit
  return f
}
