import type { ConsentRecord } from '../../api/consent'

/** What is left of a record when its withdrawals are taken off; an empty list of a withdrawal means all. */
export function leftScope(r: Pick<ConsentRecord, 'scope' | 'others' | 'withdrawals'>): {
  scope: Record<string, string[]>
  others: string[]
} {
  const gone = (agency: string, item: string) =>
    (r.withdrawals ?? []).some(
      w => (!w.agencies?.length || w.agencies.includes(agency)) && (!w.items?.length || w.items.includes(item)),
    )
  const scope: Record<string, string[]> = {}
  for (const [agency, items] of Object.entries(r.scope)) {
    const left = items.filter(i => !gone(agency, i))
    if (left.length) scope[agency] = left
  }
  return { scope, others: (r.others ?? []).filter(i => !gone('', i)) }
}
