import type { Refusal } from '../../api/notices'
import { useLoad } from '../../app/useLoad'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { words } from '../../words'

/** 届かないアドレス: whose mails are refused, for who manages the accounts. Nothing, when there are none. */
export function RefusedAddresses() {
  const { data } = useLoad<{ refused: Refusal[] }>('/notices/refused')
  const w = words.mail
  if (!data?.refused.length) return null
  return (
    <Banner tone="warn" title={w.refusedTitle(data.refused.length)} data-testid="refused-addresses">
      <p>{w.refusedText}</p>
      <ul className="list">
        {data.refused.map(r => (
          <li key={r.userId}>{w.refusedOne(r.name, r.agencyName, showInstant(r.at), r.code)}</li>
        ))}
      </ul>
    </Banner>
  )
}
