import { api } from '../../api/api'
import { useSubmit } from '../../app/useSubmit'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  id: string
  form: string
  reload: () => Promise<void>
}

/** One's own 出席のしかた, put right while the meeting goes on. */
export function OwnForm({ id, form, reload }: Props) {
  const { submit, busy, error } = useSubmit()
  const other = form === 'remote' ? 'room' : 'remote'
  return (
    <>
      <Button
        small
        kind="text"
        busy={busy}
        onClick={() =>
          void submit(async () => {
            await api.post(`/meetings/${id}/enter`, { form: other })
            await reload()
          })
        }
        data-testid="own-form"
      >
        {words.meeting.enterFix[other]}
      </Button>
      {error ? <span role="alert">{error.message}</span> : null}
    </>
  )
}
