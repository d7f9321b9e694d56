import type { CaseMember } from '../../api/cases'
import type { ConsentDesk, ConsentRecord } from '../../api/consent'
import { Banner } from '../../parts/Banner'
import { Pair } from '../../parts/Pair'
import { words } from '../../words'
import { leftScope } from './leftScope'

interface Props {
  record: ConsentRecord
  desk: Pick<ConsentDesk, 'items' | 'purposes'>
  members: readonly Pick<CaseMember, 'agencyId' | 'name'>[]
}

/** What a renewal takes over: purposes, and who may get what, without what was withdrawn. */
export function ScopeSummary({ record, desk, members }: Props) {
  const w = words.consent
  const item = (code: string) => desk.items.find(i => i.code === code)?.label ?? code
  const left = leftScope(record)
  return (
    <div className="stack-s" data-testid="scope-summary">
      <Banner title={`${w.renews}　${record.number}`}>{w.renewText}</Banner>
      <dl className="pairs">
        <Pair term={w.purposes}>
          {record.purposes.map(c => desk.purposes.find(p => p.code === c)?.label ?? c).join('、')}
        </Pair>
        {Object.entries(left.scope).map(([agency, items]) => (
          <Pair key={agency} term={members.find(m => m.agencyId === agency)?.name ?? agency}>
            {items.map(item).join('、')}
          </Pair>
        ))}
        {left.others.length ? <Pair term={w.others}>{left.others.map(item).join('、')}</Pair> : null}
      </dl>
    </div>
  )
}
