import { useState } from 'react'
import type { CasePage } from '../../api/cases'
import { useLoad } from '../../app/useLoad'
import { useSubmit } from '../../app/useSubmit'
import { showInstant } from '../../dates/showInstant'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Chip } from '../../parts/Chip'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { TextField } from '../../parts/TextField'
import { words } from '../../words'
import { findAct } from './findAct'
import type { RoomProps } from './RoomProps'

const EMPTY = { where: '', text: '', reason: '', personId: '', item: 'basic' }

interface Props extends RoomProps {
  /** Opens the minutes, where what is taken up is at hand. */
  onMinutes: () => void
}

/** 会議録の修正の申し出: by who was there, all listed, answered by the chair. */
export function SuggestCard({ room, act, onMinutes }: Props) {
  const [draft, setDraft] = useState(EMPTY)
  const [answer, setAnswer] = useState<Record<string, string>>({})
  const { submit, busy, error } = useSubmit()
  const w = words.after
  const may = findAct(room, 'suggest')
  const judge = findAct(room, 'suggest_answer')
  const { data: page } = useLoad<CasePage>(
    may?.allowed ? `/cases/${room.meeting.caseId}?meeting=${encodeURIComponent(room.meeting.id)}` : null,
  )
  const list = room.minutes?.suggestions ?? []
  if (!room.minutes || (!list.length && room.status !== 'confirming')) return null
  const hash = room.minutes.hash
  const set = (part: Partial<typeof EMPTY>) => setDraft(d => ({ ...d, ...part }))
  const say = (id: string, accept: boolean) =>
    void submit(() => act('suggest_answer', { id, accept, reason: answer[id] ?? '' })).then(ok => {
      if (ok && accept) onMinutes()
    })
  return (
    <section className="card stack-s" aria-labelledby="suggest-title" data-testid="suggestions">
      <h2 id="suggest-title">{w.suggestTitle}</h2>
      <p className="soft">{w.suggestHelp}</p>
      {error ? <Banner tone="bad" title={error.message} /> : null}
      {list.length ? null : <p className="soft">{w.suggestNone}</p>}
      <ul className="list">
        {list.map(s => (
          <li key={s.id} className="stack-s">
            <div className="row">
              <strong>
                {s.agencyName} {s.by}
              </strong>
              <span className="soft">{showInstant(s.at, 'short')}</span>
              <Chip tone={s.doneAt ? (s.accepted ? 'good' : 'plain') : 'warn'}>
                {s.doneAt ? (s.accepted ? w.suggestYes : w.suggestNo) : w.suggestOpen}
              </Chip>
            </div>
            <p>
              {s.withheld ? w.suggestWithheld : `${s.where}：${s.text}`}{' '}
              <span className="soft">{[s.reason, s.answer].filter(Boolean).join('　→　')}</span>
            </p>
            {s.doneAt && s.accepted && !s.withheld && findAct(room, 'amend') && room.status !== 'sealed' ? (
              <div>
                <Button small onClick={onMinutes} data-testid={`suggest-go-${s.id}`}>
                  {w.suggestGo}
                </Button>
              </div>
            ) : null}
            {!s.doneAt && judge?.allowed ? (
              <div className="toolbar">
                <TextField
                  label={w.suggestAnswer}
                  value={answer[s.id] ?? ''}
                  onValue={v => setAnswer(a => ({ ...a, [s.id]: v }))}
                />
                <Button busy={busy} onClick={() => say(s.id, true)} data-testid="suggest-yes">
                  {w.suggestYes}
                </Button>
                <Button
                  busy={busy}
                  why={answer[s.id]?.trim() ? undefined : words.form.needed(w.suggestAnswer)}
                  onClick={() => say(s.id, false)}
                  data-testid="suggest-no"
                >
                  {w.suggestNo}
                </Button>
              </div>
            ) : null}
          </li>
        ))}
      </ul>
      {may?.allowed ? (
        <div className="stack-s">
          <div className="form-grid">
            <TextField
              label={w.suggestWhere}
              value={draft.where}
              onValue={where => set({ where })}
              data-testid="suggest-where"
            />
            <SelectField
              label={w.suggestPerson}
              value={draft.personId}
              onValue={personId => set({ personId })}
              options={[
                { value: '', label: words.plan.household },
                ...(page?.persons ?? []).map(p => ({ value: p.id, label: p.name || p.relation })),
              ]}
            />
            <SelectField
              label={w.suggestItem}
              value={draft.item}
              onValue={item => set({ item })}
              options={words.plan.items.map(([value, label]) => ({ value, label }))}
            />
          </div>
          <TextArea
            label={w.suggestText}
            value={draft.text}
            onValue={text => set({ text })}
            data-testid="suggest-text"
          />
          <TextField label={w.suggestReason} value={draft.reason} onValue={reason => set({ reason })} />
          <Button
            kind="solid"
            busy={busy}
            why={
              draft.where.trim() && draft.text.trim()
                ? undefined
                : words.form.needed(draft.where.trim() ? w.suggestText : w.suggestWhere)
            }
            onClick={() =>
              void submit(async () => {
                await act('suggest', { hash, ...draft })
                setDraft(EMPTY)
              })
            }
            data-testid="suggest-do"
          >
            {w.suggestDo}
          </Button>
        </div>
      ) : null}
    </section>
  )
}
