import { useState } from 'react'
import type { Spot } from '../../api/after'
import type { Comment } from '../../api/during'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { Dialog } from '../../parts/Dialog'
import type { Option } from '../../parts/Option'
import { SelectField } from '../../parts/SelectField'
import { TextArea } from '../../parts/TextArea'
import { words } from '../../words'
import { CommentList } from './CommentList'

interface Props {
  spot: Pick<Spot, 'kind' | 'docId' | 'row'>
  place: string
  list: readonly Comment[]
  /** Columns of the matrix, for a 支援項目. */
  columns: readonly Option[]
  mayAdd: boolean
  desk: boolean
  act: (act: string, params?: object) => Promise<void>
  onClose: () => void
}

/** What was said at one place of the plan, and a field to add to it. */
export function CommentDialog({ spot, place, list, columns, mayAdd, desk, act, onClose }: Props) {
  const [text, setText] = useState('')
  const [column, setColumn] = useState('')
  const { submit, busy, at, rest } = useSubmit()
  const w = words.comments
  const here = list.filter(c => c.spot.kind === spot.kind && c.spot.docId === spot.docId && c.spot.row === spot.row)
  const error = rest('text')
  const send = () =>
    void submit(() => act('comment', { spot: { ...spot, column }, text })).then(ok => {
      if (ok) setText('')
    })
  return (
    <Dialog
      title={`${place}：${w.title}`}
      onClose={onClose}
      {...(mayAdd ? { onCtrlEnter: send } : {})}
      data-testid="comment-dialog"
      foot={
        mayAdd ? (
          <Button
            kind="solid"
            busy={busy}
            why={text.trim() ? undefined : words.form.needed(w.text)}
            onClick={send}
            data-testid="comment-send"
          >
            {w.send}
          </Button>
        ) : undefined
      }
    >
      <div className="stack">
        {error ? <Banner tone="bad" title={error} /> : null}
        {here.length ? (
          <CommentList
            list={here}
            columnName={id => String(columns.find(c => c.value === id)?.label ?? '')}
            desk={desk}
            may={mayAdd}
            busy={busy}
            onState={(id, state) => void submit(() => act('comment_state', { id, state, reason: '' }))}
          />
        ) : (
          <p className="soft">{w.none}</p>
        )}
        {mayAdd ? (
          <>
            {spot.kind === 'action' ? (
              <SelectField
                label={w.column}
                value={column}
                options={[{ value: '', label: w.whole }, ...columns]}
                onValue={setColumn}
                data-testid="comment-column"
              />
            ) : null}
            <TextArea
              label={w.text}
              hint={w.hint}
              value={text}
              onValue={setText}
              error={at('text')}
              maxLength={400}
              data-testid="comment-text"
            />
          </>
        ) : null}
      </div>
    </Dialog>
  )
}
