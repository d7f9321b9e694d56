import { useId } from 'react'
import type { ReferralOptions } from '../../api/referral'
import { Banner } from '../../parts/Banner'
import { Check } from '../../parts/Check'
import { words } from '../../words'

interface Props {
  options: ReferralOptions
  picks: readonly string[]
  onPicks: (picks: string[]) => void
  error?: string | undefined
}

/** What is handed over, thing by thing, with the words themselves. What may not be given says why. */
export function PartPicker({ options, picks, onPicks, error }: Props) {
  const id = useId()
  const w = words.referral
  const blocked = options.parts.some(p => !p.may)
  return (
    <fieldset className="card stack-s" aria-describedby={error ? `${id}e` : `${id}h`} data-testid="parts">
      <legend className="field-label">{w.parts}</legend>
      <p className="field-hint" id={`${id}h`}>
        {options.parts.length ? w.partsHint : w.partsNone}
      </p>
      {blocked && options.parts.every(p => p.may === (p.key === 'plain')) ? (
        <Banner tone="info" title={w.noConsent} />
      ) : null}
      {options.parts.map(p => (
        <div key={p.key} className="stack-s">
          <Check
            label={p.label}
            checked={picks.includes(p.key)}
            disabled={!p.may}
            onValue={on => onPicks(on ? [...picks, p.key] : picks.filter(k => k !== p.key))}
            aria-describedby={`${id}${p.key}`}
            data-testid={`part-${p.key.split(':')[0]}`}
          />
          <p className="soft lines" id={`${id}${p.key}`}>
            {p.may ? p.lines.map(l => `${l.label}：${l.value}`).join('　') : w.mayNot(p.why)}
          </p>
        </div>
      ))}
      {error ? (
        <div className="field-error" id={`${id}e`} role="alert">
          {error}
        </div>
      ) : null}
    </fieldset>
  )
}
