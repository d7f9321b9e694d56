import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { AgentDraft } from './ConsentDraft'
import type { FieldProps } from './FieldProps'

/** Who said it: the person, or somebody in the person's place, by which right. */
export function GrantorFields({ draft: d, set, error }: FieldProps) {
  const w = words.consent
  const agent = (part: Partial<AgentDraft>) => set({ agent: { ...d.agent, ...part } })
  const kinds = w.agentKinds[d.grantor] ?? []
  return (
    <>
      <Group label={w.grantor} error={error('grantor')}>
        {w.grantors.map(g => (
          <Check
            key={g.value}
            kind="radio"
            name="grantor"
            label={g.label}
            checked={d.grantor === g.value}
            onValue={() => set({ grantor: g.value })}
            data-testid={`grantor-${g.value}`}
          />
        ))}
      </Group>
      {d.grantor === 'self' ? null : (
        <>
          {kinds.length ? (
            <Group label={w.agentKind} error={error('details.agent.kind')} required>
              {kinds.map(k => (
                <Check
                  key={k.value}
                  kind="radio"
                  name="agent-kind"
                  label={k.label}
                  checked={d.agent.kind === k.value}
                  onValue={() => agent({ kind: k.value })}
                  data-testid={`agent-${k.value}`}
                />
              ))}
            </Group>
          ) : null}
          <div className="form-grid">
            <TextField
              label={w.grantorName}
              value={d.grantorName}
              onValue={grantorName => set({ grantorName })}
              error={error('grantorName')}
              required
              data-testid="grantor-name"
            />
            {d.grantor === 'guardian' ? null : (
              <TextField
                label={w.agentRelation}
                value={d.agent.relation}
                onValue={relation => agent({ relation })}
                error={error('details.agent.relation')}
                required
                data-testid="agent-relation"
              />
            )}
            <TextField
              label={w.grantorNote}
              value={d.grantorNote}
              onValue={grantorNote => set({ grantorNote })}
              error={error('grantorNote')}
            />
          </div>
          {d.grantor === 'guardian' ? (
            <TextArea
              label={w.agentPower}
              hint={w.agentPowerHint}
              value={d.agent.power}
              onValue={power => agent({ power })}
              error={error('details.agent.power')}
              required
              data-testid="agent-power"
            />
          ) : null}
          {d.grantor === 'other' ? (
            <TextArea
              label={w.agentReason}
              value={d.agent.reason}
              onValue={reason => agent({ reason })}
              error={error('details.agent.reason')}
              required
              data-testid="agent-reason"
            />
          ) : null}
        </>
      )}
      <div className="form-grid">
        <TextField
          label={w.grantorDoc}
          hint={d.grantor === 'self' ? w.grantorDocHint : w.agentDocHint}
          value={d.grantorDoc}
          onValue={grantorDoc => set({ grantorDoc })}
          error={error('grantorDoc')}
          required={d.grantor !== 'self'}
          data-testid="grantor-doc"
        />
      </div>
    </>
  )
}
