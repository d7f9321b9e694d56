import { Link } from 'wouter'
import type { CodeEntry } from '../../api/cases'
import type { ConsentDesk, ConsentRecord } from '../../api/consent'
import { base } from '../../app/base'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { Pair } from '../../parts/Pair'
import { words } from '../../words'
import { consentTone } from '../cases/consentTone'
import { PrintMenu } from './PrintMenu'
import { RecordDetails } from './RecordDetails'
import { SignatureView } from './SignatureView'
import { TextVersion } from './TextVersion'
import { WithdrawalLine } from './WithdrawalLine'

interface Props {
  record: ConsentRecord
  desk: ConsentDesk
  /** 記録形態 by code. */
  forms: readonly CodeEntry[]
  agencyName: (id: string) => string
  onWithdraw?: (() => void) | undefined
  /** Address of the renewal, where this record can be renewed. */
  renews?: string | undefined
}

/** One record of consent, with its withdrawals. Records are never edited. */
export function RecordCard({ record: r, desk, forms, agencyName, onWithdraw, renews }: Props) {
  const w = words.consent
  const item = (code: string) => desk.items.find(i => i.code === code)?.label ?? code
  const purpose = (code: string) => desk.purposes.find(i => i.code === code)?.label ?? code
  const grantor = w.grantors.find(g => g.value === r.grantor)?.label
  const given = r.state === 'granted' || r.state === 'partial'
  const day = (t: string) => showInstant(t, 'wareki').split('（')[0]
  return (
    <article className="card stack-s" data-testid={`record-card-${r.number}`}>
      <div className="between">
        <div className="row">
          <strong>
            {w.number} {r.number}
          </strong>
          <Chip tone={consentTone(r.state)}>{w.stateOf[r.state] ?? r.state}</Chip>
          {given ? (
            <span>
              {day(r.from)}〜{day(new Date(Date.parse(r.until) - 1).toISOString())}
            </span>
          ) : null}
        </div>
        {given && onWithdraw ? (
          <div className="row">
            {renews ? (
              <Link href={renews} className="button" data-testid={`renew-${r.number}`}>
                {w.renew}
              </Link>
            ) : null}
            <Button kind="danger" onClick={onWithdraw} data-testid={`withdraw-${r.number}`}>
              {w.withdraw}
            </Button>
          </div>
        ) : null}
      </div>
      {given ? (
        <dl className="pairs">
          <dt>{w.purposes}</dt>
          <dd>
            {r.purposes.map(purpose).join('、')}
            {r.purposeNote ? `（${r.purposeNote}）` : ''}
          </dd>
          {Object.entries(r.scope).map(([agency, items]) => (
            <Pair key={agency} term={agencyName(agency)}>
              {items.map(item).join('、')}
            </Pair>
          ))}
          {r.others?.length ? <Pair term={w.others}>{r.others.map(item).join('、')}</Pair> : null}
          {r.sources?.length ? <Pair term={w.sources}>{r.sources.map(agencyName).join('、')}</Pair> : null}
          {r.forms?.length ? (
            <Pair term={w.forms}>{r.forms.map(c => forms.find(f => f.code === c)?.label ?? c).join('、')}</Pair>
          ) : null}
        </dl>
      ) : null}
      {r.grantor ? (
        <dl className="pairs">
          <Pair term={w.grantor}>
            {[grantor, r.grantorName, r.grantorNote, r.grantorDoc && `${w.grantorDoc}：${r.grantorDoc}`]
              .filter(Boolean)
              .join('　')}
          </Pair>
          <Pair term={w.copyGiven}>{r.copyGivenAt ? (day(r.copyGivenAt) ?? '') : w.copyNot}</Pair>
          {r.evidenceFile ? (
            <>
              <dt>{w.evidenceShort}</dt>
              <dd>
                <a href={`${base}/api/files/${r.evidenceFile}`}>{w.evidenceOpen}</a>
              </dd>
            </>
          ) : null}
        </dl>
      ) : null}
      <RecordDetails record={r} ways={named(desk.ways)} cares={named(desk.cares)} />
      {(r.withdrawals ?? []).map(x => (
        <WithdrawalLine key={x.id} withdrawal={x} item={item} agencyName={agencyName} />
      ))}
      <TextVersion record={r} texts={desk.texts} />
      <PrintMenu papers={papersOf(r.id, given)} />
      <div className="row">
        <span className="soft">{w.exportAs}</span>
        {['ts27560', 'fhir'].map(as => (
          <a key={as} href={`${base}/api/consents/${r.id}/export?as=${as}`} download data-testid={`export-${as}`}>
            {w.exports[as]}
          </a>
        ))}
      </div>
      {r.signature?.length ? <SignatureView strokes={r.signature} /> : null}
    </article>
  )
}

function named(list: readonly CodeEntry[]): Record<string, string> {
  return Object.fromEntries(list.map(c => [c.code, c.label]))
}

/** The papers a record gives: a receipt and a withdrawal only where something was given. */
function papersOf(id: string, given: boolean) {
  const w = words.consent
  const form = { href: `/api/consents/${id}/form.pdf`, label: w.paperConsent, testid: 'print-form' }
  if (!given) return [form]
  return [
    { href: `/api/consents/${id}/receipt.pdf`, label: w.paperReceipt, testid: 'print-receipt' },
    form,
    { href: `/api/consents/${id}/form.pdf?paper=withdrawal`, label: w.paperWithdrawal, testid: 'print-withdrawal' },
  ]
}
