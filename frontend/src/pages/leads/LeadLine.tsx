import type { LeadOffer } from '../../api/leads'
import { showDate } from '../../dates/showDate'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { LeadReply } from './LeadReply'

interface Props {
  offer: LeadOffer
  busy: boolean
  onReply: (offer: string, body: { answer: string; reason: string; due: string }) => Promise<void>
  onWithdraw: (offer: string) => void
}

const TONES: Record<string, 'good' | 'warn' | 'bad'> = {
  accepted: 'good',
  conditional: 'good',
  asked: 'warn',
  takeback: 'warn',
  declined: 'bad',
}

/** One 主担当の申し出 with its newest answer, and what the reader can do about it. */
export function LeadLine({ offer, busy, onReply, onWithdraw }: Props) {
  const w = words.leads
  const last = offer.answers.at(-1)
  return (
    <li className="stack-s" data-testid="lead-offer" data-state={offer.state}>
      <div className="row">
        <span>{w.line(offer.kindLabel, offer.fromName, offer.toName)}</span>
        <Chip tone={TONES[offer.state] ?? 'plain'}>{offer.stateLabel}</Chip>
        {last?.due && offer.state === 'takeback' ? <span>{w.due(showDate(last.due))}</span> : null}
      </div>
      <span className="soft">{w.asked(offer.byAgency, offer.byName, showInstant(offer.at, 'short'))}</span>
      {offer.note ? <p>{w.noteOf(offer.note)}</p> : null}
      {last ? (
        <span className="soft">
          {w.asked(last.agencyName, last.userName, showInstant(last.at, 'short'))}　{last.reason}
        </span>
      ) : null}
      {offer.mayAnswer ? <LeadReply offer={offer} onReply={onReply} /> : null}
      {offer.mayWithdraw ? (
        <div>
          <Button small busy={busy} onClick={() => onWithdraw(offer.id)} data-testid="lead-withdraw">
            {w.withdraw}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
