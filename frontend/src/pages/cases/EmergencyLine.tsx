import type { Emergency, Person } from '../../api/cases'
import { useCodes } from '../../app/useCodes'
import { showInstant } from '../../dates/showInstant'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { words } from '../../words'
import { personLabel } from './personLabel'

interface Props {
  emergency: Emergency
  agency: string
  persons: readonly Person[]
  busy: boolean
  onRun: (id: string, deed: 'confirm' | 'end') => void
}

/** One 緊急開示: to whom, of whom, what, why, until when, who stands for it. */
export function EmergencyLine({ emergency: e, agency, persons, busy, onRun }: Props) {
  const items = useCodes('item')
  const w = words.guard
  const state = e.lapsed ? w.lapsed : e.live ? w.live(showInstant(e.ends, 'short')) : w.ended
  return (
    <li className="stack-s" data-testid="emergency" data-live={e.live || undefined}>
      <div className="row">
        <strong>{agency}</strong>
        <Chip tone={e.live ? 'warn' : e.lapsed ? 'bad' : 'plain'}>{state}</Chip>
        {e.confirmedAt ? <Chip tone="good">{w.confirmed(e.confirmedName)}</Chip> : null}
        {e.live && !e.confirmedAt ? <Chip tone="warn">{w.unconfirmed}</Chip> : null}
      </div>
      <span>
        {e.persons.map(p => personLabel(persons, p)).join('、')}：
        {e.items.map(i => items.find(x => x.code === i)?.label ?? i).join('、')}
      </span>
      <span className="soft">
        {e.basisLabel}　{e.reason}　{w.by(e.byName, showInstant(e.at, 'short'))}
      </span>
      {e.live ? (
        <div className="row">
          {e.mayConfirm ? (
            <Button
              small
              kind="solid"
              busy={busy}
              onClick={() => onRun(e.id, 'confirm')}
              data-testid="emergency-confirm"
            >
              {w.confirm}
            </Button>
          ) : null}
          <Button small busy={busy} onClick={() => onRun(e.id, 'end')} data-testid="emergency-end">
            {w.end}
          </Button>
        </div>
      ) : null}
    </li>
  )
}
