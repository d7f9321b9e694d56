import { useState } from 'react'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { words } from '../../words'
import type { RoomProps } from './RoomProps'
import { useColleagues } from './useColleagues'

interface Props extends RoomProps {
  onClose: () => void
}

/** 議長, 職務代理 and 記録者 of this meeting: each change is an act of its own. */
export function OfficersDialog({ room, act, onClose }: Props) {
  const people = useColleagues()
  const [deputy, setDeputy] = useState('')
  const { submit, busy, error } = useSubmit()
  const w = words.meeting
  const { chairId, recorderId } = room.meeting
  const deputies = room.meeting.deputyIds ?? []
  const choose = (role: string, userId: string, remove = false) =>
    void submit(() => act('chair', { role, userId, remove })).then(ok => {
      if (ok) setDeputy('')
    })
  const name = (id: string) => people.find(p => p.value === id)?.label ?? id
  return (
    <Dialog title={w.officers} onClose={onClose} data-testid="officers-dialog">
      <div className="stack">
        <p className="soft">{w.officersHint}</p>
        {error ? <Banner tone="bad" title={error.message} /> : null}
        <Officer part="chair" label={w.chair} people={people} value={chairId} busy={busy} onChoose={choose} />
        <Officer part="recorder" label={w.recorder} people={people} value={recorderId} busy={busy} onChoose={choose} />
        <section className="stack-s" aria-label={w.deputies}>
          <h3>{w.deputies}</h3>
          {deputies.length ? null : <p className="soft">{words.form.none}</p>}
          {deputies.map(id => (
            <div key={id} className="between">
              <span>{name(id)}</span>
              <Button
                small
                busy={busy}
                aria-label={`${name(id)}：${words.form.remove}`}
                onClick={() => choose('deputy', id, true)}
              >
                {words.form.remove}
              </Button>
            </div>
          ))}
          <div className="officer">
            <SelectField
              label={w.deputyAdd}
              value={deputy}
              options={people.filter(p => !deputies.includes(p.value))}
              onValue={setDeputy}
              data-testid="officer-deputy"
            />
            <Button
              busy={busy}
              why={deputy ? undefined : words.form.chosen(w.deputyAdd)}
              onClick={() => choose('deputy', deputy)}
              data-testid="officer-deputy-do"
            >
              {words.form.add}
            </Button>
          </div>
        </section>
      </div>
    </Dialog>
  )
}

interface OfficerProps {
  part: string
  label: string
  people: ReturnType<typeof useColleagues>
  value: string
  busy: boolean
  onChoose: (role: string, userId: string) => void
}

/** One part that exactly one person has. It changes by the button, not by passing over the list with the keys. */
function Officer({ part, label, people, value, busy, onChoose }: OfficerProps) {
  const [chosen, setChosen] = useState<string | null>(null)
  const now = chosen ?? value
  return (
    <div className="officer">
      <SelectField label={label} value={now} options={people} onValue={setChosen} data-testid={`officer-${part}`} />
      <Button
        busy={busy}
        why={now && now !== value ? undefined : words.meeting.officerSame}
        onClick={() => onChoose(part, now)}
        data-testid={`officer-${part}-do`}
      >
        {words.meeting.officerDo}
      </Button>
    </div>
  )
}
