import { useState } from 'react'
import { api } from '../../api/api'
import type { CodeEntry } from '../../api/cases'
import type { Joining, JoiningBoard } from '../../api/joinings'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { today } from '../../dates/today'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { CheckList } from '../../parts/CheckList'
import { DateField } from '../../parts/DateField'
import { Dialog } from '../../parts/Dialog'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import '../places/places.css'

interface Props {
  caseId: string
  board: JoiningBoard
  joining: Joining | null
  onClose: () => void
  onSaved: () => Promise<void>
}

const FIELDS = ['personId', 'item', 'needs', 'fields', 'aim', 'wish', 'free', 'district', 'openedOn']

/** What a person looks for: begins a 参加支援, or changes it. */
export function WishDialog({ caseId, board, joining, onClose, onSaved }: Props) {
  const [j, setJoining] = useState({
    personId: joining?.personId ?? (board.people.length === 1 ? (board.people[0]?.id ?? '') : ''),
    item: joining?.item ?? '',
    needs: joining?.needs ?? [],
    fields: joining?.fields ?? [],
    aim: joining?.aim ?? '',
    wish: joining?.wish ?? '',
    free: joining?.free ?? '',
    district: joining?.district ?? '',
    openedOn: joining?.openedOn ?? today(),
  })
  const { data: codes } = useLoad<{ lists: Record<string, CodeEntry[]> }>('/codes')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.joinings
  const set = (part: Partial<typeof j>) => setJoining(s => ({ ...s, ...part }))
  const choose = { value: '', label: words.form.choose }
  const list = (id: string) => (codes?.lists[id] ?? []).map(c => ({ value: c.code, label: c.label }))
  const mine = board.people.find(p => p.id === j.personId)
  const items = board.items.filter(i => mine?.items.includes(i.item)).map(i => ({ value: i.item, label: i.label }))
  const save = () =>
    void submit(async () => {
      const body = { ...j, n: joining?.n ?? 0 }
      if (joining) await api.put(`/cases/${caseId}/joinings/${joining.id}`, body)
      else await api.post(`/cases/${caseId}/joinings`, body)
      await onSaved()
    })
  const error = rest(...FIELDS)
  return (
    <Dialog
      wide
      title={joining ? w.change : w.beginTitle}
      onClose={onClose}
      onCtrlEnter={save}
      data-testid="wish-dialog"
      foot={
        <>
          <Button onClick={onClose}>{words.form.cancel}</Button>
          <Button kind="solid" busy={busy} onClick={save} data-testid="wish-save">
            {words.form.save}
          </Button>
        </>
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        {joining ? null : (
          <div className="place-grid">
            <SelectField
              label={w.person}
              value={j.personId}
              options={[choose, ...board.people.map(p => ({ value: p.id, label: p.name }))]}
              onValue={personId => set({ personId, item: '' })}
              error={at('personId')}
              required
              data-testid="wish-person"
            />
            <SelectField
              label={w.item}
              hint={w.itemHint}
              value={j.item}
              options={[choose, ...items]}
              onValue={item => set({ item })}
              error={at('item')}
              required
              data-testid="wish-item"
            />
          </div>
        )}
        <CheckList
          label={w.needs}
          options={list('join_need')}
          value={j.needs}
          onValue={needs => set({ needs })}
          error={at('needs')}
          required
          testid="wish-need"
        />
        <CheckList
          label={w.fields}
          options={list('resource_field')}
          value={j.fields}
          onValue={fields => set({ fields })}
          error={at('fields')}
          testid="wish-field"
        />
        <TextArea
          label={w.wish}
          hint={w.wishHint}
          value={j.wish}
          onValue={wish => set({ wish })}
          error={at('wish')}
          data-testid="wish-wish"
        />
        <div className="place-grid">
          <TextField
            label={w.free}
            hint={w.freeHint}
            value={j.free}
            onValue={free => set({ free })}
            error={at('free')}
            data-testid="wish-free"
          />
          <TextField
            label={w.district}
            hint={words.places.districtHint}
            value={j.district}
            onValue={district => set({ district })}
            error={at('district')}
            data-testid="wish-district"
          />
        </div>
        <div className="place-grid">
          <SelectField
            label={w.aim}
            value={j.aim}
            options={[choose, ...list('join_aim')]}
            onValue={aim => set({ aim })}
            error={at('aim')}
            data-testid="wish-aim"
          />
          <DateField
            label={w.openedOn}
            value={j.openedOn}
            onValue={openedOn => set({ openedOn })}
            error={at('openedOn')}
            required
            data-testid="wish-opened"
          />
        </div>
      </div>
    </Dialog>
  )
}
