import type { Withdrawal } from '../../api/consent'
import { base } from '../../app/base'
import { showInstant } from '../../dates/showInstant'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'

interface Props {
  withdrawal: Withdrawal
  item: (code: string) => string
  agencyName: (id: string) => string
}

/** One withdrawal: when, what, who took it, who was told. */
export function WithdrawalLine({ withdrawal: x, item, agencyName }: Props) {
  const w = words.consent
  const whole = !x.agencies?.length && !x.items?.length
  const what = whole
    ? w.withdrawnAll
    : [
        x.agencies?.length ? x.agencies.map(agencyName).join('、') : w.everyAgency,
        x.items?.length ? x.items.map(item).join('、') : w.everyItem,
      ].join('：')
  const rest = [
    `${w.receivedBy} ${x.receivedBy || x.byName}`,
    x.how ? w.notices.find(n => n.value === x.how)?.label : '',
    x.told?.length ? `${w.told} ${x.told.map(agencyName).join('、')}` : '',
    x.note,
  ]
  return (
    <p>
      <Chip tone="bad">{w.stateOf.withdrawn}</Chip> {showInstant(x.at, 'wareki')}　{what}　
      {rest.filter(Boolean).join('　')}　
      {x.evidenceFile ? <a href={`${base}/api/files/${x.evidenceFile}`}>{w.withdrawSheetOpen}</a> : null}
    </p>
  )
}
