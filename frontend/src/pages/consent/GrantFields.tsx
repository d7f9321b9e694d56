import type { CaseMember } from '../../api/cases'
import type { ConsentDesk } from '../../api/consent'
import { Check } from '../../parts/Check'
import { DateField } from '../../parts/DateField'
import { Group } from '../../parts/Group'
import { words } from '../../words'
import type { ConsentDraft } from './ConsentDraft'
import { ScopeTable } from './ScopeTable'

interface Props {
  draft: ConsentDraft
  set: (part: Partial<ConsentDraft>) => void
  desk: ConsentDesk
  members: readonly CaseMember[]
  error: (field: string) => string | undefined
}

/** To whom, what, for what and from when until when. */
export function GrantFields({ draft: d, set, desk, members, error }: Props) {
  const w = words.consent
  return (
    <section className="card stack">
      <Group label={w.purposes} error={error('purposes')} required>
        {desk.purposes.map(p => (
          <Check
            key={p.code}
            label={p.label}
            checked={d.purposes.includes(p.code)}
            onValue={on => set({ purposes: on ? [...d.purposes, p.code] : d.purposes.filter(x => x !== p.code) })}
            data-testid={`purpose-${p.code}`}
          />
        ))}
      </Group>
      <ScopeTable
        agencies={members.filter(m => !m.until)}
        items={desk.items}
        value={d.scope}
        onValue={scope => set({ scope })}
        error={error('scope')}
      />
      <div className="form-grid">
        <DateField label={w.from} value={d.from} onValue={from => set({ from })} error={error('from')} required />
        <DateField
          label={w.until}
          hint={w.untilHint}
          value={d.until}
          onValue={until => set({ until })}
          error={error('until')}
          required
        />
      </div>
    </section>
  )
}
