import type { Room } from '../../api/meeting'
import { SelectField } from '../../parts/SelectField'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import type { AttendanceDraft } from './AttendanceDraft'

interface Props {
  draft: AttendanceDraft
  set: (part: Partial<AttendanceDraft>) => void
  at: (field: string) => string | undefined
  room: Room
  /** Somebody with an account or a link: name and agency come from there. */
  fixed: boolean
}

/** Who somebody in the list of 出席 is. */
export function AttendancePerson({ draft: d, set, at, room, fixed }: Props) {
  const w = words.meeting
  return (
    <>
      <TextField
        label={w.guestName}
        value={d.name}
        onValue={name => set({ name })}
        error={at('name')}
        readOnly={fixed}
        required={!fixed}
        data-testid="attendance-name"
      />
      <TextField
        label={w.guestKana}
        value={d.kana}
        onValue={kana => set({ kana })}
        error={at('kana')}
        data-testid="attendance-kana"
      />
      <TextField label={w.guestPost} value={d.post} onValue={post => set({ post })} error={at('post')} />
      <SelectField
        label={w.agency}
        value={d.agencyId}
        options={[
          { value: '', label: words.form.choose },
          ...room.seats.map(s => ({ value: s.agencyId, label: s.name })),
        ]}
        onValue={agencyId => set({ agencyId })}
        error={at('agencyId')}
        disabled={fixed}
        required={!fixed}
        data-testid="attendance-agency"
      />
    </>
  )
}
