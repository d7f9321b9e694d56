import type { MeetingType } from '../../api/meetingTypes'
import { Check } from '../../parts/Check'
import { Group } from '../../parts/Group'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { MeetingDraft } from './MeetingDraft'

interface Props {
  types: readonly MeetingType[]
  draft: MeetingDraft
  set: (part: Partial<MeetingDraft>) => void
}

/** The legal form of a meeting; a 支援会議 says who calls it, on what ground and why. */
export function ModeFields({ types, draft: d, set }: Props) {
  const w = words.meeting
  return (
    <>
      <Group label={w.type}>
        {types.map(t => (
          <Check
            key={t.id}
            kind="radio"
            name="mode"
            label={`${t.name}（${t.needsConsent ? words.meetingTypes.needsConsent : words.meetingTypes.withoutConsent}）`}
            checked={d.type === t.id}
            onValue={() => set({ type: t.id, mode: t.mode, basis: t.mode === 'support' ? t.basis : '' })}
            data-testid={`mode-${t.id}`}
          />
        ))}
      </Group>
      {d.mode === 'support' ? (
        <div className="form-grid">
          <TextField
            label={w.convener}
            value={d.convener}
            onValue={convener => set({ convener })}
            required
            data-testid="meeting-convener"
          />
          <TextField
            label={w.basis}
            value={d.basis}
            onValue={basis => set({ basis })}
            required
            data-testid="meeting-basis"
          />
          <TextArea
            label={w.reason}
            value={d.reason}
            onValue={reason => set({ reason })}
            required
            rows={2}
            data-testid="meeting-reason"
          />
        </div>
      ) : null}
    </>
  )
}
