import type { AuditFilter } from '../../api/audit'
import { jstParts } from '../../dates/jstParts'
import { today } from '../../dates/today'

/** The last 31 days, nothing chosen. */
export function emptyFilter(): AuditFilter {
  const from = jstParts(Date.now() - 30 * 86_400_000).date
  return { from, to: today(), actor: '', agency: '', case: '', session: '', ip: '', verb: '', result: '' }
}
