import type { CodeEntry } from '../../api/cases'
import type { ConsentDesk, ConsentRecord } from '../../api/consent'
import { base } from '../../app/base'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { consentTone } from '../cases/consentTone'
import { SignatureView } from './SignatureView'

interface Props {
  record: ConsentRecord
  desk: ConsentDesk
  /** 記録形態 by code. */
  forms: readonly CodeEntry[]
  agencyName: (id: string) => string
  onWithdraw?: (() => void) | undefined
}

/** One record of consent, with its withdrawals. Records are never edited. */
export function RecordCard({ record: r, desk, forms, agencyName, onWithdraw }: Props) {
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
          <Button kind="danger" onClick={onWithdraw} data-testid={`withdraw-${r.number}`}>
            {w.withdraw}
          </Button>
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
            <FragmentPair key={agency} term={agencyName(agency)} text={items.map(item).join('、')} />
          ))}
          {r.others?.length ? <FragmentPair term={w.others} text={r.others.map(item).join('、')} /> : null}
          {r.sources?.length ? <FragmentPair term={w.sources} text={r.sources.map(agencyName).join('、')} /> : null}
          {r.forms?.length ? (
            <FragmentPair
              term={w.forms}
              text={r.forms.map(c => forms.find(f => f.code === c)?.label ?? c).join('、')}
            />
          ) : null}
        </dl>
      ) : null}
      {r.grantor ? (
        <dl className="pairs">
          <FragmentPair
            term={w.grantor}
            text={[grantor, r.grantorName, r.grantorNote, r.grantorDoc && `${w.grantorDoc}：${r.grantorDoc}`]
              .filter(Boolean)
              .join('　')}
          />
          <FragmentPair term={w.copyGiven} text={r.copyGivenAt ? (day(r.copyGivenAt) ?? '') : w.copyNot} />
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
      {(r.withdrawals ?? []).map(x => (
        <p key={x.id}>
          <Chip tone="bad">{w.stateOf.withdrawn}</Chip> {showInstant(x.at, 'wareki')}　
          {(x.agencies ?? []).map(agencyName).join('、')}　{(x.items ?? []).map(item).join('、')}　{x.note}
        </p>
      ))}
      {r.signature?.length ? <SignatureView strokes={r.signature} /> : null}
    </article>
  )
}

function FragmentPair({ term, text }: { term: string; text: string }) {
  return (
    <>
      <dt>{term}</dt>
      <dd>{text}</dd>
    </>
  )
}
