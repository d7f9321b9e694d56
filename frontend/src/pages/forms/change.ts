import type { Amendment, FieldChange, FormCode, FormList, OwnField, OwnList } from '../../api/forms'

const OWN = 'own_'

/** Was added by the municipality. */
export const isOwn = (id: string) => id.startsWith(OWN)

/** An id of an own field, list or choice: it stands in documents, never before people. */
export const newId = () => `${OWN}${Date.now().toString(36)}${Math.floor(Math.random() * 1296).toString(36)}`

/** Puts a field of the municipality in, or in the place of the one with its id. */
export function withField(c: Amendment, f: OwnField): Amendment {
  const known = c.fields.some(x => x.id === f.id)
  return { ...c, fields: known ? c.fields.map(x => (x.id === f.id ? f : x)) : [...c.fields, f] }
}

/** Takes an own field that does not apply yet out again. */
export function withoutField(c: Amendment, id: string): Amendment {
  return {
    ...c,
    fields: c.fields.filter(f => f.id !== id).map(f => (f.after === id ? { ...f, after: '' } : f)),
    changes: c.changes.filter(x => x.id !== id),
  }
}

/** Says how a field is shown. */
export function withChange(c: Amendment, x: FieldChange): Amendment {
  return { ...c, changes: [...c.changes.filter(o => o.id !== x.id), x] }
}

/** Makes the choices of a list what they are on the screen: what is own goes into the change, of the shipped ones only what differs. */
export function withCodes(
  c: Amendment,
  shipped: FormList | null,
  id: string,
  title: string,
  codes: readonly FormCode[],
): Amendment {
  const was = new Map((shipped?.codes ?? []).map(x => [x.code, x]))
  const list: OwnList = { id, title: isOwn(id) ? title : '', codes: codes.filter(x => !was.has(x.code)).map(clean) }
  const kept = codes.filter(x => was.has(x.code))
  const gone = kept.filter(x => x.retired).map(x => x.code)
  const named = kept.filter(x => x.label !== was.get(x.code)?.label).map(({ code, label }) => ({ code, label }))
  if (gone.length) list.gone = gone
  if (named.length) list.named = named
  return { ...c, lists: [...c.lists.filter(l => l.id !== id), list] }
}

function clean({ code, label, other, retired }: FormCode): FormCode {
  return { code, label: label.trim(), ...(other ? { other } : {}), ...(retired ? { retired } : {}) }
}

/** What a change does, in numbers, for the line before it is published. */
export function counts(c: Amendment): { added: number; changed: number; choices: number } {
  return {
    added: c.fields.length,
    changed: c.changes.length,
    choices: c.lists.reduce((n, l) => n + l.codes.length + (l.gone?.length ?? 0) + (l.named?.length ?? 0), 0),
  }
}

/** The place of a message about a field in a dialog: "fields/3/label" → "label". */
export const lastPart = (field: string) => field.slice(field.lastIndexOf('/') + 1)
