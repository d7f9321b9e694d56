import { api } from '../../api/api'
import { base } from '../../app/base'
import { useSubmit } from '../../app/useSubmit'
import { Banner } from '../../parts/Banner'
import { Button } from '../../parts/Button'
import { words } from '../../words'

interface Props {
  id: string
  reload: () => Promise<void>
}

/** How one takes part: in the room or from afar. The time is noted. */
export function EnterCard({ id, reload }: Props) {
  const { submit, busy, error } = useSubmit()
  const w = words.meeting
  const enter = (form: string) =>
    void submit(async () => {
      await api.post(`/meetings/${id}/enter`, { form })
      await reload()
    })
  return (
    <Banner
      title={w.enterText}
      data-testid="enter-card"
      actions={
        <>
          <Button kind="solid" busy={busy} onClick={() => enter('room')} data-testid="enter-room">
            {w.enterRoom}
          </Button>
          <Button busy={busy} onClick={() => enter('remote')} data-testid="enter-remote">
            {w.enterRemote}
          </Button>
          <a className="link" href={`${base}/check`} target="_blank" rel="noopener noreferrer">
            {words.during.device}
          </a>
        </>
      }
    >
      {error?.message}
    </Banner>
  )
}
